import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Principal } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { SessionService } from '../modules/credential/session.service.ts';
import type { Entry, SignInService } from '../modules/sign-in/sign-in.service.ts';
import { checkJsonBytes } from './json-bytes.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

export interface AuthOptions {
  readonly signIn: SignInService;
  readonly sessions: SessionService;
  /** Whose session a secret is that a cookie holds. */
  readonly sessionOf: (secret: string) => Promise<Principal | undefined>;
  readonly addressOf: (request: Request) => string;
  /** Whether a page of another origin made a request. */
  readonly isForeign: (request: Request) => boolean;
  /** Whether people reach this server over https alone. */
  readonly isSecure: boolean;
}

/** E-mail address, name, password and token are short. */
const mostBytes = 16 * 1024;

/**
 * `/auth/*`: how a browser signs in and out. JSON in and out, for pages of this server alone; a refusal is
 * `{ error: { code, message, field? } }`.
 */
export function createAuth({
  signIn,
  sessions,
  sessionOf,
  addressOf,
  isForeign,
  isSecure,
}: AuthOptions): RequestHandler {
  const callerOf = async ({ headers }: Request): Promise<Principal | undefined> => {
    const secret = readSessionCookie(headers.cookie);
    return secret === undefined ? undefined : sessionOf(secret);
  };
  const enter = (response: Response, entry: Entry, refusal: () => void): void => {
    if ('retryAfterSeconds' in entry) tooSoon(response, entry.retryAfterSeconds);
    else if ('refused' in entry) refusal();
    else {
      response.setHeader('Set-Cookie', writeSessionCookie(entry.secret, sessions.maxMs, isSecure));
      response.status(204).end();
    }
  };
  const linkUsed = (response: Response) =>
    refuse(response, 403, 'LINK_USED', 'The link was used, is too old, or is not one');

  const router = Router();
  router.use('/auth', (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (isForeign(request)) return refuse(response, 403, 'FORBIDDEN', 'This is for pages of this server alone');
    const isJson = /^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '');
    if (request.method !== 'POST' || isJson) return next();
    refuse(response, 415, 'BAD_USER_INPUT', 'Send JSON, with Content-Type: application/json');
  });
  router.use(
    '/auth',
    express.json({ limit: mostBytes, verify: (_request, _response, bytes) => checkJsonBytes(bytes) }),
  );
  router.get('/auth/session', async (request, response) => {
    const isSignedIn = (await callerOf(request)) !== undefined;
    response.json({ state: isSignedIn ? 'signed-in' : (await signIn.needsSetup()) ? 'setup' : 'signed-out' });
  });
  router.post('/auth/sign-in', async (request, response) => {
    const { email, password } = texts(request, ['email', 'password']);
    const entry = await signIn.signIn(addressOf(request), email, password);
    enter(response, entry, () =>
      refuse(response, 401, 'INVALID_CREDENTIALS', 'The e-mail address or the password is wrong'),
    );
  });
  router.post('/auth/sign-out', async (request, response) => {
    const caller = await callerOf(request);
    if (caller) await sessions.end(caller);
    response.setHeader('Set-Cookie', writeSessionCookie('', 0, isSecure));
    response.status(204).end();
  });
  router.post('/auth/link', async (request, response) => {
    const { token } = texts(request, ['token']);
    const purpose = await signIn.purposeOf(addressOf(request), token);
    if ('kind' in purpose) response.json(purpose);
    else enter(response, purpose, () => linkUsed(response));
  });
  router.post('/auth/setup', async (request, response) => {
    const { token, password } = texts(request, ['token', 'password']);
    const { email, name } = texts(request, [], ['email', 'name']);
    const entry = await signIn.setUp(addressOf(request), token, { email, name, password });
    enter(response, entry, () => linkUsed(response));
  });
  router.use('/auth', failed);
  return router;
}

/** A member of the body that is missing, or no text. */
class NotText extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`${field}: must be a text`);
    this.field = field;
  }
}

/** The members of a body, each a text. */
function texts<Name extends string, Optional extends string = never>(
  { body }: Request,
  names: readonly Name[],
  optional: readonly Optional[] = [],
): Record<Name, string> & Partial<Record<Optional, string>> {
  const given = Object(body);
  const found: Record<string, string> = {};
  for (const name of [...names, ...optional]) {
    const value: unknown = given[name];
    if (typeof value === 'string') found[name] = value;
    else if (value != null || names.includes(name as Name)) throw new NotText(name);
  }
  return found as Record<Name, string> & Partial<Record<Optional, string>>;
}

function refuse(response: Response, status: number, code: string, message: string, field?: string): void {
  response.status(status).json({ error: { code, message, ...(field !== undefined && { field }) } });
}

function tooSoon(response: Response, seconds: number): void {
  response.setHeader('Retry-After', seconds);
  refuse(response, 429, 'RATE_LIMITED', `Too many tries; try again in ${seconds} s`);
}

const failed: ErrorRequestHandler = (error: { status?: number; type?: string }, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof NotText) return refuse(response, 400, 'BAD_USER_INPUT', error.message, error.field);
  if (error instanceof DomainError) {
    // The one thing of a form that can be there already.
    const field = error.code === 'CONFLICT' ? 'email' : error.data['field'];
    if (error.code === 'OVERLOADED') return tooSoon(response, Number(error.data['retryAfterSeconds']));
    return refuse(response, 400, 'BAD_USER_INPUT', error.message, typeof field === 'string' ? field : undefined);
  }
  if (error.type === 'entity.too.large') {
    return refuse(response, 413, 'TOO_LARGE', `The body is larger than ${mostBytes} bytes`);
  }
  const isCallers = error.status !== undefined && error.status < 500;
  if (isCallers) return refuse(response, 400, 'BAD_USER_INPUT', 'The body is not valid JSON');
  next(error);
};
