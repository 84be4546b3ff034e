const place = 'tocsin.rang';
/** At most one sound in this time, in milliseconds, in all windows of this browser together. */
const restMs = 5_000;
/** The partials of a small bell: frequency in hertz, loudness, and how long it is heard, in seconds. */
const partials = [
  [880, 0.12, 0.9],
  [1_320, 0.06, 0.5],
  [2_217, 0.03, 0.3],
] as const;

let context: AudioContext | undefined;
let rangAt = 0;

/** Rings a bell, unless one rang in the last five seconds, or the browser takes no sound from a page that nobody has touched yet. */
export function chime(): void {
  const now = Date.now();
  if (now - lastRing() < restMs || !navigator.userActivation.hasBeenActive) return;
  rangAt = now;
  try {
    localStorage.setItem(place, String(now));
  } catch {
    // Then it is this window alone that keeps count.
  }
  context ??= new AudioContext();
  const { destination, currentTime } = context;
  for (const [frequency, loudness, seconds] of partials) {
    const gain = new GainNode(context, { gain: loudness });
    gain.gain.exponentialRampToValueAtTime(0.0001, currentTime + seconds);
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain).connect(destination);
    tone.start();
    tone.stop(currentTime + seconds);
  }
}

/** When a window of this browser rang last, in epoch milliseconds; a clock that was put back does not silence it. */
function lastRing(): number {
  let elsewhere = 0;
  try {
    elsewhere = Number(localStorage.getItem(place));
  } catch {
    // A browser may forbid storage.
  }
  const last = Math.max(rangAt, elsewhere || 0);
  return last > Date.now() ? 0 : last;
}
