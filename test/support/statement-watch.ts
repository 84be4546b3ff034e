import pg from 'pg';
import { vi } from 'vitest';
import { SqliteThread } from '../../server/persistence/sqlite/sqlite-thread.ts';

/**
 * Looks at what goes to the drivers of both databases. The server's own work (it looks after deliveries, credentials and the like all
 * the time) goes by too, so an operation is done again until it made no more statements than it may, a few times at most.
 */
export class StatementWatch {
  readonly #spies = [vi.spyOn(SqliteThread.prototype, 'request'), vi.spyOn(pg.Client.prototype, 'query')];

  /** The statements of the run that made the fewest. */
  async during(operation: () => Promise<unknown>, most: number): Promise<string[]> {
    let fewest: string[] | undefined;
    for (let run = 0; run < 8 && (fewest === undefined || fewest.length > most); run++) {
      for (const spy of this.#spies) spy.mockClear();
      await operation();
      const said = this.#spies.flatMap((spy) => spy.mock.calls.map(([given]) => textOf(given)));
      if (fewest === undefined || said.length < fewest.length) fewest = said;
    }
    return fewest ?? [];
  }

  close(): void {
    for (const spy of this.#spies) spy.mockRestore();
  }
}

/** Both drivers take a statement in an object, and one of them as a text too. */
function textOf(given: unknown): string {
  const { sql, text } = Object(given);
  return String(sql ?? text ?? given).replace(/\s+/g, ' ');
}
