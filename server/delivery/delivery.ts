import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { AlertService } from '../modules/alert/alert.service.ts';
import type { AlertGroupService } from '../modules/alert-group/alert-group.service.ts';
import type { TriageService } from '../modules/alert-group/triage.service.ts';
import type { EventSinkService } from '../modules/event-sink/event-sink.service.ts';
import type { IngestService } from '../modules/ingest/ingest.service.ts';
import type { IntakeService } from '../modules/intake/intake.service.ts';
import type { SilenceService } from '../modules/silence/silence.service.ts';
import type { Database } from '../persistence/database.ts';
import { DispatchRepository } from './dispatch.repository.ts';
import { Dispatcher } from './dispatcher.ts';
import { FailingSinks } from './failing-sinks.ts';
import { Notifications } from './notifications.ts';
import { Router } from './router.ts';
import { RoutingRepository } from './routing.repository.ts';
import type { Senders } from './senders/senders.ts';

export interface DeliveryParts {
  readonly database: Database;
  readonly alerts: AlertService;
  readonly alertGroups: AlertGroupService;
  readonly triage: TriageService;
  readonly sinks: EventSinkService;
  readonly silences: SilenceService;
  readonly ingest: IngestService;
  readonly intakes: IntakeService;
  readonly senders: Pick<Senders, 'send'>;
  /** Where those who are told find the console; undefined where it is for this machine alone. */
  readonly consoleUrl: () => string | undefined;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly every: (ms: number, callBack: () => Promise<void>) => () => void;
  /** The feed has grown by steps of deliveries. */
  readonly onChange: () => void;
}

/** The way from an alert to those who are to be told of it. */
export interface Delivery {
  /** Alerts were stored. */
  wake(): void;
  /** Deliveries were queued. */
  send(): void;
  /** Lets attempts end for so many milliseconds. */
  close(graceMs: number): Promise<void>;
}

/** How often a process looks for what others on the same database have stored, in milliseconds of the wall clock. */
const pollMs = { sqlite: 5000, postgres: 1000 };

/** Joins router and dispatcher, and starts both: what a process before this one left undone goes on. */
export async function openDelivery(parts: DeliveryParts): Promise<Delivery> {
  const { database, metrics, now, onChange } = parts;
  const repository = new DispatchRepository(database);
  const failing = new FailingSinks({ ...parts, repository });
  const dispatcher = new Dispatcher({
    ...parts,
    repository,
    failing,
    notifications: new Notifications(parts.alerts, parts.alertGroups, parts.consoleUrl),
    random: Math.random,
  });
  const router = new Router({
    ...parts,
    repository: new RoutingRepository(database),
    onRouted: async () => {
      onChange();
      await dispatcher.look();
    },
  });
  metrics.deliveryQueue.read = async () => {
    const { queued, oldestDueAt } = await repository.depth(now());
    return { queued, oldestDueSeconds: oldestDueAt === null ? 0 : Math.max(0, now() - oldestDueAt) / 1000 };
  };
  // SQLite is one process's: what is claimed was claimed by one that died.
  if (database.kind === 'sqlite') await repository.releaseAll(now());
  await failing.open();
  const look = () => {
    router.wake();
    void dispatcher.look();
  };
  look();
  const poll = setInterval(look, pollMs[database.kind]);
  poll.unref();
  return {
    wake: () => router.wake(),
    send: () => void dispatcher.look(),
    async close(graceMs) {
      clearInterval(poll);
      await router.close();
      await dispatcher.close(graceMs);
    },
  };
}
