import { InvalidInput } from '../errors.ts';

/** A search that cannot be understood; `at` is where, in characters from 0. */
export class SearchFault extends InvalidInput {
  constructor(at: number, problem: string) {
    super('search', `at character ${at + 1}: ${problem}`);
  }
}
