import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long parsing may hold the event loop before other work gets its turn, in milliseconds. */
const turnMs = 1;
let isOpen = false;
let endsAt = 0;

/**
 * A pause to wait for when this turn of the event loop has lasted long enough; undefined when it has not. The time is shared by
 * all requests of the process: many that take a little each would hold up the loop as one that takes all.
 */
export function breathe(): Promise<void> | undefined {
  const now = performance.now();
  if (!isOpen) {
    isOpen = true;
    endsAt = now + turnMs;
    setImmediate(() => {
      isOpen = false;
    });
    return undefined;
  }
  return now < endsAt ? undefined : nextTurn();
}
