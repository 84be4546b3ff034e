import type { About } from '../../../schema/about/about.type.ts';
import type { Database } from '../../persistence/database.ts';
import { readCounter } from '../../persistence/keyset.ts';

/** What this server is and holds. */
export class AboutService {
  readonly #database: Database;
  readonly #version: string;
  readonly #startedAt: Date;

  constructor(database: Database, version: string, startedAt: Date) {
    this.#database = database;
    this.#version = version;
    this.#startedAt = startedAt;
  }

  async describe(tenantId: string): Promise<About> {
    const [eventCount, alertCount] = await Promise.all([
      readCounter(this.#database, tenantId, 'events'),
      readCounter(this.#database, tenantId, 'alerts'),
    ]);
    return {
      version: this.#version,
      nodeVersion: process.versions.node,
      startedAt: this.#startedAt,
      memoryBytes: process.memoryUsage.rss(),
      database: {
        kind: this.#database.kind,
        version: this.#database.version,
        checks: [...this.#database.checks],
      },
      eventCount,
      alertCount,
    };
  }
}
