import type { SilenceRecurrenceType } from '../../../schema/silence/silence.type.ts';
import { InvalidInput } from '../../errors.ts';
import { wallClockOf } from './wall-clock.ts';

/** Every so many days or weeks, on some weekdays. */
interface Rule {
  readonly weekly: boolean;
  readonly interval: number;
  /** 0 is Monday; none: those of the first turn, or any of a daily rule. */
  readonly weekdays: readonly number[];
}

const dayMs = 86_400_000;
const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const mostInterval = 366;

/**
 * Reads a rule of iCalendar (RFC 5545, 3.3.10) of FREQ=DAILY or FREQ=WEEKLY with INTERVAL and BYDAY; weeks begin on Monday. Throws
 * InvalidInput for anything else: a rule with a part that is left out of account would hold back the wrong things.
 */
export function readRule(text: string): Rule {
  const parts = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')
    .map((part) => part.split('='));
  const given = new Map(parts.map(([name = '', value = '']) => [name, value]));
  const known = ['FREQ', 'INTERVAL', 'BYDAY'];
  const strange = [...given.keys()].find((name) => !known.includes(name));
  if (strange !== undefined || given.size < parts.length || parts.some(({ length }) => length !== 2)) {
    throw invalidRule(`may hold each of ${known.join(', ')} once`);
  }
  const frequency = given.get('FREQ');
  if (frequency !== 'DAILY' && frequency !== 'WEEKLY') throw invalidRule('must begin with FREQ=DAILY or FREQ=WEEKLY');
  const interval = given.get('INTERVAL') ?? '1';
  if (!/^[1-9]\d{0,2}$/.test(interval) || Number(interval) > mostInterval) {
    throw invalidRule(`must have an INTERVAL of 1 to ${mostInterval}`);
  }
  const weekdays =
    given
      .get('BYDAY')
      ?.split(',')
      .map((name) => weekdayNames.indexOf(name)) ?? [];
  if (weekdays.includes(-1)) throw invalidRule(`must have a BYDAY of ${weekdayNames.join(', ')}`);
  return { weekly: frequency === 'WEEKLY', interval: Number(interval), weekdays };
}

/** The instants at which the turn that holds `atMs` begins and ends, exclusive; undefined between two turns. */
export function turnAt(
  { rule, durationMinutes }: SilenceRecurrenceType,
  startsAtMs: number,
  timeZone: string,
  atMs: number,
): { fromMs: number; toMs: number } | undefined {
  const clock = wallClockOf(timeZone);
  const read = ruleOf(rule);
  const firstWall = clock.at(startsAtMs);
  const firstDay = dayOf(firstWall);
  const timeOfDay = firstWall - firstDay * dayMs;
  const durationMs = durationMinutes * 60_000;
  const wall = clock.at(atMs);
  // Clocks that were put forward or back move a turn by hours: a day more on either side finds it.
  const earliest = Math.max(firstDay, dayOf(wall - durationMs) - 1);
  for (let day = dayOf(wall) + 1; day >= earliest; day--) {
    if (!fallsOn(read, firstDay, day)) continue;
    const fromWall = day * dayMs + timeOfDay;
    const fromMs = clock.instantOf(fromWall);
    const toMs = clock.instantOf(fromWall + durationMs);
    if (fromMs <= atMs && atMs < toMs) return { fromMs, toMs };
  }
  return undefined;
}

/**
 * A start for the same turns, but so long before `startsAtMs` that they have been going on at `untilMs` already; the phase of every
 * second day, or second week, is kept.
 */
export function earlierStart(
  { rule }: SilenceRecurrenceType,
  startsAtMs: number,
  timeZone: string,
  untilMs: number,
): number {
  const clock = wallClockOf(timeZone);
  const stepMs = ruleOf(rule).interval * 7 * dayMs;
  const wall = clock.at(startsAtMs);
  const steps = Math.max(0, Math.ceil((wall - clock.at(untilMs)) / stepMs) + 1);
  const candidates = [steps, steps + 1].map((back) => wall - back * stepMs);
  // On a day on which clocks skip that time it would be another one.
  const shown = candidates.find((candidate) => clock.at(clock.instantOf(candidate)) === candidate);
  return clock.instantOf(shown ?? wall);
}

function fallsOn({ weekly, interval, weekdays }: Rule, firstDay: number, day: number): boolean {
  const weekday = weekdayOf(day);
  if (!weekly) return (day - firstDay) % interval === 0 && (weekdays.length === 0 || weekdays.includes(weekday));
  const isInWeek = (weekOf(day) - weekOf(firstDay)) % interval === 0;
  return isInWeek && (weekdays.length === 0 ? weekday === weekdayOf(firstDay) : weekdays.includes(weekday));
}

function dayOf(wallMs: number): number {
  return Math.floor(wallMs / dayMs);
}

/** The first day of 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

const rules = new Map<string, Rule>();

/** A stored rule is read once and not for every alert. */
function ruleOf(text: string): Rule {
  let rule = rules.get(text);
  if (!rule) {
    if (rules.size >= 1000) rules.clear();
    rule = readRule(text);
    rules.set(text, rule);
  }
  return rule;
}

function invalidRule(problem: string): InvalidInput {
  return new InvalidInput('recurrence', `the rule ${problem}`);
}
