import { refuse } from '../../kernel/json-body.ts';
import type { LocalTime } from './local-time.ts';

/** A span as operations take it: its end is exclusive. */
interface Span {
  readonly occurredAt?: { readonly from?: Date; readonly to?: Date };
}

const secondMs = 1000;

/** The bounds `from` and `to` of a search, `YYYY-MM-DD HH:MM` each, both inclusive to the second that a timestamp shows. */
export function readSpan(from: unknown, to: unknown, time: LocalTime): Span {
  const earliest = readMinute('from', from, time);
  const latest = readMinute('to', to, time);
  if (!earliest && !latest) return {};
  return {
    occurredAt: {
      ...(earliest && { from: earliest }),
      ...(latest && { to: new Date(latest.getTime() + secondMs) }),
    },
  };
}

function readMinute(name: string, value: unknown, time: LocalTime): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const instant = typeof value === 'string' ? time.read(`${value}:00`) : undefined;
  if (instant === undefined) throw refuse(`filters.${name}`, 'must be a time such as 2026-06-03 00:00');
  return instant;
}
