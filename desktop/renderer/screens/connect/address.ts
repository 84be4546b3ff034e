/** Whether only programs on the machine itself can follow an address. */
export function isLoopback(address: string): boolean {
  const hostname = URL.canParse(address) ? new URL(address).hostname : '';
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** The address without a slash at its end; undefined when it is none of a server. */
export function readAddress(text: string): string | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    return undefined;
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * The address that a sender most likely reaches the server by: the page's own where that is more than this machine's, else the
 * first that the server knows of which is.
 */
export function likelyAddress(page: string, known: readonly string[]): string {
  const all = [...(/^https?:/.test(page) ? [page] : []), ...known];
  return all.find((address) => !isLoopback(address)) ?? all[0] ?? '';
}
