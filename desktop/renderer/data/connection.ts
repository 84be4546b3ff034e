import { Client, type CombinedError, cacheExchange, subscriptionExchange } from '@urql/core';
import { createClient, type FormattedExecutionResult, type Sink } from 'graphql-ws';
import { operationHashes } from './operation.ts';
import { Signal } from './signal.ts';

/** `refused`: the server no longer knows who this is; it is not asked again. */
export type Link = 'connecting' | 'live' | 'lost' | 'refused';

/** Whom to talk to. */
export interface Target {
  /** Of the WebSocket: `wss://soc.example/graphql`. */
  readonly url: string;
  /** Without one the browser's session cookie says who this is. */
  readonly token?: string;
}

/** What is asked for, with its text. */
interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
}

/** A loss has to show within two seconds: a ping each second, and a second to answer it. */
const pingMs = 1_000;
const pongMs = 1_000;
const mostRetryMs = 5_000;
/** Held open while nothing is asked: the longest that a browser's timer takes. */
const forever = 2 ** 31 - 1;
const forbidden = 4403;
/** Any operation opens the socket; this one asks for nothing. */
const knock = { query: '{ __typename }' };

/**
 * The one WebSocket to a server, over which everything goes: to a server, a page of the `app:` scheme is a stranger whose plain
 * requests it would not take, and what a screen shows and what it follows never disagree about whether the server is there.
 * After a loss it knocks until it is let in again; what was under way ends with an error, for a change must not be made twice.
 */
export class Connection {
  readonly link = new Signal<Link>('connecting');
  /** Grows each time the connection stands again after a loss: what is on screen is then read anew. */
  readonly returns = new Signal(0);
  /** Why the server will not tell of the changes to what is on screen; undefined while it does. */
  readonly refusedFeed = new Signal<CombinedError | undefined>(undefined);
  readonly client: Client;
  readonly #socket;
  readonly #firstRetryMs: number;
  #target: Target;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  /** The server knows other operations than this console has. */
  #sendsTexts = false;

  constructor(target: Target, firstRetryMs = 250) {
    this.#target = target;
    this.#firstRetryMs = firstRetryMs;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const socket = createClient({
      url: () => this.#target.url,
      connectionParams: () => {
        const { token } = this.#target;
        return token === undefined ? {} : { authorization: `Bearer ${token}` };
      },
      retryAttempts: 0,
      lazyCloseTimeout: forever,
      keepAlive: pingMs,
      connectionAckWaitTimeout: 5_000,
      on: {
        connected: () => this.#stand(),
        ping: (received) => {
          if (!received) silence = setTimeout(() => socket.terminate(), pongMs);
        },
        pong: (received) => {
          if (received) clearTimeout(silence);
        },
        closed: (event) => {
          clearTimeout(silence);
          this.#lose(Object(event).code);
        },
      },
    });
    this.#socket = socket;
    this.client = new Client({
      url: target.url,
      requestPolicy: 'cache-and-network',
      exchanges: [
        cacheExchange,
        subscriptionExchange({
          enableAllOperations: true,
          forwardSubscription: ({ query = '', variables, operationName }, { kind }) => ({
            subscribe: (sink) => {
              const dispose = this.#send(
                { query, variables: { ...variables }, operationName: operationName ?? null },
                {
                  next: ({ data = null, errors }) => sink.next({ data, ...(errors && { errors: [...errors] }) }),
                  error: (error) => sink.error(asReason(error)),
                  // Nobody but the server ends a feed, and then it is lost like a connection.
                  complete: () => (kind === 'subscription' ? sink.error(new Error('The feed ended')) : sink.complete()),
                },
              );
              // urql leaves a query from within its answer. Where the server's own "complete" comes in the same breath,
              // graphql-ws 6.4 would count that query out twice, and close the socket under everybody else.
              return { unsubscribe: () => queueMicrotask(dispose) };
            },
          }),
        }),
      ],
    });
    globalThis.addEventListener?.('online', this.knock);
    this.knock();
  }

  /** Tries at once, whatever pause there would be. */
  readonly knock = (): void => {
    if (this.#isClosed || this.link.get() === 'live') return;
    clearTimeout(this.#retry);
    // What comes of it shows in `connected` and `closed`.
    this.#socket.subscribe(knock, { next: () => {}, error: () => {}, complete: () => {} });
  };

  /** Goes on with another server, or with the same one after a new start; what is on screen stays. */
  retarget(target: Target): void {
    if (target.url === this.#target.url && target.token === this.#target.token) return;
    this.#target = target;
    this.#failures = 0;
    if (this.link.get() === 'refused') this.link.set('lost');
    if (this.link.get() === 'live') this.#socket.terminate();
    else this.knock();
  }

  /** Ends the connection; what still runs on it ends with an error. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    globalThis.removeEventListener?.('online', this.knock);
    // Closing what never opened fails, and there is nobody left to tell.
    void Promise.resolve(this.#socket.dispose()).catch(() => {});
  }

  /**
   * Asks by the hash of an operation, and by its text where the server does not know the hash: it is older or newer than this
   * console. Until the next loss of the connection everything is then sent as text. A refused hash has changed nothing yet.
   */
  #send(operation: Operation, sink: Sink<FormattedExecutionResult>): () => void {
    const hash = operationHashes.get(operation.operationName ?? '');
    if (hash === undefined || this.#sendsTexts) return this.#socket.subscribe(operation, sink);
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    let isLeft = false;
    let leave = this.#socket.subscribe(
      { ...operation, query: '', extensions },
      {
        ...sink,
        error: (error) => {
          if (!isUnknownHash(error)) return sink.error(error);
          this.#sendsTexts = true;
          if (!isLeft) leave = this.#socket.subscribe(operation, sink);
        },
      },
    );
    return () => {
      isLeft = true;
      leave();
    };
  }

  #stand(): void {
    // It may be another server, or the same one after an update.
    this.#sendsTexts = false;
    const isReturn = this.link.get() === 'lost';
    this.#failures = 0;
    this.link.set('live');
    if (isReturn) this.returns.set(this.returns.get() + 1);
  }

  #lose(code: unknown): void {
    if (this.#isClosed) return;
    if (code === forbidden) {
      this.link.set('refused');
      return;
    }
    this.link.set('lost');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(this.knock, Math.min(this.#firstRetryMs * 2 ** this.#failures, mostRetryMs));
    this.#failures += 1;
  }
}

function isUnknownHash(error: unknown): boolean {
  return Array.isArray(error) && error.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_FOUND');
}

/**
 * graphql-ws reports a socket that closed as a CloseEvent, and a refusal as a list of GraphQL errors: that list is handed on as it is,
 * for made into one error it would be told as a lost connection, without its code.
 */
function asReason(error: unknown): unknown {
  if (error instanceof Error || Array.isArray(error)) return error;
  const { code, reason } = Object(error);
  return new Error(`Connection closed (${code ?? 'no code'}${reason ? `: ${reason}` : ''})`);
}
