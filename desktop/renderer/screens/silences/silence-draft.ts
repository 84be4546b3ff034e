import type { CreateSilenceInput, SilenceMatcherInput, SilenceRecurrenceInput } from '../../generated/schema.ts';
import type { SilenceRow } from '../../generated/silences.ts';

export const repeats = ['none', 'daily', 'weekly', 'rule'] as const;
export type Repeat = (typeof repeats)[number];
export const lengths = ['1', '4', '24', '168', 'at'] as const;
export type Length = (typeof lengths)[number];
/** The days of the week as iCalendar has them, Monday first. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

/** A condition with a key of its own, for its place in the form. */
export type MatcherDraft = Required<SilenceMatcherInput> & { readonly key: number };

/** A silence as it stands in the form; instants as `datetime-local` has them. */
export interface SilenceDraft {
  readonly reason: string;
  readonly matchers: readonly MatcherDraft[];
  readonly isLater: boolean;
  readonly startsAt: string;
  readonly length: Length;
  readonly endsAt: string;
  readonly repeat: Repeat;
  readonly days: readonly Weekday[];
  readonly rule: string;
  readonly hours: string;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** What the form begins with; with `isAgain` the conditions of one that has ended, for a time to come. */
export function draftOf(silence: SilenceRow | undefined, isAgain = false): SilenceDraft {
  const soon = localTime(new Date(Date.now() + hourMs));
  if (!silence) {
    return {
      reason: '',
      matchers: [{ key: 0, field: 'TITLE', operator: 'MATCHES', value: '' }],
      isLater: false,
      startsAt: soon,
      length: '4',
      endsAt: localTime(new Date(Date.now() + 4 * hourMs)),
      repeat: 'none',
      days: ['SA', 'SU'],
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA',
      hours: '8',
    };
  }
  const { reason, matchers, startsAt, endsAt, recurrence } = silence;
  const draft = draftOf(undefined);
  return {
    ...draft,
    reason,
    matchers: matchers.map(({ field, operator, value }, key) => ({ key, field, operator, value })),
    ...(!isAgain && {
      isLater: true,
      startsAt: localTime(new Date(startsAt)),
      length: 'at',
      endsAt: localTime(new Date(endsAt)),
    }),
    ...(recurrence && {
      ...repeatOf(recurrence.rule),
      rule: recurrence.rule,
      hours: String(recurrence.durationMinutes / 60),
    }),
  };
}

/** What the API takes; `startsAt` is left out where it begins now. */
export function inputOf(draft: SilenceDraft): CreateSilenceInput {
  const { reason, isLater, startsAt, length, endsAt } = draft;
  const start = isLater ? instant(startsAt) : undefined;
  const from = start ? new Date(start).getTime() : Date.now();
  return {
    reason,
    matchers: matchersOf(draft),
    ...(start && { startsAt: start }),
    endsAt: length === 'at' ? (instant(endsAt) ?? '') : new Date(from + Number(length) * hourMs).toISOString(),
    recurrence: recurrenceOf(draft),
  };
}

export function matchersOf({ matchers }: SilenceDraft): SilenceMatcherInput[] {
  return matchers.map(({ field, operator, value }) => ({ field, operator, value: value.trim() }));
}

export function recurrenceOf({ repeat, days, rule, hours }: SilenceDraft): SilenceRecurrenceInput | null {
  if (repeat === 'none') return null;
  const rules = {
    daily: 'FREQ=DAILY',
    weekly: `FREQ=WEEKLY;BYDAY=${weekdays.filter((day) => days.includes(day)).join(',')}`,
    rule: rule.trim(),
  };
  return { rule: rules[repeat], durationMinutes: Math.round(Number(hours) * 60) || 0 };
}

/** The choice of the form that a rule is. */
export function repeatOf(rule: string): { readonly repeat: Repeat; readonly days?: readonly Weekday[] } {
  if (rule === 'FREQ=DAILY') return { repeat: 'daily' };
  const [, list] = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule) ?? [];
  if (list === undefined) return { repeat: 'rule' };
  return { repeat: 'weekly', days: weekdays.filter((day) => list.split(',').includes(day)) };
}

/** ISO 8601 in UTC; undefined for what is no time. */
export function instant(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** As `datetime-local` has it: by the clock of this machine, to the minute. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * minuteMs).toISOString().slice(0, 16);
}
