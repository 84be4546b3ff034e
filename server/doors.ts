import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveHubs } from '../rest-compat/kernel/hubs.ts';
import type { Dialect } from '../rest-compat/kernel/route.ts';
import { makeRoom, mountDialects } from '../rest-compat/kernel/router.ts';
import { RefusedCallReason } from '../schema/intake/refused-call.enum.ts';
import type { Config } from './config.ts';
import type { Context, Principal } from './context.ts';
import { buildSchema } from './graphql/build-schema.ts';
import { InProcessOperations, type Keys } from './graphql/execute.ts';
import { createFormatError } from './graphql/format-error.ts';
import { createContext } from './graphql/loaders.ts';
import type { PersistedOperations } from './graphql/persisted-operations.ts';
import { createApp, mountEnd } from './http/app.ts';
import { createAuth } from './http/auth.ts';
import { createClientAddress } from './http/client-address.ts';
import { createConsole, findConsole, readConsole } from './http/console.ts';
import { isFromHere, onlyFromHere } from './http/from-here.ts';
import { createGraphiql } from './http/graphiql.ts';
import { createGraphqlHttp, foreignPage } from './http/graphql-http.ts';
import { createGraphqlWs, type Presented } from './http/graphql-ws.ts';
import { createHealth } from './http/health.ts';
import { allowOrigins, isForeign } from './http/origins.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { serveSchema } from './http/schema-text.ts';
import { readSessionCookie } from './http/session-cookie.ts';
import { serveUpgrades } from './http/upgrades.ts';
import { buildIntakeDoor, type IntakeDoor } from './intake-door.ts';
import { httpTimes, listen } from './listen.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { KeyRing } from './modules/credential/key-ring.ts';
import type { Database } from './persistence/database.ts';
import type { Services } from './services.ts';

/** What callers come in by over HTTP. */
export interface Doors {
  readonly url: string;
  readonly port: number;
  /** Throws StartRefused when the port cannot be had. */
  open(): Promise<void>;
  /** The listener for senders alone, which is opened by itself; undefined: none is wanted. */
  readonly intake: IntakeDoor | undefined;
  /** Takes nothing new; what is being answered is answered, and cut off when the configured time is over. */
  drain(): void;
  /** Says goodbye to sockets, and ends once every connection has. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly dialects: readonly Dialect[];
  readonly services: Services;
  readonly keyRing: KeyRing;
  readonly database: Database;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
  /** Events that wait to be stored. */
  readonly waiting: () => number;
  readonly persistedOperations: PersistedOperations;
}

/** The path of GraphQL over HTTP and over WebSocket. */
const graphqlPath = '/graphql';
/** A client that lets more than this gather, or gives no sign of life in twice this time, is dropped. */
const hubLimits = { bufferedBytes: 1024 * 1024, pingMs: 30_000 };

/** Puts GraphQL, the dialects, their WebSockets, and health behind one HTTP server. */
export async function buildDoors({
  config,
  dialects,
  services,
  keyRing,
  database,
  metrics,
  log,
  now,
  waiting,
  persistedOperations,
}: Parts): Promise<Doors> {
  const contextFor = (principal: Principal): Context => createContext(services, principal);
  const sessionOf = (secret: string) => keyRing.find(['SESSION'], secret);
  const isAllowedOrigin = allowOrigins(config);
  const principalOf = async ({ authorization, cookie }: Presented): Promise<Principal | undefined> => {
    const secret = authorization === undefined ? readSessionCookie(cookie) : undefined;
    if (secret !== undefined) return sessionOf(secret);
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return token === undefined ? undefined : keyRing.find(['API_TOKEN'], token);
  };

  let isDraining = false;
  const schema = buildSchema();
  const formatError = createFormatError(log);
  const app = createApp(metrics, () => isDraining);
  // A server with a launch token is one desktop app's own.
  const isDesktops = config.launchToken !== undefined;
  if (isDesktops) app.use(onlyFromHere(isAllowedOrigin));
  app.use(createHealth({ database, metrics, isDraining: () => isDraining, waiting }));
  const addressOf = createClientAddress(config);
  app.use(
    createAuth({
      ...services,
      sessionOf,
      addressOf,
      isForeign: (request) => isForeign(request, isAllowedOrigin),
      isSecure: config.publicUrl?.startsWith('https:') ?? false,
    }),
  );
  const limits = createRateLimits(config, metrics, now);
  const graphqlHttp = await createGraphqlHttp({
    schema,
    formatError,
    persistedOperations,
    introspection: config.introspection,
    maxBodyBytes: config.maxBodyBytes,
    limits,
    principalOf: ({ headers }) => principalOf(headers),
    contextFor: (request, principal) => {
      // A browser sends the cookie along whoever asks it to.
      if (principal?.kind === 'SESSION' && isForeign(request, isAllowedOrigin)) throw foreignPage();
      // The authorization check refuses every root field of a caller without a principal.
      return principal ? contextFor(principal) : ({} as Context);
    },
  });
  app.all(graphqlPath, ...graphqlHttp.handlers);
  app.get('/schema.graphql', serveSchema(schema));
  const consoleFolder = findConsole();
  if (consoleFolder !== undefined) {
    const files = readConsole(consoleFolder);
    app.use(createGraphiql({ files, sessionOf }), createConsole(files));
  }
  const noteRefused = (from: IncomingMessage, reason: RefusedCallReason): void =>
    services.refusedCalls.note(addressOf(from), from.url ?? '', reason);
  const ofSenders = {
    ...limits,
    stranger: (from: IncomingMessage) => {
      noteRefused(from, RefusedCallReason.NO_VALID_KEY);
      limits.stranger(from);
    },
  };
  // What posts is a sender; browsers that look for an icon are none.
  const noteLost = (request: IncomingMessage): void => {
    if (request.method === 'POST') noteRefused(request, RefusedCallReason.NO_SUCH_PATH);
  };
  const operationsFor = (keys: Keys) => new InProcessOperations(schema, keys, contextFor, formatError, log, ofSenders);
  const operations = operationsFor(keyRing);
  const bodies = { bytes: config.maxBodyBytes, bytesAtOnce: config.maxBytesAtOnce };
  const room = makeRoom(bodies);
  mountDialects(app, dialects, operations, bodies, room);
  mountEnd(app, log, noteLost);
  const intake = buildIntakeDoor(config, {
    ...{ dialects, metrics, log, bodies, room, hubLimits, isAllowedOrigin, isDraining: () => isDraining },
    ...{ operationsFor, keyRing, noteLost },
  });

  const server = createServer(httpTimes, app);
  const hubs = serveHubs(dialects, operations, { ...hubLimits, connections: config.maxHubConnections });
  const sockets = createGraphqlWs({
    schema,
    introspection: config.introspection,
    principalOf,
    contextFor,
    formatError,
    persistedOperations,
    maxSocketsPerKey: config.maxSocketsPerKey,
    onCut: (waiting) => {
      metrics.cutSockets.inc();
      log.warn(waiting, 'A client over a WebSocket was cut off: it does not read what is sent to it');
    },
    log,
    limits,
    keepOpen: (principal) => keyRing.keepOpen(principal),
    onCredentialsRead: (listener) => keyRing.onRefresh(listener),
  });
  serveUpgrades(server, new Map([[graphqlPath, sockets.door], ...hubs.doors]), (origin, host) => {
    return isAllowedOrigin(origin, host) && (!isDesktops || isFromHere(host));
  });

  let cutOff: NodeJS.Timeout | undefined;
  let closed: Promise<void> | undefined;
  return {
    get url() {
      return urlOf(server, config);
    },
    get port() {
      return (server.address() as AddressInfo).port;
    },
    open: () => listen(server, config, 'PORT'),
    intake,
    drain() {
      isDraining = true;
      cutOff = setTimeout(() => server.closeAllConnections(), config.shutdownMs);
      closed = new Promise((resolve) => server.close(() => resolve()));
      intake?.drain(config.shutdownMs);
      server.closeIdleConnections();
    },
    async close() {
      await Promise.all([hubs.close(), sockets.close(), intake?.close()]);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cutOff);
      await graphqlHttp.stop();
    },
  };
}

function urlOf(server: Server, { host }: Config): string {
  const { port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
