import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';

/** The page of the desktop app, which may be connected to a server elsewhere. No web page can be of a scheme of its own. */
const desktopOrigin = 'app://tocsin';

/** Which web pages may open a WebSocket: those of this server itself, of its public URL, and those the operator lists. */
export function allowOrigins({
  publicUrl,
  allowedOrigins,
}: Config): (origin: string, host: string | undefined) => boolean {
  const listed = new Set([...allowedOrigins, desktopOrigin]);
  if (publicUrl !== undefined) listed.add(new URL(publicUrl).origin);
  return (origin, host) =>
    listed.has(origin) || (host !== undefined && URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * Whether a browser says that a request was made by a page that may not: one of another origin. Browsers name the origin with every
 * request that could change something; what is no browser names none, and carries nobody's cookie unasked.
 */
export function isForeign(
  { headers }: Pick<IncomingMessage, 'headers'>,
  isAllowed: (origin: string, host: string | undefined) => boolean,
): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return !isAllowed(origin, host);
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
