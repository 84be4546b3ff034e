import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context, Principal } from '../context.ts';
import { RateLimited } from '../errors.ts';
import type { FormatError } from '../graphql/format-error.ts';
import { type PersistedOperations, persistedDocument } from '../graphql/persisted-operations.ts';
import { mayIntrospect, readOperation } from '../graphql/read-operation.ts';
import { subscribeShared } from '../graphql/share-subscription.ts';
import type { Logger } from '../log.ts';
import { Outbox, type Waiting, WritingTurns } from './outbox.ts';
import { Pump } from './pump.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Door, refuseUpgrade } from './upgrades.ts';

/** What a caller shows to be let in: a header, or else the cookie of a session. */
export interface Presented {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

export interface GraphqlWsOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly principalOf: (presented: Presented) => Promise<Principal | undefined>;
  readonly contextFor: (principal: Principal) => Context;
  /** Whether what a caller was let in with still opens; that it is asked is a use of it. */
  readonly keepOpen: (principal: Principal) => boolean;
  readonly onCredentialsRead: (listener: () => void) => () => void;
  readonly formatError: FormatError;
  readonly persistedOperations: PersistedOperations;
  readonly maxSocketsPerKey: number;
  /** A client was cut off that let too much gather. */
  readonly onCut: (waiting: Waiting) => void;
  readonly log: Logger;
  /** A client that gives no sign of life from one ping to the next is dropped; left out: 12 seconds. */
  readonly pingMs?: number;
  readonly limits: RateLimits;
}

/** What a connection carries besides its request. */
interface Peer {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly outbox: Outbox;
  /** Once it is let in. */
  principal?: Principal;
}

/** The most a client may send in one message: documents are small. */
const maxPayload = 64 * 1024;
const initTimeoutMs = 3000;
/** Operations that one socket may have under way: more than any screen has, few enough to be a bound on what it costs. */
const maxOperations = 100;
/** How long a client may take to answer the goodbye of a server that stops. */
const farewellMs = 1000;

/**
 * GraphQL over WebSocket (subprotocol graphql-transport-ws). graphql-ws speaks the protocol; how bytes get to the clients is our
 * own, because it would write each result out once a client, and each message in a write of its own.
 */
export function createGraphqlWs(options: GraphqlWsOptions): { readonly door: Door; close(): Promise<void> } {
  const { pingMs = 12_000, onCut, log } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload, handleProtocols });
  const peers = new Set<Peer>();
  const turns = new WritingTurns();
  const protocol = speak(options, peers);
  const stopWatching = options.onCredentialsRead(() => {
    for (const { socket, outbox, principal } of peers) {
      if (!principal || options.keepOpen(principal)) continue;
      outbox.discard();
      socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  });
  const welcome = (socket: WebSocket, request: IncomingMessage, connection: Duplex) => {
    const peer: Peer = { socket, request, outbox: new Outbox(socket, connection, turns, onCut) };
    peers.add(peer);
    const stopPinging = watchPulse(socket, pingMs);
    // The socket closes itself with the code that says what was wrong with a frame.
    socket.on('error', (cause) => log.debug({ err: cause }, 'A WebSocket was closed for what it sent'));
    const closed = protocol.opened(channelOf(peer, log), peer);
    socket.once('close', (code, reason) => {
      stopPinging();
      peers.delete(peer);
      void closed(code, String(reason));
    });
  };
  return {
    door: (request, connection, head) => {
      const spent = refusalOf(() => options.limits.arrive(request));
      if (spent) return refuseUpgrade(connection, '429 Too Many Requests', { 'Retry-After': spent.retryAfterSeconds });
      sockets.handleUpgrade(request, connection, head, (socket) => welcome(socket, request, connection));
    },
    async close() {
      stopWatching();
      const cutOff = setTimeout(() => {
        for (const { socket } of peers) socket.terminate();
      }, farewellMs);
      for (const { socket, outbox } of peers) {
        outbox.write();
        socket.close(1001, 'Going away');
      }
      await Promise.all([...peers].map(({ socket }) => new Promise((resolve) => socket.once('close', resolve))));
      sockets.close();
      clearTimeout(cutOff);
    },
  };
}

/** The protocol, with who may come in and what may be asked. */
function speak(options: GraphqlWsOptions, peers: ReadonlySet<Peer>): Server<Peer> {
  const { limits } = options;
  return makeServer<Record<string, unknown>, Peer>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect({ connectionParams, extra }) {
      const principal = await options.principalOf(presented(connectionParams, extra.request));
      if (refusalOf(() => (principal ? limits.key(principal.credentialId) : limits.stranger(extra.request)))) {
        extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many requests');
        return false;
      }
      // The library answers false with close code 4403.
      if (!principal) return false;
      const open = [...peers].filter((peer) => peer.principal?.credentialId === principal.credentialId);
      if (open.length >= options.maxSocketsPerKey) {
        extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many sockets with this credential');
        return false;
      }
      extra.principal = principal;
      return true;
    },
    context: ({ extra }) => options.contextFor(extra.principal as Principal),
    onSubscribe: ({ subscriptions, extra }, _id, payload) => {
      const spent = refusalOf(() => limits.key((extra.principal as Principal).credentialId));
      // `onError` gives it its code.
      if (spent) return [new GraphQLError(spent.message, { originalError: spent })];
      if (Object.keys(subscriptions).length <= maxOperations) {
        try {
          // graphql-ws takes nothing without a query, so a persisted operation comes with an empty one.
          const persisted = payload.query === '' && persistedDocument(options.persistedOperations, payload.extensions);
          const operation = persisted ? { ...payload, query: persisted } : payload;
          const introspection = options.introspection || mayIntrospect(extra.principal);
          return readOperation(options.schema, operation, introspection);
        } catch (fault) {
          if (fault instanceof GraphQLError) return [fault];
          throw fault;
        }
      }
      extra.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many operations at once');
      return [new GraphQLError('Too many operations at once', { extensions: { code: 'BAD_USER_INPUT' } })];
    },
    subscribe: (args: ExecutionArgs) => subscribeShared(args),
    onOperation: ({ extra }, id, _payload, _args, result) =>
      Symbol.asyncIterator in result
        ? new Pump(id, result as AsyncIterableIterator<ExecutionResult>, extra.outbox, options.formatError)
        : undefined,
    onNext: (_context, _id, _payload, _args, { errors, data }) =>
      errors && { ...(data !== undefined && { data }), errors: errors.map(options.formatError) },
    onError: (_context, _id, _payload, errors) => errors.map(options.formatError),
  });
}

/** The socket as graphql-ws wants it. */
function channelOf({ socket, outbox }: Peer, log: Logger): Parameters<Server<Peer>['opened']>[0] {
  return {
    protocol: socket.protocol,
    send(text) {
      outbox.push(Buffer.from(text));
      return outbox.room();
    },
    close(code, reason) {
      outbox.write();
      socket.close(code, reason);
    },
    onMessage(listener) {
      socket.on('message', (data) => {
        listener(String(data)).catch((cause: unknown) => {
          log.error({ err: cause }, 'A message over a WebSocket could not be handled');
          socket.close(CloseCode.InternalServerError, 'Internal server error');
        });
      });
    },
  };
}

/** Pings the client and drops it when it has not answered by the next time; returns how to stop that. */
function watchPulse(socket: WebSocket, pingMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, pingMs).unref();
  return () => clearInterval(timer);
}

function presented(params: Record<string, unknown> | undefined, { headers }: IncomingMessage): Presented {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  return typeof given === 'string' ? { authorization: given } : headers;
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
