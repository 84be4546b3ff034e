import type { Config } from './config.ts';
import type { Principal } from './context.ts';
import { type Delivery, openDelivery } from './delivery/delivery.ts';
import { createSenders } from './delivery/senders/senders.ts';
import { dialectsOf } from './dialects.ts';
import { buildDoors } from './doors.ts';
import { AlertFeed } from './feed/alert-feed.ts';
import { DeliveryFeed } from './feed/delivery-feed.ts';
import { tickMs } from './feed/stats-feed.ts';
import type { FeedKind } from './feed/topic-feed.ts';
import { type PersistedOperations, readPersistedOperations } from './graphql/persisted-operations.ts';
import { Journal } from './ingest/journal.ts';
import { createLog, type Logger } from './log.ts';
import { machineOf } from './machine.ts';
import { createMetrics } from './metrics.ts';
import { AboutRepository } from './modules/about/about.repository.ts';
import { AboutService } from './modules/about/about.service.ts';
import { BulkChangeRepository } from './modules/alert-group/bulk-change.repository.ts';
import { BulkChangeService, bulkChangePollMs } from './modules/alert-group/bulk-change.service.ts';
import { RefusalService, refusalMs } from './modules/audit/refusal.service.ts';
import { KeyRing } from './modules/credential/key-ring.ts';
import { linkTo } from './modules/credential/setup-link.service.ts';
import { DeliveryRepository } from './modules/delivery/delivery.repository.ts';
import { DeliveryService } from './modules/delivery/delivery.service.ts';
import { EdgeDeviceService } from './modules/edge-device/edge-device.service.ts';
import { EventSinkRepository } from './modules/event-sink/event-sink.repository.ts';
import { EventSinkService } from './modules/event-sink/event-sink.service.ts';
import { SinkTestService } from './modules/event-sink/sink-test.service.ts';
import { IngestService } from './modules/ingest/ingest.service.ts';
import { RefusedCallsService } from './modules/intake/refused-calls.service.ts';
import { RejectedEventRepository } from './modules/rejected-event/rejected-event.repository.ts';
import { RejectedEventReplayService } from './modules/rejected-event/replay.service.ts';
import { BookkeepingRepository } from './modules/retention/bookkeeping.repository.ts';
import { Pruner, retentionPollMs } from './modules/retention/pruner.service.ts';
import { SignInService } from './modules/sign-in/sign-in.service.ts';
import { SilenceRepository } from './modules/silence/silence.repository.ts';
import { SilenceService } from './modules/silence/silence.service.ts';
import { TimelineService } from './modules/timeline/timeline.service.ts';
import { type Every, onTheClock } from './on-the-clock.ts';
import { openListeners, type SenderListeners } from './open-listeners.ts';
import { openLive } from './open-live.ts';
import { openOwnBackups } from './own-backup/open-own-backups.ts';
import { backupLookMs } from './own-backup/own-backups.ts';
import { launchCaller } from './own-callers.ts';
import { ownCommand } from './own-command.ts';
import { lockDataDir } from './persistence/instance-lock.ts';
import type { TellProgress } from './persistence/migrate.ts';
import { inJournalTurn, onJournalTurn } from './persistence/transaction.ts';
import type { Services } from './services.ts';
import { openStore, sessionLimits } from './store.ts';
import { isSyslogOn, type Syslog } from './syslog/syslog.ts';
import { version } from './version.ts';
import { SilenceWatch, watchMs } from './watch/silence-watch.ts';
import { WatchRepository } from './watch/watch.repository.ts';

/** A running server. */
export interface Gateway {
  readonly url: string;
  readonly tenantId: string;
  /** By which the first person comes in, once; undefined when somebody has a password, or the desktop app runs it. */
  readonly setupLink: string | undefined;
  /** Where syslog messages are taken, by transport. */
  readonly syslogPorts: Syslog['ports'];
  /** What became of the listeners for senders that are wanted besides. */
  readonly listeners: SenderListeners;
  /** Takes nothing new, stores what waits, closes every connection; within the configured time. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly log?: Logger;
  /** Epoch milliseconds; tests give their own. */
  readonly now?: () => number;
  /** Calls back every so many milliseconds until it is stopped by what it returns; tests call back themselves. */
  readonly every?: Every;
  /** Tests give their own instead of the console's. */
  readonly persistedOperations?: PersistedOperations;
  /** Told every few seconds while an update of the tables goes on. */
  readonly onMigrating?: TellProgress;
}

/** How often it is written which credentials were used. */
const lastUseMs = 60_000;
/** How often a node looks for what other nodes on the same PostgreSQL database have stored. */
const pollMs = 250;

/** Starts a server: the whole wiring, in the order in which the parts need each other. */
export async function startGateway(
  config: Config,
  {
    log = createLog(config.logLevel),
    now = Date.now,
    every = onTheClock(log),
    persistedOperations = readPersistedOperations(),
    onMigrating = () => {},
  }: GatewayOptions = {},
): Promise<Gateway> {
  const unlock = config.databaseUrl === undefined ? lockDataDir(config.dataDir) : () => {};
  const store = await openStore(config, log, now, onMigrating).catch((cause: unknown) => {
    unlock();
    throw cause;
  });
  // What is no service of the domain is out of the resolvers' reach.
  const { database, secretKey, credentials, credentialRepository, triageRepository, setupLinks, ...rest } = store;
  const { retentionRepository, retainedSources, ...domain } = rest;
  const chained = await store.audit.chainOldEntries();
  if (chained > 0) log.warn({ tenants: chained }, 'The audit log of before there were chains is chained now');
  const tenant = await store.tenants.ensureDefault();
  const keyRing = new KeyRing(
    credentialRepository,
    secretKey,
    log,
    now,
    sessionLimits(config),
    await launchCaller(config, store, tenant.id),
  );
  await keyRing.open();

  const metrics = createMetrics();
  const feedParts = {
    isActive: (principal: Principal) => keyRing.isActive(principal),
    metrics,
    log,
    pollMs: database.kind === 'postgres' ? pollMs : undefined,
    floorOf: (tenantId: string, kind: FeedKind) => retentionRepository.floor(tenantId, kind),
  };
  const feed = new AlertFeed(store.alerts, store.search, feedParts);
  const live = openLive(store, feedParts, now);
  const stopListening = onJournalTurn(database, () => live.wake());
  const limits = { events: config.maxQueueEvents, bytes: config.maxQueueBytes };
  let delivery: Delivery | undefined;
  const journal = new Journal(database, limits, metrics, log, () => {
    feed.wake();
    live.wake();
    delivery?.wake();
  });
  let ownPorts: readonly number[] = [];
  const senders = createSenders({ ...config, now, ownPorts: () => ownPorts });
  const eventSinks = new EventSinkService(new EventSinkRepository(database), secretKey, senders, now);
  const deliveries = new DeliveryService(new DeliveryRepository(database), store.alerts, eventSinks, now, () =>
    delivery?.send(),
  );
  const deliveryFeed = new DeliveryFeed(deliveries, store.alerts, feedParts);
  const bulkChanges = new BulkChangeService({
    changes: new BulkChangeRepository(database),
    triage: store.triage,
    groups: triageRepository,
    audit: store.audit,
    search: store.search,
    log,
    now,
  });
  await bulkChanges.look();
  const machine = machineOf(config, () => ({ url: doors.url, intakePort: doors.intake?.port }));
  const signIn = new SignInService({
    users: store.users,
    sessions: store.sessions,
    links: setupLinks,
    audit: store.audit,
    transaction: (work) => inJournalTurn(database, work),
    serverUrl: machine.urlForPeople,
    log,
    now,
  });
  const silences = new SilenceService(new SilenceRepository(database), store.alerts, config.timeZone, now);
  const refusals = new RefusalService(store.audit, log, now);
  const ingest = new IngestService(journal, metrics, now);
  const ownBackups = await openOwnBackups(config, metrics, log, now);
  const services: Services = {
    ...domain,
    about: new AboutService(
      { version, startedAt: new Date(now()), command: config.launchToken === undefined ? ownCommand() : null },
      new AboutRepository(database),
      { ...store, ownBackups },
      machine,
    ),
    bulkChanges,
    edgeDevices: new EdgeDeviceService(credentials, store.intakes, store.tenants),
    eventSinks,
    sinkTests: new SinkTestService(eventSinks, senders, now),
    silences,
    timelines: new TimelineService({ ...store, deliveries, eventSinks, silences }),
    deliveries,
    deliveryFeed,
    feed,
    live,
    ingest,
    rejectedEventReplays: new RejectedEventReplayService(new RejectedEventRepository(database), ingest),
    signIn,
    refusals,
    refusedCalls: new RefusedCallsService(log, now, tenant.id),
  };
  const watch = new SilenceWatch({
    repository: new WatchRepository(database),
    ingest: services.ingest,
    intakes: store.intakes,
    triage: store.triage,
    log,
    now,
    factor: config.silenceFactor,
    isSyslogOn: isSyslogOn(config),
  });
  await watch.open();
  const pruner = new Pruner({
    ...{ log, now, audit: store.audit, retention: store.retention, sources: retainedSources },
    repository: retentionRepository,
    bookkeeping: new BookkeepingRepository(database),
    ...{ feedMs: config.feedMs, bulkChangeMs: config.bulkChangeMs },
  });
  const doors = await buildDoors({
    config,
    dialects: dialectsOf(config),
    services,
    keyRing,
    database,
    metrics,
    log,
    now,
    waiting: () => journal.waiting,
    persistedOperations,
  });

  let isClosing = false;
  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    for (const stop of regularly) stop();
    stopListening();
    doors.drain();
    const delivered = delivery?.close(config.shutdownMs / 2);
    await syslog?.close(config.shutdownMs / 2);
    await journal.close();
    await delivered;
    await ownBackups?.close();
    await watch.close();
    await bulkChanges.close();
    await pruner.close();
    const doorsClosed = doors.close();
    feed.close();
    deliveryFeed.close();
    live.close();
    await doorsClosed;
    await signIn.close();
    await refusals.close();
    keyRing.close();
    await keyRing.writeLastUse();
    await database.close();
    unlock();
    log.info('Tocsin has stopped');
  };

  const open = async () => {
    await doors.open();
    return openListeners(config, doors.intake, { store, ingest, tenantId: tenant.id, metrics, log });
  };
  const { syslog, listeners } = await open().catch(async (cause: unknown) => {
    doors.drain();
    await doors.close();
    await database.close();
    keyRing.close();
    unlock();
    throw cause;
  });
  delivery = await openDelivery({
    ...services,
    sinks: eventSinks,
    ...{ database, senders, metrics, log, now, every },
    consoleUrl: machine.urlForOthers,
    onChange: () => deliveryFeed.wake(),
  });
  const regularly = [
    every(watchMs, () => watch.look()),
    every(tickMs, () => live.stats.tick()),
    every(bulkChangePollMs, () => bulkChanges.look()),
    every(backupLookMs, async () => ownBackups?.look()),
    every(retentionPollMs, () => pruner.look()),
    every(lastUseMs, () => keyRing.writeLastUse()),
    every(refusalMs, () => refusals.look()),
  ];
  store.retention.listen(() => pruner.wake());
  const syslogPorts = syslog?.ports ?? {};
  ownPorts = [doors.port, doors.intake?.port ?? doors.port, ...Object.values(syslogPorts)];
  const { url } = doors;
  log.info(
    {
      url,
      listeners,
      syslogPorts,
      version,
      database: database.kind,
      databaseVersion: database.version,
      checks: database.checks,
    },
    'Tocsin is ready',
  );
  // The desktop app lets its person in by itself, and shows what its server prints.
  const firstLink = config.launchToken === undefined ? await setupLinks.forFirst() : undefined;
  const setupLink = firstLink && linkTo(machine.urlForPeople(), firstLink);
  return { url, tenantId: tenant.id, setupLink, syslogPorts, listeners, close };
}
