import { observe, type Sign, type SinkHealth } from './breaker.ts';
import type { ClaimedDelivery, FinishedDelivery } from './dispatch.repository.ts';
import { clampRetryAfter, nextAttemptAt } from './schedule.ts';
import type { Outcome } from './sender.ts';

/** One attempt and what its sender says of it; times in epoch milliseconds. */
export interface Attempt {
  readonly delivery: ClaimedDelivery;
  readonly outcome: Outcome;
  readonly at: number;
  readonly endedAt: number;
}

/** What an attempt makes of its delivery: done, to be tried again, or a dead letter. */
export function settle({ delivery, outcome, at, endedAt }: Attempt, random: () => number): FinishedDelivery {
  const startedAt = delivery.startedAt ?? at;
  const attempt = {
    at,
    result: outcome.result,
    status: outcome.status,
    durationMs: Math.max(0, endedAt - at),
    error: outcome.result === 'DELIVERED' ? null : outcome.error,
  };
  if (outcome.result === 'DELIVERED') return { delivery, status: 'DELIVERED', dueAt: null, startedAt, attempt };
  if (outcome.result !== 'RETRY') return { delivery, status: 'DEAD', dueAt: null, startedAt, attempt };
  const progress = { startedAt, spent: delivery.spent + 1, retryAfterMs: outcome.retryAfterMs };
  const dueAt = nextAttemptAt(progress, endedAt, random);
  return { delivery, status: dueAt === null ? 'DEAD' : 'QUEUED', dueAt, startedAt, attempt };
}

/** A delivery that cannot be sent, whatever its sink is like: nothing was attempted, and somebody has to see to it. */
export function unsendable(delivery: ClaimedDelivery, at: number, error: string): FinishedDelivery {
  return {
    delivery,
    status: 'DEAD',
    dueAt: null,
    startedAt: delivery.startedAt,
    attempt: { at, result: 'UNSENT', status: null, durationMs: 0, error },
  };
}

/** The statuses with which a receiver that is well asks to be left alone for a while. */
const busyStatuses = [429, 503];

/** What attempts say of the health of their sink, and whether an outage has begun or ended with them. */
export function healthAfter(health: SinkHealth, attempts: readonly Attempt[]): SinkHealth {
  return attempts.reduce((before, { outcome, endedAt }) => {
    const isBusy = outcome.result === 'RETRY' && busyStatuses.includes(outcome.status ?? 0);
    const retryAfterMs = isBusy ? outcome.retryAfterMs : undefined;
    const notBefore = retryAfterMs === undefined ? null : endedAt + clampRetryAfter(retryAfterMs);
    const after = observe(before, signOf(outcome), endedAt, notBefore);
    if (outcome.result === 'DELIVERED') return { ...after, failingSince: null };
    return after;
  }, health);
}

function signOf(outcome: Outcome): Sign {
  if (outcome.result === 'DELIVERED') return 'WELL';
  return outcome.status === 429 ? 'BUSY' : 'ILL';
}
