import type { AlertType } from '../../../schema/alert/alert.type.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { DeliveryType } from '../../../schema/delivery/delivery.type.ts';
import type { EventSinkType } from '../../../schema/event-sink/event-sink.type.ts';
import type { TimelineEntry } from '../../../schema/timeline/timeline-entry.type.ts';
import type { Principal } from '../../context.ts';
import type { AlertService } from '../alert/alert.service.ts';
import type { AlertGroupService } from '../alert-group/alert-group.service.ts';
import type { TriageService } from '../alert-group/triage.service.ts';
import type { DeliveryService } from '../delivery/delivery.service.ts';
import type { EventService } from '../event/event.service.ts';
import type { EventSinkService } from '../event-sink/event-sink.service.ts';
import type { IntakeService } from '../intake/intake.service.ts';
import type { SilenceService } from '../silence/silence.service.ts';
import type { UserService } from '../user/user.service.ts';
import { factsOf } from './timeline.facts.ts';
import {
  attemptEntry,
  fateEntry,
  groupEntry,
  intakeEntry,
  noteOfDelivery,
  parseEntry,
  ruleEntry,
  triageEntry,
} from './timeline.words.ts';

interface Parts {
  readonly alerts: AlertService;
  readonly alertGroups: AlertGroupService;
  readonly triage: TriageService;
  readonly deliveries: DeliveryService;
  readonly events: EventService;
  readonly eventSinks: EventSinkService;
  readonly intakes: IntakeService;
  readonly silences: SilenceService;
  readonly users: UserService;
}

type Viewer = Pick<Principal, 'tenantId' | 'permissions' | 'alertThreshold'>;

/** The latest entries of a timeline that are shown. */
const mostEntries = 200;
/** The latest deliveries of a group that are shown with their attempts. */
const mostDeliveries = 20;

/**
 * What happened to alerts and groups, worked out from what is stored of them each time it is asked for: as many look-ups for one alert as for a
 * list of them. What was not kept is said to be so.
 */
export class TimelineService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** For each alert, the first entry first. */
  async ofAlerts(viewer: Viewer, alerts: readonly AlertType[]): Promise<TimelineEntry[][]> {
    const { tenantId } = viewer;
    const groupIds = distinct(alerts.map(({ groupId }) => groupId));
    const [intakes, events, groups, told, triage] = await Promise.all([
      this.#parts.intakes.byIds(tenantId, distinct(alerts.map(({ intakeId }) => intakeId))),
      this.#parts.events.byIds(tenantId, distinct(alerts.map(({ eventId }) => eventId))),
      this.#parts.alertGroups.byIds(tenantId, groupIds),
      this.#toldOf(viewer, alerts),
      this.#triageOf(tenantId, groupIds),
    ]);
    const [intakeOf, eventOf, groupOf] = [byId(intakes), byId(events), byId(groups)];
    return alerts.map((alert, index) => {
      const group = groupOf.get(alert.groupId) ?? null;
      return inOrder([
        intakeEntry(alert, intakeOf.get(alert.intakeId) ?? null),
        parseEntry(alert, eventOf.get(alert.eventId) ?? null),
        ruleEntry(alert, group, viewer.alertThreshold as AlertType['severity']),
        groupEntry(alert, group),
        ...(told[index] ?? []),
        ...(triage.get(alert.groupId) ?? []),
      ]);
    });
  }

  /** For each group that of its latest alert, with what sinks were told of those before it. */
  async ofGroups(viewer: Viewer, groups: readonly AlertGroupType[]): Promise<TimelineEntry[][]> {
    const { tenantId } = viewer;
    const alerts = await this.#parts.alerts.byIds(
      tenantId,
      groups.map(({ lastAlertId }) => lastAlertId),
    );
    const found = alerts.filter((alert) => alert !== null);
    const [timelines, earlier] = await Promise.all([this.ofAlerts(viewer, found), this.#earlier(viewer, groups)]);
    const ofAlert = new Map(found.map((alert, index) => [alert.id, timelines[index] ?? []]));
    return groups.map(({ lastAlertId }, index) => {
      const latest = ofAlert.get(lastAlertId) ?? [];
      const known = new Set(latest.map(keyOf));
      return inOrder([...latest, ...(earlier[index] ?? []).filter((entry) => !known.has(keyOf(entry)))]);
    });
  }

  /** Whom each alert was told to, and why the others were not. */
  async #toldOf(viewer: Viewer, alerts: readonly AlertType[]): Promise<TimelineEntry[][]> {
    if (!viewer.permissions.has('SINKS_READ')) {
      return alerts.map(({ receivedAt }) => [
        noteOfDelivery(
          receivedAt,
          'SINKS_HIDDEN',
          'Which sinks were told is not shown',
          'It takes the permission SINKS_READ.',
        ),
      ]);
    }
    const { tenantId } = viewer;
    const trails = await this.#parts.deliveries.trails(tenantId, alerts);
    const fates = trails.flat();
    const silenceIds = distinct(fates.flatMap(({ silenceId }) => silenceId ?? []));
    const [sinkOf, reasons, attempts] = await Promise.all([
      this.#sinks(tenantId, fates),
      this.#parts.silences.reasons(tenantId, silenceIds),
      this.#attempts(
        tenantId,
        fates.flatMap(({ delivery }) => delivery ?? []),
      ),
    ]);
    return alerts.map((alert, index) => {
      const trail = trails[index] ?? [];
      if (trail.length === 0) {
        return [
          noteOfDelivery(
            alert.receivedAt,
            'NO_SINK',
            'Nobody was told: there is no sink',
            'Make one to be told of the next.',
          ),
        ];
      }
      return trail.flatMap((fate) => {
        const { delivery, silenceId } = fate;
        const sink = sinkOf.get(fate.sinkId) ?? null;
        const why = { ...fate, deliveryId: delivery?.id ?? null };
        const tries = (delivery && attempts.get(delivery.id)) ?? [];
        return [
          fateEntry(alert, why, sink, reasons.get(silenceId ?? '')),
          ...tries.flatMap((attempt) => (delivery ? attemptEntry(delivery, sink, attempt) : [])),
        ];
      });
    });
  }

  async #earlier(viewer: Viewer, groups: readonly AlertGroupType[]): Promise<TimelineEntry[][]> {
    if (!viewer.permissions.has('SINKS_READ')) return [];
    const ids = groups.map(({ id }) => id);
    const ofGroups = await this.#parts.deliveries.latestOfGroups(viewer.tenantId, ids, mostDeliveries);
    const deliveries = ofGroups.flat();
    const [sinkOf, attempts] = await Promise.all([
      this.#sinks(viewer.tenantId, deliveries),
      this.#attempts(viewer.tenantId, deliveries),
    ]);
    return ofGroups.map((some) =>
      some.flatMap((delivery) =>
        (attempts.get(delivery.id) ?? []).map((attempt) =>
          attemptEntry(delivery, sinkOf.get(delivery.sinkId) ?? null, attempt),
        ),
      ),
    );
  }

  async #sinks(tenantId: string, named: readonly { sinkId: string }[]): Promise<Map<string, EventSinkType>> {
    const ids = distinct(named.map(({ sinkId }) => sinkId));
    return byId(ids.length === 0 ? [] : await this.#parts.eventSinks.byIds(tenantId, ids));
  }

  async #attempts(tenantId: string, deliveries: readonly DeliveryType[]) {
    const ids = distinct(deliveries.map(({ id }) => id));
    const found = ids.length === 0 ? [] : await this.#parts.deliveries.attemptsOf(tenantId, ids);
    return new Map(ids.map((id, index) => [id, found[index] ?? []]));
  }

  async #triageOf(tenantId: string, groupIds: readonly string[]): Promise<Map<string, TimelineEntry[]>> {
    const histories = await this.#parts.triage.history(tenantId, groupIds);
    const people = distinct(
      histories.flat().flatMap(({ userId, assigneeIdAfter }) => [userId ?? [], assigneeIdAfter ?? []].flat()),
    );
    const users = byId(people.length === 0 ? [] : await this.#parts.users.people(tenantId, people));
    const name = (id: string | null) => users.get(id ?? '')?.name ?? 'somebody who is gone';
    return new Map(groupIds.map((id, index) => [id, (histories[index] ?? []).map((step) => triageEntry(step, name))]));
  }
}

/** The first first, and of the same instant in the order given; the oldest of too many are left out, and that is said. */
function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const sorted = entries.toSorted((left, right) => left.at.getTime() - right.at.getTime());
  const [first] = sorted;
  if (sorted.length <= mostEntries || !first) return sorted;
  const left = sorted.length - mostEntries + 1;
  const title = `${left} earlier entries are left out`;
  const note: TimelineEntry = {
    ...first,
    title,
    detail: null,
    subjectId: null,
    kind: 'LEFT_OUT',
    facts: factsOf({ COUNT: left }),
  };
  return [note, ...sorted.slice(left)];
}

function keyOf({ at, title, subjectId }: TimelineEntry): string {
  return `${at.getTime()} ${subjectId} ${title}`;
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function byId<Row extends { readonly id: string }>(rows: readonly (Row | null)[]): Map<string, Row> {
  return new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
}
