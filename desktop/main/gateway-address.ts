const onThisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The origin of a server that a person names, as `https://soc.example:8443`; undefined when the address is none of a server.
 * `isInsecure`: everybody on the way could read the token.
 */
export function readAddress(text: string): { readonly url: string; readonly isInsecure: boolean } | undefined {
  if (text.length > 2_000 || !URL.canParse(text.trim())) return undefined;
  const { protocol, origin, hostname, username, password, pathname, search, hash } = new URL(text.trim());
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  if (username || password || search || hash || pathname !== '/') return undefined;
  return { url: origin, isInsecure: protocol === 'http:' && !onThisMachine.test(hostname) };
}

/** Whether a text can be an API token: it goes into a header as it is. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7E]{16,512}$/.test(text);
}
