import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { intrudectIn } from '../rest-compat/intrudect/index.ts';
import { jutsu } from '../rest-compat/jutsu/index.ts';
import { serveHubs } from '../rest-compat/kernel/hubs.ts';
import { mountDialects } from '../rest-compat/kernel/router.ts';
import { monozuWithin } from '../rest-compat/monozu/index.ts';
import { scanner } from '../rest-compat/scanner/index.ts';
import { sekoia } from '../rest-compat/sekoia/index.ts';
import type { Config } from './config.ts';
import type { Context, Principal } from './context.ts';
import { type Delivery, openDelivery } from './delivery/delivery.ts';
import { createSenders } from './delivery/senders/senders.ts';
import { StartRefused } from './errors.ts';
import { AlertFeed } from './feed/alert-feed.ts';
import { DeliveryFeed } from './feed/delivery-feed.ts';
import { buildSchema } from './graphql/build-schema.ts';
import { InProcessOperations } from './graphql/execute.ts';
import { createFormatError } from './graphql/format-error.ts';
import { createContext } from './graphql/loaders.ts';
import { createApp, mountEnd } from './http/app.ts';
import { createGraphqlHttp } from './http/graphql-http.ts';
import { createGraphqlWs } from './http/graphql-ws.ts';
import { createHealth } from './http/health.ts';
import { allowOrigins } from './http/origins.ts';
import { serveUpgrades } from './http/upgrades.ts';
import { Journal } from './ingest/journal.ts';
import { createLog, type Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { AboutService } from './modules/about/about.service.ts';
import { KeyRing } from './modules/credential/key-ring.ts';
import { DeliveryRepository } from './modules/delivery/delivery.repository.ts';
import { DeliveryService } from './modules/delivery/delivery.service.ts';
import { EdgeDeviceService } from './modules/edge-device/edge-device.service.ts';
import { EventSinkRepository } from './modules/event-sink/event-sink.repository.ts';
import { EventSinkService } from './modules/event-sink/event-sink.service.ts';
import { SinkTestService } from './modules/event-sink/sink-test.service.ts';
import { IngestService } from './modules/ingest/ingest.service.ts';
import { SilenceRepository } from './modules/silence/silence.repository.ts';
import { SilenceService } from './modules/silence/silence.service.ts';
import { launchCaller, syslogPrincipal } from './own-callers.ts';
import { lockDataDir } from './persistence/instance-lock.ts';
import type { Services } from './services.ts';
import { openStore } from './store.ts';
import { isSyslogOn, openSyslog, type Syslog } from './syslog/syslog.ts';
import { version } from './version.ts';
import { SilenceWatch, watchMs } from './watch/silence-watch.ts';
import { WatchRepository } from './watch/watch.repository.ts';

/** A running server. */
export interface Gateway {
  readonly url: string;
  readonly tenantId: string;
  /** Where syslog messages are taken, by transport. */
  readonly syslogPorts: Syslog['ports'];
  /** Takes nothing new, stores what waits, closes every connection; within the configured time. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly log?: Logger;
  /** Epoch milliseconds; tests give their own. */
  readonly now?: () => number;
  /** Calls back every so many milliseconds until it is stopped by what it returns; tests call back themselves. */
  readonly every?: (ms: number, callBack: () => Promise<void>) => () => void;
}

/** The path of GraphQL over HTTP and over WebSocket. */
const graphqlPath = '/graphql';
/** How often a node looks for what other nodes on the same PostgreSQL database have stored. */
const pollMs = 250;
/** A client that lets more than this gather, or gives no sign of life in twice this time, is dropped. */
const hubLimits = { bufferedBytes: 1024 * 1024, pingMs: 30_000 };

/** Starts a server: the whole wiring, in the order in which the parts need each other. */
export async function startGateway(
  config: Config,
  { log = createLog(config.logLevel), now = Date.now, every = onTheClock }: GatewayOptions = {},
): Promise<Gateway> {
  const startedAt = new Date(now());
  const unlock = config.databaseUrl === undefined ? lockDataDir(config.dataDir) : () => {};
  const store = await openStore(config, log, now).catch((cause: unknown) => {
    unlock();
    throw cause;
  });
  const { database } = store;
  const tenant = await store.tenants.ensureDefault();
  const keyRing = new KeyRing(
    store.credentialRepository,
    store.secretKey,
    log,
    now,
    await launchCaller(config, store, tenant.id),
  );
  await keyRing.open();

  const metrics = createMetrics();
  const feedParts = {
    isActive: (principal: Principal) => keyRing.isActive(principal),
    metrics,
    log,
    pollMs: database.kind === 'postgres' ? pollMs : undefined,
  };
  const feed = new AlertFeed(store.alerts, feedParts);
  const limits = { events: config.maxQueueEvents, bytes: config.maxQueueBytes };
  let delivery: Delivery | undefined;
  const journal = new Journal(database, limits, metrics, log, () => {
    feed.wake();
    delivery?.wake();
  });
  let ownPorts: readonly number[] = [];
  const senders = createSenders({ ...config, now, ownPorts: () => ownPorts });
  const eventSinks = new EventSinkService(new EventSinkRepository(database), store.secretKey, senders, now);
  const deliveries = new DeliveryService(new DeliveryRepository(database), store.alerts, eventSinks, now, () =>
    delivery?.send(),
  );
  const deliveryFeed = new DeliveryFeed(deliveries, store.alerts, feedParts);
  const services: Services = {
    about: new AboutService(database, version, startedAt),
    alerts: store.alerts,
    alertGroups: store.alertGroups,
    edgeDevices: new EdgeDeviceService(store.credentials, store.intakes, store.tenants),
    events: store.events,
    eventSinks,
    sinkTests: new SinkTestService(eventSinks, senders, now),
    silences: new SilenceService(new SilenceRepository(database), store.alerts, config.timeZone, now),
    deliveries,
    deliveryFeed,
    feed,
    ingest: new IngestService(journal, metrics, now),
    intakes: store.intakes,
    intakeKeys: store.intakeKeys,
    rejectedEvents: store.rejectedEvents,
    backups: store.backups,
    devices: store.devices,
    flowRecords: store.flowRecords,
    networks: store.networks,
    packetCaptures: store.packetCaptures,
    observedServices: store.observedServices,
    telemetry: store.telemetry,
    threatIntel: store.threatIntel,
    users: store.users,
    apiTokens: store.apiTokens,
  };
  const watch = new SilenceWatch({
    repository: new WatchRepository(database),
    ingest: services.ingest,
    intakes: store.intakes,
    alertGroups: store.alertGroups,
    log,
    now,
    factor: config.silenceFactor,
    isSyslogOn: isSyslogOn(config),
  });
  await watch.open();
  const contextFor = (principal: Principal): Context => createContext(services, principal);
  const principalOf = async (authorization: string | undefined): Promise<Principal | undefined> => {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return token === undefined ? undefined : keyRing.find(['API_TOKEN'], token);
  };

  let isDraining = false;
  const schema = buildSchema();
  const formatError = createFormatError(log);
  const app = createApp(metrics, () => isDraining);
  app.use(createHealth({ database, metrics, isDraining: () => isDraining, waiting: () => journal.waiting }));
  const graphqlHttp = await createGraphqlHttp({
    schema,
    formatError,
    introspection: config.introspection,
    maxBodyBytes: config.maxBodyBytes,
    contextFor: async (authorization) => {
      const principal = await principalOf(authorization);
      // The authorization check refuses every root field of a caller without a principal.
      return principal ? contextFor(principal) : ({} as Context);
    },
  });
  app.all(graphqlPath, ...graphqlHttp.handlers);
  const operations = new InProcessOperations(schema, keyRing, contextFor, formatError, log);
  const dialects = [
    jutsu,
    sekoia,
    monozuWithin({ events: config.maxBatchEvents, bytes: config.maxBatchBytes }),
    intrudectIn(config.timeZone),
    scanner,
  ];
  mountDialects(app, dialects, operations, {
    bytes: config.maxBodyBytes,
    bytesAtOnce: config.maxBytesAtOnce,
  });
  mountEnd(app, log);

  const server = createServer(
    { connectionsCheckingInterval: 500, headersTimeout: 10_000, requestTimeout: 60_000 },
    app,
  );
  const hubs = serveHubs(dialects, operations, { ...hubLimits, connections: config.maxHubConnections });
  const sockets = createGraphqlWs({
    schema,
    introspection: config.introspection,
    principalOf,
    contextFor,
    formatError,
    isActive: (principal) => keyRing.isActive(principal),
    onCredentialsRead: (listener) => keyRing.onRefresh(listener),
  });
  serveUpgrades(server, new Map([[graphqlPath, sockets.door], ...hubs.doors]), allowOrigins(config));

  const close = async () => {
    if (isDraining) return;
    isDraining = true;
    stopWatch();
    const cutOff = setTimeout(() => server.closeAllConnections(), config.shutdownMs);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const delivered = delivery?.close(config.shutdownMs / 2);
    await syslog?.close(config.shutdownMs / 2);
    await journal.close();
    await delivered;
    await watch.close();
    const hubsClosed = hubs.close();
    feed.close();
    deliveryFeed.close();
    await Promise.all([sockets.close(), hubsClosed]);
    server.closeIdleConnections();
    await closed;
    clearTimeout(cutOff);
    await graphqlHttp.stop();
    keyRing.close();
    await database.close();
    unlock();
    log.info('Tocsin has stopped');
  };

  const openDoors = async () => {
    await listen(server, config);
    if (!isSyslogOn(config)) return undefined;
    const principal = await syslogPrincipal(store, tenant.id);
    return openSyslog(config, { ingest: services.ingest, intakes: store.intakes, principal, metrics, log });
  };
  const syslog = await openDoors().catch(async (cause: unknown) => {
    server.close();
    await database.close();
    keyRing.close();
    unlock();
    throw cause;
  });
  delivery = await openDelivery({
    ...services,
    sinks: eventSinks,
    ...{ database, senders, metrics, log, now, every, publicUrl: config.publicUrl },
    onChange: () => deliveryFeed.wake(),
  });
  const stopWatch = every(watchMs, () => watch.look());
  const syslogPorts = syslog?.ports ?? {};
  ownPorts = [(server.address() as AddressInfo).port, ...Object.values(syslogPorts)];
  const url = urlOf(server, config);
  log.info(
    { url, syslogPorts, version, database: database.kind, databaseVersion: database.version, checks: database.checks },
    'Tocsin is ready',
  );
  return { url, tenantId: tenant.id, syslogPorts, close };
}

function onTheClock(ms: number, callBack: () => Promise<void>): () => void {
  const timer = setInterval(() => void callBack(), ms).unref();
  return () => clearInterval(timer);
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used: ${cause.message}`;
      reject(new StartRefused(`Port ${port} on ${host} ${reason}. Set PORT to another one.`));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, { host }: Config): string {
  const { port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`;
}
