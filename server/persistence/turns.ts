/** Gives one holder at a time the use of a connection, in the order asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for the turn; call the returned function to pass it on. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}
