import type { RequestHandler } from 'express';

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
