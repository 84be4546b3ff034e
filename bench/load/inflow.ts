import { SideProcess } from '../side-process.ts';
import type { Sender } from '../workspace.ts';
import type { SenderCommands } from './sender.ts';

const perSecond = 200;
const connections = 16;

/** Alerts that come in one by one, 200 a second, while something else is measured. */
export class Inflow implements Disposable {
  readonly #sender = new SideProcess<SenderCommands>(new URL('./sender.ts', import.meta.url));
  readonly #port: number;
  readonly #prepared: number;
  #sent = 0;

  /** `mostSeconds` is how long they can come in at all, for all that is measured together. */
  static async prepare(port: number, keys: Pick<Sender, 'intakeKey'>, mostSeconds: number): Promise<Inflow> {
    const inflow = new Inflow(port, mostSeconds * perSecond);
    await inflow.#sender.ask('prepare', {
      keys: { key: '', intakeKey: keys.intakeKey },
      form: 'sensor alerts',
      from: 0,
      to: inflow.#prepared,
      perRequest: 1,
    });
    return inflow;
  }

  private constructor(port: number, prepared: number) {
    this.#port = port;
    this.#prepared = prepared;
  }

  /** Alerts acknowledged so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Runs work while alerts come in, for as long as it takes; answers with it the milliseconds to each acknowledgement. */
  async during<Value>(work: () => Promise<Value>): Promise<{ value: Value; acks: number[] }> {
    let isDone = false;
    const running = work().finally(() => {
      isDone = true;
    });
    const acks: number[] = [];
    try {
      while (!isDone) acks.push(...(await this.seconds(1)));
    } finally {
      // What has failed in the meantime is told of below, and not as nobody's.
      await Promise.allSettled([running]);
    }
    return { value: await running, acks };
  }

  /** Has alerts come in for some seconds; answers the milliseconds to each acknowledgement. */
  async seconds(seconds: number): Promise<number[]> {
    const [from, to] = [this.#sent, this.#sent + seconds * perSecond];
    if (to > this.#prepared) throw new Error(`Only ${this.#prepared} alerts were prepared to come in`);
    const { latencies } = await this.#sender.ask('pace', { port: this.#port, connections, perSecond, from, to });
    this.#sent = to;
    return [...latencies];
  }

  [Symbol.dispose](): void {
    this.#sender.stop();
  }
}
