import type { IncomingMessage } from 'node:http';
import type { Express, Request, Response } from 'express';
import { answerSplit, answerWhole, type Receive } from './answer.ts';
import { readBytes, UploadAborted } from './body.ts';
import { ByteBudget, type ByteClaim } from './byte-budget.ts';
import { decodeText } from './charset.ts';
import {
  type AnyStreamRoute,
  type BodyLimits,
  type Dialect,
  type DialectRequest,
  type Failure,
  type Operations,
  type Reply,
  RequestFailure,
} from './route.ts';
import { barePath, buildRouteTable, type MountedRoute, type PathMatch } from './route-table.ts';
import { sendReply } from './send-reply.ts';
import { answerStream, StreamSlots } from './stream.ts';

const neverPause = () => undefined;

const internal: Failure = { code: 'INTERNAL', message: 'The server could not handle the request' };

/** What all requests have to share, whichever listener they come in by. */
export interface SharedRoom {
  readonly budget: ByteBudget;
  readonly slots: StreamSlots;
}

export function makeRoom({ bytesAtOnce }: BodyLimits): SharedRoom {
  return { budget: new ByteBudget(bytesAtOnce), slots: new StreamSlots() };
}

/**
 * Serves the routes of all dialects. Whatever shares a path with one of them under another method (a page at `GET /`)
 * has to be mounted before: a known path answers methods that it does not have with 405.
 */
export function mountDialects(
  app: Express,
  dialects: readonly Dialect[],
  operations: Operations,
  limits: BodyLimits,
  { budget, slots }: SharedRoom = makeRoom(limits),
): void {
  const findPath = buildRouteTable(dialects);
  const hubs = new Map(dialects.flatMap((dialect) => (dialect.hubs ?? []).map(({ path }) => [path, dialect])));
  app.use(async (incoming, response, next) => {
    const match = findPath(incoming.path);
    if (match === undefined) {
      const speaker = hubs.get(barePath(incoming.path));
      return speaker === undefined ? next() : send(incoming, response, refuseWithoutUpgrade(speaker, incoming.method));
    }
    const mounted =
      match.methods.get(incoming.method) ?? (incoming.method === 'HEAD' ? match.methods.get('GET') : undefined);
    const reply =
      mounted === undefined
        ? refuseMethod(match, incoming.method)
        : await serve(mounted, incoming, match.params, operations, limits, budget.open(), (route, asked, receive) =>
            answerStream({
              dialect: mounted.dialect,
              route,
              from: incoming,
              request: asked,
              receive,
              operations,
              slots,
              response,
            }),
          );
    if (reply !== undefined) send(incoming, response, reply);
  });
}

async function serve(
  { dialect, route }: MountedRoute,
  incoming: Request,
  params: DialectRequest['params'],
  operations: Operations,
  limits: BodyLimits,
  claim: ByteClaim,
  stream: (route: AnyStreamRoute, request: DialectRequest, receive: Receive) => Promise<undefined>,
): Promise<Reply | undefined> {
  const request = describeRequest(incoming, incoming.path, params);
  const receive: Receive = async ({ isKnown }) => {
    if (!isKnown) claim.halve();
    const { breathe = neverPause } = operations;
    const bytes = await readBytes(incoming, Math.min(route.maxBytes ?? limits.bytes, limits.bytes), claim, breathe);
    return { ...request, text: await decodeText(bytes, route.charset ?? 'utf-8', breathe), breathe };
  };
  try {
    operations.budgets?.arrive(incoming);
    if ('stream' in route) return await stream(route, request, receive);
    return 'split' in route
      ? await answerSplit(dialect, route, incoming, request, receive, operations)
      : await answerWhole(dialect, route, incoming, request, receive, operations);
  } catch (error) {
    if (error instanceof UploadAborted) return undefined;
    return refuse(dialect, error, operations);
  } finally {
    claim.release();
  }
}

/** What dialects see of a request. */
export function describeRequest(
  { method = '', url = '', headers }: IncomingMessage,
  path: string,
  params: DialectRequest['params'],
): DialectRequest {
  const queryAt = url.indexOf('?');
  return { method, path, params, query: new URLSearchParams(queryAt === -1 ? '' : url.slice(queryAt + 1)), headers };
}

/** A dialect's reply to what was thrown. */
export function refuse(dialect: Dialect, error: unknown, operations: Operations): Reply {
  if (error instanceof RequestFailure) return dialect.failures[error.code](error);
  operations.report?.(error);
  return dialect.failures.INTERNAL(internal);
}

function refuseMethod({ methods }: PathMatch, method: string): Reply {
  const allow = [...methods.keys()].flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])).join(', ');
  if (method === 'OPTIONS') return { status: 204, headers: { allow } };
  const [first] = methods.values();
  const reply = first?.dialect.failures.BAD_USER_INPUT({ code: 'BAD_USER_INPUT', message: `Use ${allow} here` });
  return { ...reply, status: 405, headers: { ...reply?.headers, allow } };
}

/** A request to a hub that does not ask for a WebSocket. */
function refuseWithoutUpgrade(dialect: Dialect, method: string): Reply {
  const message = 'Open a WebSocket here';
  const { body } = dialect.failures.BAD_USER_INPUT({ code: 'BAD_USER_INPUT', message });
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET' }, body };
  return { status: 426, headers: { upgrade: 'websocket', connection: 'upgrade' }, body };
}

function send(incoming: Request, response: Response, reply: Reply): void {
  if (!response.headersSent && !response.destroyed) sendReply(incoming, response, reply);
}
