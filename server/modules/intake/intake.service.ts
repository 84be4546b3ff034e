import { IntakeKind } from '../../../schema/intake/intake.enum.ts';
import type { WatchIntakeInput } from '../../../schema/intake/intake.input.ts';
import type { IntakeType } from '../../../schema/intake/intake.type.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { eventsPerMinute } from '../../persistence/journal/activity.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { Intake } from './intake.entity.ts';
import type { IntakeChanges, IntakeRepository, NewIntake } from './intake.repository.ts';
import type { ActivityRow, IntakeActivityNode, IntakeActivityRepository } from './intake-activity.repository.ts';

const silenceSeconds = { least: 60, most: 30 * 24 * 3600 };

/** What a device says of itself. */
export interface DeviceSelf {
  readonly location: string | null;
  readonly deviceType: string | null;
}

/** Intakes of one name, told apart by a number: more are a device that registers again and again. */
const mostNumbered = 1000;

/** The named streams of a tenant. */
export class IntakeService {
  readonly #intakes: IntakeRepository;
  readonly #activity: IntakeActivityRepository;
  readonly #now: () => number;

  constructor(intakes: IntakeRepository, activity: IntakeActivityRepository, now: () => number) {
    this.#intakes = intakes;
    this.#activity = activity;
    this.#now = now;
  }

  /** The intake of that name; one that only API tokens opened so far takes on the kind of its first key. */
  async findOrCreate(tenantId: string, name: string, kind: IntakeKind): Promise<Intake> {
    const intake = await this.#intakes.findOrCreate(this.#draft(tenantId, name, kind));
    if (intake.kind !== IntakeKind.API || kind === IntakeKind.API) return intake;
    return (await this.#intakes.update(tenantId, intake.id, { kind, isWatched: true })) ?? intake;
  }

  /** Throws Conflict when the tenant has one of that name. */
  create(
    tenantId: string,
    name: string,
    kind: IntakeKind,
    watch: { isWatched: boolean; silenceAfterSeconds: number | null },
  ): Promise<Intake> {
    checkSilence(watch.silenceAfterSeconds);
    return this.#intakes.insert({ ...this.#draft(tenantId, checkName(name), kind), ...watch });
  }

  async rename(tenantId: string, id: string, name: string): Promise<IntakeType> {
    return toNode(await this.#update(tenantId, id, { name: checkName(name) }));
  }

  async watch(tenantId: string, id: string, input: WatchIntakeInput): Promise<IntakeType> {
    checkSilence(input.silenceAfterSeconds);
    const { isWatched, silenceAfterSeconds } = input;
    return toNode(
      await this.#update(tenantId, id, {
        ...(isWatched != null && { isWatched }),
        ...(silenceAfterSeconds !== undefined && { silenceAfterSeconds }),
      }),
    );
  }

  async list(tenantId: string): Promise<IntakeType[]> {
    return (await this.#intakes.findAll(tenantId)).map(toNode);
  }

  /** One intake of the tenant; null when it has none of that id. */
  async find(tenantId: string, id: string): Promise<Intake | null> {
    const [intake] = await this.#intakes.findByIds(tenantId, [id]);
    return intake ?? null;
  }

  /** A new intake, for a device of its own; where the name is taken it gets a number behind it. */
  async createApart(tenantId: string, name: string, device: DeviceSelf): Promise<Intake> {
    for (let number = 1; number <= mostNumbered; number++) {
      const free = number === 1 ? name : `${name} ${number}`;
      try {
        return await this.#intakes.insert({ ...this.#draft(tenantId, free, IntakeKind.EDGE_DEVICE), ...device });
      } catch (cause) {
        if (!(cause instanceof Conflict)) throw cause;
      }
    }
    throw new Conflict(`Too many intakes are named "${name}"`);
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(IntakeType | null)[]> {
    const found = new Map((await this.#intakes.findByIds(tenantId, ids.filter(isUuid))).map((row) => [row.id, row]));
    return ids.map((id) => {
      const intake = found.get(id);
      return intake ? toNode(intake) : null;
    });
  }

  /** In the order asked for; of an intake that nothing has come by yet, zeros. */
  async activity(tenantId: string, ids: readonly string[]): Promise<IntakeActivityNode[]> {
    const rows = await this.#activity.findByIntakes(tenantId, ids);
    const found = new Map(rows.map((row) => [row.intake_id, row]));
    return ids.map((id) => activityNode(found.get(id), this.#now()));
  }

  /** Counts messages that were lost before they could be stored. */
  noteDropped(tenantId: string, id: string, count: number): Promise<void> {
    return this.#activity.addDropped(tenantId, id, count);
  }

  async #update(tenantId: string, id: string, changes: IntakeChanges): Promise<Intake> {
    const intake = isUuid(id) ? await this.#intakes.update(tenantId, id, changes) : null;
    if (!intake) throw new NotFound('Intake', id);
    return intake;
  }

  #draft(tenantId: string, name: string, kind: IntakeKind): NewIntake {
    const now = this.#now();
    // People's tokens have no rhythm, and Tocsin's own silence is told by its health checks.
    const isWatched = kind !== IntakeKind.API && kind !== IntakeKind.INTERNAL;
    return {
      id: uuidV7(now),
      tenantId,
      name,
      kind,
      isWatched,
      silenceAfterSeconds: null,
      location: null,
      deviceType: null,
      createdAt: now,
    };
  }
}

/** The name as it is kept; throws InvalidInput. */
export function checkName(name: string): string {
  const label = name.trim();
  if (label === '' || label.length > 200) throw new InvalidInput('name', 'must have 1 to 200 characters');
  if (label.includes('\0') || !label.isWellFormed()) throw new InvalidInput('name', 'must be text');
  return label;
}

function checkSilence(seconds: number | null | undefined): void {
  const { least, most } = silenceSeconds;
  if (seconds == null || (seconds >= least && seconds <= most)) return;
  throw new InvalidInput('silenceAfterSeconds', `must be from ${least} to ${most}`);
}

/** An intake as clients see it. */
export function toNode(intake: Intake): IntakeType {
  const { id, name, kind, createdAt, isWatched, silenceAfterSeconds, location, deviceType } = intake;
  return {
    id,
    name,
    kind,
    createdAt: new Date(createdAt),
    isWatched,
    silenceAfterSeconds: silenceAfterSeconds ?? null,
    location: location ?? null,
    deviceType: deviceType ?? null,
  };
}

function activityNode(row: ActivityRow | undefined, nowMs: number): IntakeActivityNode {
  return {
    events: row?.events ?? 0,
    rejected: row?.rejected ?? 0,
    dropped: row?.dropped ?? 0,
    lastEventAt: instant(row?.last_event_at),
    lastRejectedAt: instant(row?.last_rejected_at),
    lastRejectedId: row?.last_rejected_id ?? null,
    eventsPerMinute: row
      ? eventsPerMinute(
          { windowNo: row.window_no, windowEvents: row.window_events, previousEvents: row.previous_events },
          nowMs,
        )
      : 0,
  };
}

function instant(ms: number | null | undefined): Date | null {
  return ms == null ? null : new Date(ms);
}
