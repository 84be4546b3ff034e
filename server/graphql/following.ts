import type { ExecutionResult } from 'graphql';
import { type Failure, RequestFailure } from '../../rest-compat/kernel/route.ts';

/** The data of a subscription's steps, for as long as its caller may have them. */
export class Following implements AsyncIterableIterator<object> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #failureOf: (cause: unknown) => Failure;
  readonly #stopWatching: () => void;

  /** `watch` calls back once the caller may no longer have them, and returns how to stop that. */
  constructor(
    results: AsyncIterator<ExecutionResult>,
    failureOf: (cause: unknown) => Failure,
    watch: (end: () => void) => () => void,
  ) {
    this.#results = results;
    this.#failureOf = failureOf;
    this.#stopWatching = watch(() => void this.return());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Throws `RequestFailure` for a step that cannot be told. */
  async next(): Promise<IteratorResult<object, undefined>> {
    try {
      const { done, value } = await this.#results.next();
      if (done) return this.return();
      const [error] = (value as ExecutionResult).errors ?? [];
      if (error) throw error;
      return { done: false, value: (value as ExecutionResult).data ?? {} };
    } catch (cause) {
      const failure = this.#failureOf(cause);
      await this.return();
      if (failure.code === 'UNAUTHENTICATED') return { done: true, value: undefined };
      throw new RequestFailure(failure);
    }
  }

  async return(): Promise<IteratorResult<object, undefined>> {
    this.#stopWatching();
    await this.#results.return?.();
    return { done: true, value: undefined };
  }
}
