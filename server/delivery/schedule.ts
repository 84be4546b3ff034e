/** When a delivery is attempted, in milliseconds after its first attempt; after the last one it is a dead letter. */
export const attemptOffsets: readonly number[] = [
  0,
  5_000,
  5 * 60_000,
  30 * 60_000,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * 3_600_000),
];

/** How far an attempt may lie from its time, as a share of the wait before it: a receiver that comes back is not met by all at once. */
const jitter = 0.2;
/** What a receiver may ask for by Retry-After, in milliseconds. */
const retryAfterLimits = { least: 1000, most: 24 * 3_600_000 };

/** What a schedule must know of a delivery, times in epoch milliseconds. */
export interface Progress {
  /** When the first attempt of this schedule was made. */
  readonly startedAt: number;
  /** Attempts of this schedule so far, the one that just failed among them. */
  readonly spent: number;
  /** What the receiver asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * When the next attempt is due; null when none is left. `random` gives numbers from 0 to 1, 1 excluded. A receiver's Retry-After, held
 * to 1 s to 24 h, can put the attempt off, never bring it forward.
 */
export function nextAttemptAt(
  { startedAt, spent, retryAfterMs }: Progress,
  now: number,
  random: () => number,
): number | null {
  const offset = attemptOffsets[spent];
  if (offset === undefined) return null;
  const wait = offset - (attemptOffsets[spent - 1] ?? 0);
  const planned = startedAt + offset + Math.round((random() * 2 - 1) * jitter * wait);
  const earliest = retryAfterMs === undefined ? now : now + clampRetryAfter(retryAfterMs);
  return Math.max(planned, earliest);
}

/** A receiver's Retry-After, held to 1 s to 24 h. */
export function clampRetryAfter(ms: number): number {
  return Math.min(Math.max(ms, retryAfterLimits.least), retryAfterLimits.most);
}
