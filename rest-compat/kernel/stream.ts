import type { ServerResponse } from 'node:http';
import { admit, type From, forbidden, identify, type Receive } from './answer.ts';
import {
  type AnyStreamRoute,
  type Dialect,
  type DialectRequest,
  type Operations,
  RequestFailure,
  type Variables,
} from './route.ts';

/** When a caller with too many streams is told to come again. */
const comeAgainSeconds = 10;

/** Counts the streams that each credential has under way on each route. */
export class StreamSlots {
  readonly #taken = new Map<string, number>();

  /** Throws `RequestFailure` OVERLOADED where `most` are taken; call what is returned to give the slot back. */
  take(key: string, most: number): () => void {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= most) {
      throw new RequestFailure({
        code: 'OVERLOADED',
        message: `At most ${most} of these may be under way at once; wait until one has ended`,
        retryAfterSeconds: comeAgainSeconds,
      });
    }
    this.#taken.set(key, taken + 1);
    return () => {
      const left = (this.#taken.get(key) ?? 1) - 1;
      if (left > 0) this.#taken.set(key, left);
      else this.#taken.delete(key);
    };
  }
}

/** What a stream is answered with. */
interface StreamRequest {
  readonly dialect: Dialect;
  readonly route: AnyStreamRoute;
  readonly from: From;
  readonly request: DialectRequest;
  readonly receive: Receive;
  readonly operations: Operations;
  readonly slots: StreamSlots;
  readonly response: ServerResponse;
}

/** The caller has left: nothing more is to be read for it. */
class CallerGone extends Error {}

/**
 * Answers a request with bytes that are made while they are sent, no faster than they are taken. Throws what fails before the first
 * of them, like any other answer; what fails later breaks the connection, so that nobody takes a part for the whole.
 */
export async function answerStream(asked: StreamRequest): Promise<undefined> {
  const { dialect, route, from, request, receive, operations, slots, response } = asked;
  const { kinds, read } = route.credential ?? dialect.credential;
  const secret = read(request);
  const caller = await admit(from, kinds, secret, operations);
  if (route.permission && !operations.permits(caller, route.permission)) throw forbidden(route.permission);
  const plan = await route.decode(await receive({ isKnown: true }));
  const release = slots.take(`${route.path} ${operations.credentialOf(caller)}`, route.atOnce);
  try {
    const run = async (variables: Variables) => {
      if (response.closed) throw new CallerGone();
      // Asked each time: a credential may be revoked while its stream goes on.
      return operations.execute(route.operation, variables, await identify(kinds, secret, operations));
    };
    const { status, headers, bytes } = route.stream(plan as never, run as () => Promise<never>);
    await send(bytes, response, operations, () => response.writeHead(status, headers));
  } catch (cause) {
    if (!(cause instanceof CallerGone)) throw cause;
  } finally {
    release();
  }
}

async function send(
  bytes: AsyncIterable<Uint8Array>,
  response: ServerResponse,
  operations: Operations,
  begin: () => void,
): Promise<void> {
  let hasBegun = false;
  try {
    for await (const chunk of bytes) {
      if (response.closed) return;
      if (!hasBegun) begin();
      hasBegun = true;
      if (!response.write(chunk)) await drained(response);
      if (response.closed) return;
    }
    if (!hasBegun) begin();
    response.end();
  } catch (cause) {
    if (!hasBegun) throw cause;
    response.destroy();
    if (!(cause instanceof CallerGone)) operations.report?.(cause);
  }
}

/** Waits until the caller has taken what was written, or has left. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.closed) done();
  });
}
