/** How an instant is spelled in the server's zone, and read again. */
export interface LocalTime {
  /** `YYYY-MM-DD HH:MM:SS`; instants are as operations answer them. */
  write(instant: Date | string): string;
  /**
   * The instant of `YYYY-MM-DD HH:MM:SS`, undefined when it is no such time. A time that a zone has twice is the earlier of the
   * two; one that it leaves out is read as if clocks had not been put forward yet.
   */
  read(text: string): Date | undefined;
}

const dayMs = 86_400_000;
/** Clocks have been changed at quarters of an hour UTC alone, in every zone, since 1972. */
const quarterMs = 900_000;
const regularSince = Date.UTC(1973);

/** The local time of an IANA time zone. */
export function localTimeOf(timeZone: string): LocalTime {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** What the zone's clocks show at an instant, as if it were UTC. */
  const wallAt = (instant: number): number => {
    const part = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  };
  let lastQuarter = Number.NaN;
  let lastOffset = 0;
  /** To ask the zone for each row of a million would take longer than all else. */
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / quarterMs);
    if (quarter !== lastQuarter || instant < regularSince) {
      lastQuarter = quarter;
      lastOffset = wallAt(instant) - Math.floor(instant / 1000) * 1000;
    }
    return lastOffset;
  };
  return {
    write: (instant) => {
      const at = new Date(instant).getTime();
      return spell(Math.floor(at / 1000) * 1000 + offsetAt(at));
    },
    read: (text) => {
      const wall = Date.parse(`${text.replace(' ', 'T')}Z`);
      if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) || Number.isNaN(wall) || spell(wall) !== text)
        return undefined;
      const offsets = [wall - dayMs, wall + dayMs].map((near) => wallAt(near) - near);
      const candidates = offsets.map((offset) => wall - offset);
      const shown = candidates.filter((candidate) => wallAt(candidate) === wall);
      return new Date(shown.length > 0 ? Math.min(...shown) : (candidates[0] ?? wall));
    },
  };
}

function spell(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}
