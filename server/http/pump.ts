import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Outbox } from './outbox.ts';

/** Each result as JSON: many clients are given the same one, and it is written out once. */
const texts = new WeakMap<ExecutionResult, Buffer>();
const end = Buffer.from('}');

/**
 * Sends the results of one subscription to its client, as messages of type `next`, and takes no more of them than the client reads.
 * To graphql-ws, which sees to the rest of the protocol, it is a subscription without any results.
 */
export class Pump implements AsyncIterableIterator<never> {
  readonly #results: AsyncIterator<ExecutionResult>;
  readonly #outbox: Outbox;
  readonly #formatError: (error: unknown) => GraphQLFormattedError;
  readonly #start: Buffer;
  #isLeft = false;

  constructor(
    id: string,
    results: AsyncIterator<ExecutionResult>,
    outbox: Outbox,
    formatError: (error: unknown) => GraphQLFormattedError,
  ) {
    this.#start = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    this.#results = results;
    this.#outbox = outbox;
    this.#formatError = formatError;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Resolves when the subscription has ended. */
  async next(): Promise<IteratorResult<never, undefined>> {
    for (;;) {
      const { done, value } = await this.#results.next();
      if (done || this.#isLeft) return { done: true, value: undefined };
      this.#outbox.push(this.#start, this.#textOf(value), end);
      const room = this.#outbox.room();
      if (room) await room;
    }
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.#isLeft = true;
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  #textOf(result: ExecutionResult): Buffer {
    let text = texts.get(result);
    if (!text) {
      const { errors, ...rest } = result;
      const payload = errors ? { ...rest, errors: errors.map(this.#formatError) } : rest;
      text = Buffer.from(JSON.stringify(payload));
      texts.set(result, text);
    }
    return text;
  }
}
