import type { IncomingMessage } from 'node:http';
import { type Permission, permissions } from '../../schema/permissions.ts';
import {
  type AnySplitRoute,
  type AnyWholeRoute,
  type Caller,
  type CredentialKind,
  type Dialect,
  type DialectRequest,
  type Operations,
  type ReceivedRequest,
  type Reply,
  RequestFailure,
  type Split,
} from './route.ts';

/** Reads the body; `isKnown` says whether its sender has been identified by what came before it. */
export type Receive = (sender: { readonly isKnown: boolean }) => Promise<ReceivedRequest>;

/** A request as it came, which its budgets are told by. */
export type From = IncomingMessage;

/**
 * Answers a request that speaks for one caller: no byte of its body is read, inflated or parsed before that one is known and
 * has the permission that the route names.
 */
export async function answerWhole(
  dialect: Dialect,
  route: AnyWholeRoute,
  from: From,
  request: DialectRequest,
  receive: Receive,
  operations: Operations,
): Promise<Reply> {
  const { kinds, read } = route.credential ?? dialect.credential;
  const caller = await admit(from, kinds, read(request), operations);
  if (route.permission && !operations.permits(caller, route.permission)) throw forbidden(route.permission);
  const variables = await route.decode(await receive({ isKnown: true }));
  const data = await operations.execute(route.operation, variables, caller);
  return route.encode(data as never, request, variables as never);
}

/** Answers a request whose body may bring credentials; one that comes beside the body is identified before, as ever. */
export async function answerSplit(
  dialect: Dialect,
  route: AnySplitRoute,
  from: From,
  request: DialectRequest,
  receive: Receive,
  operations: Operations,
): Promise<Reply> {
  const { kinds, read } = route.credential ?? dialect.credential;
  const secret = read(request);
  const known = secret === undefined ? undefined : await admit(from, kinds, secret, operations);
  const split = await route.split(await receive({ isKnown: secret !== undefined }), secret);
  const callers = await findCallers(kinds, split, operations);
  if (!callers.some((caller) => caller !== undefined)) {
    operations.budgets?.stranger(from);
    throw split.parts.every((part) => part.secret === undefined) ? noCredential() : unknownCredential();
  }
  for (const caller of new Set(callers)) if (caller && caller !== known) operations.budgets?.caller(caller);
  const runs = split.parts.map(({ variables }, index) => {
    const caller = callers[index];
    return caller && operations.execute(route.operation, variables, caller);
  });
  // All end before one that failed is told of: a sender that comes again must not overtake itself.
  await Promise.allSettled(runs);
  return route.encode((await Promise.all(runs)) as never, request, split as never);
}

/** The caller of each part; all secrets are looked up at once, each one once. */
async function findCallers(
  kinds: readonly CredentialKind[],
  { parts }: Split,
  operations: Operations,
): Promise<(Caller | undefined)[]> {
  const secrets = [...new Set(parts.flatMap(({ secret }) => secret ?? []))];
  const found = await Promise.all(secrets.map((secret) => operations.authenticate(kinds, secret)));
  const bySecret = new Map(secrets.map((secret, index) => [secret, found[index]]));
  return parts.map(({ secret }) => (secret === undefined ? undefined : bySecret.get(secret)));
}

/** Whom a request speaks for; counts it, and throws `RequestFailure` UNAUTHENTICATED or RATE_LIMITED. */
export async function admit(
  from: From,
  kinds: readonly CredentialKind[],
  secret: string | undefined,
  operations: Operations,
): Promise<Caller> {
  const caller = secret === undefined ? undefined : await operations.authenticate(kinds, secret);
  if (caller === undefined) {
    operations.budgets?.stranger(from);
    throw secret === undefined ? noCredential() : unknownCredential();
  }
  operations.budgets?.caller(caller);
  return caller;
}

/** Whom a secret stands for, within a request that has been admitted; throws `RequestFailure` UNAUTHENTICATED. */
export async function identify(
  kinds: readonly CredentialKind[],
  secret: string | undefined,
  operations: Operations,
): Promise<Caller> {
  if (secret === undefined) throw noCredential();
  const caller = await operations.authenticate(kinds, secret);
  if (caller === undefined) throw unknownCredential();
  return caller;
}

function noCredential(): RequestFailure {
  return new RequestFailure({ code: 'UNAUTHENTICATED', message: 'No credential was sent' });
}

/** The caller lacks a permission. */
export function forbidden(permission: Permission): RequestFailure {
  return new RequestFailure({ code: 'FORBIDDEN', message: `This needs the permission ${permissions[permission]}` });
}

function unknownCredential(): RequestFailure {
  return new RequestFailure({ code: 'UNAUTHENTICATED', message: 'The credential is not known or not active' });
}
