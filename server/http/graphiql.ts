import { type RequestHandler, Router } from 'express';
import type { Principal } from '../context.ts';
import { type ConsoleFile, consolePolicyWith, pageHeaders, send, sendAsset } from './console.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * GraphiQL's editor and dialogs put styles into the page as they go, and its fonts are part of its style sheet. Scripts come from this
 * server alone, as everywhere.
 */
const policy = consolePolicyWith({ 'style-src': "'self' 'unsafe-inline'", 'font-src': "'self' data:" });

export interface GraphiqlOptions {
  /** The console's files, GraphiQL's among them. */
  readonly files: ReadonlyMap<string, ConsoleFile>;
  /** Whose session a secret is that a cookie holds. */
  readonly sessionOf: (secret: string) => Promise<Principal | undefined>;
}

/** `GET /graphiql`, for who is signed in: a browser that is not is led to the sign-in and back, what is no browser gets 401. */
export function createGraphiql({ files, sessionOf }: GraphiqlOptions): RequestHandler {
  const router = Router({ strict: true });
  const page = files.get('/graphiql/index.html');
  if (!page) throw new Error('The console was built without GraphiQL');
  router.get('/graphiql', async (request, response) => {
    const secret = readSessionCookie(request.headers.cookie);
    if (secret !== undefined && (await sessionOf(secret))) {
      pageHeaders(response, policy);
      // No copy of it may be shown once its reader has signed out.
      response.setHeader('Cache-Control', 'no-store');
      return send(request, response, page);
    }
    response.setHeader('Cache-Control', 'no-store');
    if (request.accepts(['json', 'html']) === 'html') return response.redirect(302, '/sign-in?next=/graphiql');
    response.status(401).json({ error: 'GraphiQL is for people who are signed in' });
  });
  router.get('/graphiql/assets/:name', (request, response, next) => {
    const file = files.get(request.path);
    if (!file) return next();
    sendAsset(request, response, file);
  });
  return router;
}
