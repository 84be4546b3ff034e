import { timeOfUuidV7, uuidV7 } from '../../server/uuid-v7.ts';

/**
 * An instant later than any id that this process has made, for tests that compare an id's time: the ids of one process never go back,
 * and the clocks of tests that ran before in it may have stood anywhere.
 */
export function laterThanAnyId(atLeast: number): number {
  return Math.max(atLeast, timeOfUuidV7(uuidV7(0)) + 1000);
}
