/** What is known of a sink's health; it is stored, so that it survives a restart. Times are epoch milliseconds. */
export interface SinkHealth {
  /** How the latest attempts ended, the oldest first. */
  readonly recent: readonly (readonly [at: number, isFailure: boolean])[];
  /** While it lies ahead no attempt is made; once it has passed, one at a time, as a probe. Null: the breaker is closed. */
  readonly openUntil: number | null;
  /** How often it opened since it was last closed. */
  readonly trips: number;
  /** Until when a probe that was begun may take. */
  readonly probeUntil: number | null;
  /** The receiver asked to be left alone until then. */
  readonly notBefore: number | null;
  /** Since when an alert of its failing stands; null: none does. */
  readonly failingSince: number | null;
}

/** The health of a sink that nothing was sent to yet. */
export const unproven: SinkHealth = {
  recent: [],
  openUntil: null,
  trips: 0,
  probeUntil: null,
  notBefore: null,
  failingSince: null,
};

/** How an attempt ended, as far as the sink's health goes: one that was asked to come later is neither well nor ill. */
export type Sign = 'WELL' | 'ILL' | 'BUSY';

const opensAt = { attempts: 10, failedShare: 0.7 };
/** Attempts that count: the latest so many of so many milliseconds. */
const memory = { attempts: 20, ms: 10 * 60_000 };
const pause = { first: 30_000, most: 10 * 60_000 };

/** How many of the free places a sink may take: none while its breaker is open, one for a probe, all when it is well. */
export function allowance({ openUntil, probeUntil, notBefore }: SinkHealth, free: number, now: number): number {
  if (notBefore !== null && notBefore > now) return 0;
  if (openUntil === null) return free;
  if (openUntil > now || (probeUntil !== null && probeUntil > now)) return 0;
  return Math.min(free, 1);
}

/** From when on a sink that may take nothing now may take something again. */
export function availableAt({ openUntil, probeUntil, notBefore }: SinkHealth): number {
  return Math.max(openUntil ?? 0, openUntil === null ? 0 : (probeUntil ?? 0), notBefore ?? 0);
}

/** The health after an attempt; `notBefore`: the receiver asked for nothing more until then. */
export function observe(health: SinkHealth, sign: Sign, at: number, notBefore: number | null): SinkHealth {
  const after = { ...health, notBefore: later(health.notBefore, notBefore, at) };
  if (sign === 'BUSY') return { ...after, probeUntil: null };
  const isFailure = sign === 'ILL';
  const recent = [...health.recent, [at, isFailure] as const]
    .filter(([time]) => time > at - memory.ms)
    .slice(-memory.attempts);
  if (!isFailure && health.openUntil !== null) {
    return { ...after, recent: [[at, false]], openUntil: null, trips: 0, probeUntil: null };
  }
  const isProbe = health.openUntil !== null && health.openUntil <= at;
  const failed = recent.filter(([, isOne]) => isOne).length;
  const isTooMuch = recent.length >= opensAt.attempts && failed >= opensAt.failedShare * recent.length;
  if (!isFailure || !(isProbe || (health.openUntil === null && isTooMuch))) return { ...after, recent };
  const wait = Math.min(pause.first * 2 ** health.trips, pause.most);
  return { ...after, recent, openUntil: at + wait, trips: health.trips + 1, probeUntil: null };
}

function later(known: number | null, asked: number | null, now: number): number | null {
  const latest = Math.max(known ?? 0, asked ?? 0);
  return latest > now ? latest : null;
}
