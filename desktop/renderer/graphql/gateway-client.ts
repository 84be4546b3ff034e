import { Client, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';

/** A connection to one gateway. */
export interface GatewayClient {
  readonly operations: Client;
  /** Ends the connection; what still runs on it ends with an error. */
  close(): void;
}

const pingEveryMs = 5_000;
const pongWithinMs = 5_000;

/**
 * Connects to the gateway at `url` as the bearer of `token`. Queries run over the one WebSocket too: to the gateway a page
 * of the `app:` scheme is a stranger, and plain requests from it would need an exception there.
 */
export function connectGateway(url: string, token: string): GatewayClient {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    // A connection that dies ends its operations: the feed then resumes from its cursor, which a silent retry would not.
    retryAttempts: 0,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: pongWithinMs,
    on: {
      ping: (received) => {
        if (!received) silence = setTimeout(() => socket.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
      closed: () => clearTimeout(silence),
    },
  });
  const operations = new Client({
    url,
    requestPolicy: 'network-only',
    exchanges: [
      subscriptionExchange({
        enableAllOperations: true,
        forwardSubscription: ({ query = '', variables }, { kind }) => ({
          subscribe: (sink) => {
            const dispose = socket.subscribe(
              { query, variables: { ...variables } },
              {
                next: ({ data = null, errors }) => sink.next({ data, ...(errors && { errors: [...errors] }) }),
                error: (error) => sink.error(asError(error)),
                // Nobody but the gateway ends a feed, and then it is lost like a connection.
                complete: () => (kind === 'subscription' ? sink.error(new Error('The feed ended')) : sink.complete()),
              },
            );
            // urql leaves a query from within its answer. Where the gateway's own "complete" comes in the same breath,
            // graphql-ws 6.4 would count that query out twice, and close the socket under everybody else.
            return { unsubscribe: () => queueMicrotask(dispose) };
          },
        }),
      }),
    ],
  });
  // Closing what never opened fails, and there is nobody left to tell.
  const close = () => void Promise.resolve(socket.dispose()).catch(() => {});
  return { operations, close };
}

/** graphql-ws reports a socket that closed as a CloseEvent, and refusals as lists of GraphQL errors. */
function asError(error: unknown): unknown {
  if (error instanceof Error || Array.isArray(error)) return error;
  const { code, reason } = Object(error);
  return new Error(`Connection closed (${code ?? 'no code'}${reason ? `: ${reason}` : ''})`);
}
