import type { Rhythm } from './rhythm.ts';

/** A source of events whose silence is watched: an intake, or a host within one. */
export interface Source {
  readonly tenantId: string;
  readonly intakeId: string;
  /** '' stands for the intake itself. */
  readonly host: string;
  rhythm: Rhythm;
  /** Since when an alert of its silence stands; null: none does. */
  silentSince: number | null;
  /** When it last spoke again after such an alert, in this process. */
  resumedAt: number;
  /** Whether there is more to know than is stored. */
  isDirty: boolean;
}

/** Heard so often, a host is kept in the larger table. */
const settledAfter = 20;

/**
 * The sources known, bounded: intakes are kept all; of hosts, those heard often and those heard little each have room of their own,
 * so that a flood of names made up pushes out other newcomers alone. The longest unheard goes first.
 */
export class SourceTable {
  readonly #intakes = new Map<string, Source>();
  readonly #settled = new Map<string, Source>();
  readonly #newcomers = new Map<string, Source>();
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** The source, made where it is not known; it counts as heard just now. */
  hear(intakeId: string, host: string, made: () => Source): Source {
    if (host === '') return this.#intakes.get(intakeId) ?? keep(this.#intakes, intakeId, made(), Infinity);
    const key = `${intakeId} ${host}`;
    const settled = this.#settled.get(key);
    if (settled) return moveToEnd(this.#settled, key, settled);
    const newcomer = this.#newcomers.get(key);
    if (!newcomer) return keep(this.#newcomers, key, made(), this.#room);
    if (newcomer.rhythm.observations < settledAfter) return moveToEnd(this.#newcomers, key, newcomer);
    this.#newcomers.delete(key);
    return keep(this.#settled, key, newcomer, this.#room);
  }

  intake(id: string): Source | undefined {
    return this.#intakes.get(id);
  }

  /** Those whose rhythm may be known, intakes first. */
  *[Symbol.iterator](): Iterator<Source> {
    yield* this.#intakes.values();
    yield* this.#settled.values();
  }
}

function keep(table: Map<string, Source>, key: string, source: Source, room: number): Source {
  if (table.size >= room) {
    const [eldest] = table.keys();
    if (eldest !== undefined) table.delete(eldest);
  }
  table.set(key, source);
  return source;
}

function moveToEnd(table: Map<string, Source>, key: string, source: Source): Source {
  table.delete(key);
  table.set(key, source);
  return source;
}
