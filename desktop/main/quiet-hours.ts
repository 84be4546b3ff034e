import type { DesktopSettings } from '../ipc-contract.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * When the quiet that `now` lies in ends; undefined when it is not quiet. The hours go by the clock on the wall of `timeZone`: where
 * clocks are put forward over a beginning or an end, it counts from the moment they are; where they are put back and an hour comes
 * twice, its first time counts.
 */
export function quietUntil(
  { isOn, from, to }: DesktopSettings['quietHours'],
  now: Date,
  timeZone: string,
): Date | undefined {
  if (!isOn || from === to) return undefined;
  const begin = minutesOf(from);
  const end = minutesOf(to);
  const today = wallClock(now.getTime(), timeZone);
  const midnight = today - (((today % dayMs) + dayMs) % dayMs);
  for (const day of [midnight - dayMs, midnight]) {
    const start = instantOf(day + begin * minuteMs, timeZone);
    const stop = instantOf(day + (end > begin ? 0 : dayMs) + end * minuteMs, timeZone);
    if (start <= now.getTime() && now.getTime() < stop) return new Date(stop);
  }
  return undefined;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows at an instant, written as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    const numeric = 'numeric' as const;
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

/** The first instant at which the clock on the wall shows `wall` or, where it skips that, something later. */
function instantOf(wall: number, timeZone: string): number {
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant;
  const guesses = [wall - offsetAt(wall - dayMs), wall - offsetAt(wall + dayMs)];
  const right = guesses.filter((guess) => wallClock(guess, timeZone) === wall);
  if (right.length > 0) return Math.min(...right);
  // Skipped: the instant at which the clocks are put forward lies between the guesses.
  let low = Math.min(...guesses);
  let high = Math.max(...guesses);
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (wallClock(middle, timeZone) < wall) low = middle;
    else high = middle;
  }
  return high;
}
