import type { Logger } from './log.ts';

/** Calls back every so many milliseconds until it is stopped by what it returns. */
export type Every = (ms: number, callBack: () => Promise<void>) => () => void;

/**
 * Work that comes again by the clock, without keeping the process alive. What fails is logged and comes again like all else: a
 * database that is away for a moment must not end the process.
 */
export function onTheClock(log: Logger): Every {
  return (ms, callBack) => {
    const timer = setInterval(() => {
      callBack().catch((cause: unknown) => log.error({ err: cause }, 'Work that comes by the clock failed'));
    }, ms).unref();
    return () => clearInterval(timer);
  };
}
