/** Places of the console, as its own addresses name them, that a link from outside may lead to. */
const groupPath = /^\/alerts\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sites that an alert may refer to; whatever else a page wants opened outside is refused. */
const knownSites: readonly string[] = ['attack.mitre.org', 'nvd.nist.gov', 'www.cve.org', 'standardwebhooks.com'];

/** The path in a link such as `tocsin://alerts/<group id>`, which any program may pass to us; undefined for any other. */
export function pathOfLink(link: string): string | undefined {
  const [, rest] = /^tocsin:\/\/([\w/-]{1,100}?)\/?$/.exec(link) ?? [];
  const path = `/${rest ?? ''}`;
  return groupPath.test(path) ? path : undefined;
}

/** The path of an alert group in the console; undefined when the id is none. */
export function groupPathOf(id: string): string | undefined {
  const path = `/alerts/${id}`;
  return groupPath.test(path) ? path : undefined;
}

/** Whether an address may be handed to the person's browser: https, at its own port, on a site that is known. */
export function isAllowedOutside(address: string): boolean {
  if (address.length > 2_000 || !/^https:\/\/[a-z.]+(?:\/|$)/.test(address) || !URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && knownSites.includes(host) && username === '' && password === '';
}
