import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
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

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;

/**
 * For a server that belongs to one desktop app: whether a request can come from a program or a page of this machine that means
 * this server. A web page whose name is made to lead here (DNS rebinding) still sends that name as `Host`.
 */
export function isFromHere(host: string | undefined): boolean {
  return host !== undefined && loopbackHost.test(host);
}

/** Refuses all else with 403, before anything looks at what is asked. */
export function onlyFromHere(isAllowedOrigin: (origin: string, host: string | undefined) => boolean): RequestHandler {
  return ({ headers: { host, origin } }, response, next) => {
    if (isFromHere(host) && (origin === undefined || isAllowedOrigin(origin, host))) return next();
    response.status(403).json({ error: 'This server answers the desktop app and programs of this machine only' });
  };
}
