import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context, Principal } from '../context.ts';
import { RateLimited } from '../errors.ts';
import type { FormatError } from '../graphql/format-error.ts';
import { readOperation } from '../graphql/read-operation.ts';
import { subscribeShared } from '../graphql/share-subscription.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Door, refuseUpgrade } from './upgrades.ts';

export interface GraphqlWsOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly principalOf: (authorization: string | undefined) => Promise<Principal | undefined>;
  readonly contextFor: (principal: Principal) => Context;
  readonly isActive: (principal: Principal) => boolean;
  readonly onCredentialsRead: (listener: () => void) => () => void;
  readonly formatError: FormatError;
  readonly maxSocketsPerKey: number;
  readonly limits: RateLimits;
}

/** What a connection carries besides its socket and request, once it is let in. */
type Admitted = { principal: Principal };

/** The most a client may send in one message: documents are small. */
const maxPayload = 64 * 1024;
const initTimeoutMs = 3000;
/** Operations that one socket may have under way: more than any screen has, few enough to be a bound on what it costs. */
const maxOperations = 100;
/** How long a client may take to answer the goodbye of a server that stops. */
const farewellMs = 1000;

/** GraphQL over WebSocket (subprotocol graphql-transport-ws). */
export function createGraphqlWs(options: GraphqlWsOptions): { readonly door: Door; close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload });
  const connections = new Map<WebSocket, Principal>();
  const { limits } = options;
  const graphql = useServer<Record<string, unknown>, Admitted>(
    {
      connectionInitWaitTimeout: initTimeoutMs,
      async onConnect({ connectionParams, extra }) {
        const principal = await options.principalOf(authorizationOf(connectionParams, extra.request));
        if (refusalOf(() => (principal ? limits.key(principal.credentialId) : limits.stranger(extra.request)))) {
          extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many requests');
          return false;
        }
        // The library answers false with close code 4403.
        if (!principal) return false;
        const open = [...connections.values()].filter(({ credentialId }) => credentialId === principal.credentialId);
        if (open.length >= options.maxSocketsPerKey) {
          extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many sockets with this credential');
          return false;
        }
        extra.principal = principal;
        connections.set(extra.socket, principal);
        return true;
      },
      onClose: ({ extra }) => {
        connections.delete(extra.socket);
      },
      context: ({ extra }) => options.contextFor(extra.principal as Principal),
      onSubscribe: ({ subscriptions, extra }, _id, payload) => {
        const spent = refusalOf(() => limits.key((extra.principal as Principal).credentialId));
        // `onError` gives it its code.
        if (spent) return [new GraphQLError(spent.message, { originalError: spent })];
        if (Object.keys(subscriptions).length <= maxOperations) {
          return readOperation(options.schema, payload, options.introspection);
        }
        extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many operations at once');
        return [new GraphQLError('Too many operations at once', { extensions: { code: 'BAD_USER_INPUT' } })];
      },
      subscribe: (args: ExecutionArgs) => subscribeShared(args),
      onNext: (_context, _id, _payload, _args, { errors, data }) =>
        errors && { ...(data !== undefined && { data }), errors: errors.map(options.formatError) },
      onError: (_context, _id, _payload, errors) => errors.map(options.formatError),
    },
    sockets,
  );
  const stopWatching = options.onCredentialsRead(() => {
    for (const [socket, principal] of connections) {
      if (!options.isActive(principal)) socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  });
  return {
    door: (request, socket, head) => {
      const spent = refusalOf(() => limits.arrive(request));
      if (spent) return refuseUpgrade(socket, '429 Too Many Requests', { 'Retry-After': spent.retryAfterSeconds });
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    },
    async close() {
      stopWatching();
      const cutOff = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, farewellMs);
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await graphql.dispose();
      clearTimeout(cutOff);
    },
  };
}

/** Why a budget refuses; undefined when it does not. */
function refusalOf(take: () => void): RateLimited | undefined {
  try {
    take();
    return undefined;
  } catch (cause) {
    if (cause instanceof RateLimited) return cause;
    throw cause;
  }
}

function authorizationOf(params: Record<string, unknown> | undefined, request: IncomingMessage): string | undefined {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  return typeof given === 'string' ? given : request.headers.authorization;
}
