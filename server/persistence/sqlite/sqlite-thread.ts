import { Worker } from 'node:worker_threads';
import type { SqliteAnswer, SqliteRequest, SqliteThreadOptions } from './sqlite-worker.ts';

/** A SQLite error carried over from its thread, with SQLite's own code so that MikroORM knows it again. */
export class SqliteError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (cause: Error) => void;
}

/** One SQLite connection in a thread of its own; requests are answered in the order they were made. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #broken: Error | undefined;

  constructor(options: SqliteThreadOptions) {
    // The same file runs compiled and, under vitest, as TypeScript that Node strips.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.on('message', (answer: SqliteAnswer) => this.#settle(answer));
    this.#worker.on('error', (cause) => this.#break(cause));
    this.#worker.on('exit', () => this.#break(new Error('The SQLite thread has ended')));
  }

  request<Value>(request: SqliteRequest): Promise<Value> {
    if (this.#broken) return Promise.reject(this.#broken);
    const id = ++this.#lastId;
    return new Promise<Value>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  /** Requests made and not yet answered. */
  get waiting(): number {
    return this.#pending.size;
  }

  async close(): Promise<void> {
    if (!this.#broken) await this.request({ kind: 'close' });
    this.#broken ??= new Error('The SQLite thread is closed');
    await this.#worker.terminate();
  }

  #settle(answer: SqliteAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) pending?.reject(new SqliteError(answer.error.message, answer.error.code));
    else pending?.resolve(answer.value as never);
  }

  #break(cause: Error): void {
    this.#broken ??= cause;
    for (const { reject } of this.#pending.values()) reject(this.#broken);
    this.#pending.clear();
  }
}
