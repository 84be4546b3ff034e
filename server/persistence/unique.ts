import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Conflict } from '../errors.ts';

/** Tells the caller that a row of the kind is there already, where a unique index says so: no look before a write can know. */
export async function refuseTwice<Result>(written: Promise<Result>, message: string): Promise<Result> {
  try {
    return await written;
  } catch (cause) {
    if (!(cause instanceof UniqueConstraintViolationException)) throw cause;
    throw new Conflict(message);
  }
}
