import { Signal, useSignal } from '../data/signal.ts';

/** What the words of relative times are true to. */
const tickMs = 10_000;

const now = new Signal(new Date());
setInterval(() => {
  if (globalThis.document?.visibilityState !== 'hidden') now.set(new Date());
}, tickMs);

/** The time, to ten seconds: one clock moves all that tell how long ago something was. */
export function useNow(): Date {
  return useSignal(now);
}
