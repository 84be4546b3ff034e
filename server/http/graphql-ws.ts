import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context, Principal } from '../context.ts';
import type { FormatError } from '../graphql/format-error.ts';
import { type PersistedOperations, persistedDocument } from '../graphql/persisted-operations.ts';
import { readOperation } from '../graphql/read-operation.ts';
import { subscribeShared } from '../graphql/share-subscription.ts';
import type { Door } from './upgrades.ts';

export interface GraphqlWsOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly principalOf: (authorization: string | undefined) => Promise<Principal | undefined>;
  readonly contextFor: (principal: Principal) => Context;
  readonly isActive: (principal: Principal) => boolean;
  readonly onCredentialsRead: (listener: () => void) => () => void;
  readonly formatError: FormatError;
  readonly persistedOperations: PersistedOperations;
  readonly maxSocketsPerKey: number;
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
  const graphql = useServer<Record<string, unknown>, Admitted>(
    {
      connectionInitWaitTimeout: initTimeoutMs,
      async onConnect({ connectionParams, extra }) {
        const principal = await options.principalOf(authorizationOf(connectionParams, extra.request));
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
        if (Object.keys(subscriptions).length <= maxOperations) {
          try {
            // graphql-ws takes nothing without a query, so a persisted operation comes with an empty one.
            const persisted =
              payload.query === '' && persistedDocument(options.persistedOperations, payload.extensions);
            const operation = persisted ? { ...payload, query: persisted } : payload;
            return readOperation(options.schema, operation, options.introspection);
          } catch (fault) {
            if (fault instanceof GraphQLError) return [fault];
            throw fault;
          }
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
    door: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request)),
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

function authorizationOf(params: Record<string, unknown> | undefined, request: IncomingMessage): string | undefined {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  return typeof given === 'string' ? given : request.headers.authorization;
}
