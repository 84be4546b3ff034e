/** How often a source speaks, as far as it is known. Times and spans are milliseconds. */
export interface Rhythm {
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When the last gap that was learned from ended. */
  readonly countedAt: number;
  /** Gaps learned from. */
  readonly observations: number;
  /** The usual gap: an exponentially weighted mean. */
  readonly gap: number;
  /** The last pause that was longer than the rhythm allows; 0: none. */
  readonly pauseSeen: number;
  /** A pause that came again and so belongs to the rhythm, as a night does; 0: none. */
  readonly pause: number;
  /** When such a pause last ended. */
  readonly pauseAt: number;
}

/** What a source speaks within so short a time counts once: a burst is no rhythm. */
const slotMs = 30_000;
/** No source is silent sooner than this. */
const leastSilenceMs = 5 * 60_000;
/** So many gaps, over so long a time, make a rhythm. */
const leastObservations = 20;
const leastKnownMs = 3_600_000;
/** Weight of the latest gap, once there have been some. */
const weight = 0.1;
/** Two pauses are alike when neither is longer than the other by more than this; a pause may be exceeded by as much. */
const likeness = 1.5;
/** A pause that did not come again for so long is forgotten: a little over a week. */
const pauseMemoryMs = 8 * 24 * 3_600_000;

/** The rhythm of a source that speaks for the first time. */
export function begin(at: number): Rhythm {
  return { firstSeen: at, lastSeen: at, countedAt: at, observations: 0, gap: 0, pauseSeen: 0, pause: 0, pauseAt: 0 };
}

/**
 * What is known after a source spoke. Nothing is learned from a gap that began before `listeningSince`: for a part of it nobody
 * listened. A gap beyond the rhythm teaches little by itself; when one like it comes again, it belongs to the rhythm.
 */
export function observe(rhythm: Rhythm, at: number, factor: number, listeningSince: number): Rhythm {
  if (at <= rhythm.lastSeen) return rhythm;
  const gap = at - rhythm.countedAt;
  if (gap < slotMs) return { ...rhythm, lastSeen: at };
  if (rhythm.countedAt < listeningSince) return { ...rhythm, lastSeen: at, countedAt: at };
  const { observations } = rhythm;
  const learned = observations === 0 ? gap : Math.min(gap, factor * rhythm.gap);
  const share = Math.max(weight, 1 / (observations + 1));
  return {
    ...rhythm,
    ...pauseAfter(rhythm, gap, at, factor),
    lastSeen: at,
    countedAt: at,
    observations: observations + 1,
    gap: rhythm.gap + share * (learned - rhythm.gap),
  };
}

/** How long a silence the rhythm allows; undefined while it is not known well enough. */
export function allowedSilence(rhythm: Rhythm, factor: number, now: number): number | undefined {
  if (rhythm.observations < leastObservations || rhythm.lastSeen - rhythm.firstSeen < leastKnownMs) return undefined;
  const pause = now - rhythm.pauseAt <= Math.max(pauseMemoryMs, rhythm.pause * likeness) ? rhythm.pause * likeness : 0;
  return Math.round(Math.max(leastSilenceMs, factor * rhythm.gap, pause));
}

/** Whether a source that may be silent for `allowed` has been so for longer, all the while that somebody listened. */
export function isSilent(lastSeen: number, allowed: number, now: number, listeningSince: number): boolean {
  return now - Math.max(lastSeen, listeningSince) > allowed;
}

function pauseAfter(rhythm: Rhythm, gap: number, at: number, factor: number): Partial<Rhythm> {
  if (gap <= Math.max(leastSilenceMs, factor * rhythm.gap)) return {};
  if (areAlike(gap, rhythm.pause)) return { pause: Math.max(gap, rhythm.pause), pauseAt: at };
  // A shorter one is covered by the pause that is known.
  if (gap < rhythm.pause) return {};
  if (areAlike(gap, rhythm.pauseSeen)) return { pause: Math.max(gap, rhythm.pauseSeen), pauseAt: at, pauseSeen: gap };
  return { pauseSeen: gap };
}

function areAlike(gap: number, pause: number): boolean {
  return pause > 0 && gap <= pause * likeness && pause <= gap * likeness;
}
