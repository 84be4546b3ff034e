import { Agent, request } from 'node:http';
import { aWazuhAlert } from './builders.ts';

/** What senders know after a load: which records they sent together, and the ids they were answered. */
export interface Sent {
  /** Marks of the records of each request, in the order of the request. */
  readonly requests: string[][];
  /** Event id by the mark of each acknowledged record. */
  readonly acknowledged: Map<string, string>;
  /** Answers other than 200, by status. */
  readonly refused: Map<number, number>;
}

export interface LoadOptions {
  readonly url: string;
  readonly key: string;
  /** Connections that send one record a request. */
  readonly singles: number;
  /** Connections that send `batchSize` records a request. */
  readonly batches: number;
  readonly batchSize: number;
}

/** Senders that post Wazuh alerts as fast as they are answered, until the server is gone or they are told to stop. */
export class IngestLoad {
  readonly sent: Sent = { requests: [], acknowledged: new Map(), refused: new Map() };
  readonly #options: LoadOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  readonly #running: Promise<unknown>;
  #stopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    const { singles, batches, batchSize } = options;
    const sizes = [...Array<number>(singles).fill(1), ...Array<number>(batches).fill(batchSize)];
    this.#running = Promise.all(sizes.map((size) => this.#send(size)));
  }

  /** No new requests; answers when those under way have been answered or have failed. */
  async stop(): Promise<Sent> {
    this.#stopped = true;
    await this.#running;
    this.#agent.destroy();
    return this.sent;
  }

  async #send(size: number): Promise<void> {
    while (!this.#stopped) {
      const marks = Array.from({ length: size }, () => crypto.randomUUID());
      this.sent.requests.push(marks);
      const reply = await this.#post(marks).catch(() => undefined);
      if (reply === undefined) return;
      if (reply.status === 200) this.#note(marks, reply.body);
      else this.sent.refused.set(reply.status, (this.sent.refused.get(reply.status) ?? 0) + 1);
    }
  }

  #note(marks: readonly string[], body: string): void {
    const { results } = JSON.parse(body) as { results: { id: string }[] };
    marks.forEach((mark, index) => {
      this.sent.acknowledged.set(mark, results[index]?.id ?? 'none');
    });
  }

  #post(marks: readonly string[]): Promise<{ status: number; body: string }> {
    const alerts = marks.map((mark) => aWazuhAlert({ id: mark }));
    const text = JSON.stringify(alerts.length === 1 ? alerts[0] : alerts);
    return new Promise((resolve, reject) => {
      const post = request(
        `${this.#options.url}/api/v1/webhooks/wazuh`,
        { method: 'POST', agent: this.#agent, headers: { 'X-API-Key': this.#options.key } },
        (response) => {
          let body = '';
          response
            .setEncoding('utf8')
            .on('data', (chunk: string) => {
              body += chunk;
            })
            // An answer that was cut off is none.
            .on('end', () => (response.complete ? resolve({ status: response.statusCode ?? 0, body }) : reject()))
            .on('error', reject);
        },
      );
      post.on('error', reject);
      post.end(text);
    });
  }
}

/** Compares what is stored with what senders were told; an empty list is what everybody wants. */
export function compareStored(sent: Sent, stored: readonly { id: string; external_id: string | null }[]): string[] {
  const idOf = new Map(stored.map((row) => [row.external_id, row.id]));
  const isStored = (mark: string) => idOf.has(mark);
  const lost = [...sent.acknowledged].filter(([mark, id]) => idOf.get(mark) !== id);
  const torn = sent.requests.filter((marks) => marks.some(isStored) && !marks.every(isStored));
  return [
    ...lost.map(([mark, id]) => `acknowledged as ${id} and not stored: ${mark}`),
    ...torn.map((marks) => `stored in part: a request of ${marks.length}`),
    ...(idOf.size === stored.length ? [] : [`${stored.length - idOf.size} records are stored twice`]),
    ...(new Set(stored.map(({ id }) => id)).size === stored.length ? [] : ['ids are not unique']),
  ];
}
