/** What the clocks of a time zone show; a wall time is what they show as if it were UTC, in epoch milliseconds. */
export interface WallClock {
  /** What the clocks show at an instant. */
  at(instantMs: number): number;
  /**
   * When the clocks show it. Of a time that comes twice it is the first; one that clocks skip is read as if they had not been put
   * forward yet.
   */
  instantOf(wallMs: number): number;
}

const dayMs = 86_400_000;
const clocks = new Map<string, WallClock>();

/** The clocks of an IANA time zone. */
export function wallClockOf(timeZone: string): WallClock {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = createWallClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

function createWallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const at = (instantMs: number): number => {
    const parts = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const whole = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return whole + (((instantMs % 1000) + 1000) % 1000);
  };
  return {
    at,
    instantOf: (wallMs) => {
      const [before = wallMs, after = wallMs] = [wallMs - dayMs, wallMs + dayMs].map(
        (near) => wallMs - (at(near) - near),
      );
      const shown = [before, after].filter((instant) => at(instant) === wallMs);
      return shown.length > 0 ? Math.min(...shown) : before;
    },
  };
}
