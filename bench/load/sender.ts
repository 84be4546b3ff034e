import { nowMs } from '../clock.ts';
import { type Form, type FormName, forms, type Keys } from '../forms.ts';
import { answerParent } from '../side-process.ts';
import { HttpConnection, postRequest } from './http-connection.ts';

// A process that posts events made and written out beforehand, and checks every answer.

export interface PrepareOptions {
  readonly keys: Keys;
  readonly form?: FormName;
  /** Events `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  readonly perRequest: number;
  readonly alertsOnly?: boolean;
}

export interface SendOptions {
  readonly port: number;
  readonly connections: number;
  /** Prepared requests `from` up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
}

export interface PaceOptions extends SendOptions {
  readonly perSecond: number;
}

export interface SendReport {
  readonly seconds: number;
  /** Milliseconds of each request. */
  readonly latencies: Float64Array;
  /** When each request was about to be written, by `nowMs`. */
  readonly sentAt: Float64Array;
}

let requests: Buffer[] = [];
let expected = '';

const commands = {
  prepare(options: PrepareOptions): { requests: number; bytes: number } {
    const { keys, from, to, perRequest, alertsOnly = false } = options;
    const form: Form = forms[options.form ?? 'wazuh'];
    requests = [];
    for (let start = from; start < to; start += perRequest) {
      const events = Array.from({ length: perRequest }, (_, place) => form.event(start + place, { alertsOnly }));
      requests.push(postRequest(form.path, form.headers(keys), form.body(events, keys)));
    }
    expected = form.reply(perRequest);
    return { requests: requests.length, bytes: requests.reduce((sum, { length }) => sum + length, 0) };
  },

  /** Sends as fast as the connections allow, each the next request as soon as its last is answered. */
  async send(options: SendOptions): Promise<SendReport> {
    const connections = await openAll(options);
    const report = emptyReport(options);
    let next = options.from;
    const startedAt = nowMs();
    await Promise.all(
      connections.map(async (connection) => {
        while (next < options.to) {
          const index = next++;
          await sendOne(connection, index, index - options.from, report);
        }
      }),
    );
    for (const connection of connections) connection.close();
    return { ...report, seconds: (nowMs() - startedAt) / 1000 };
  },

  /** Sends at a steady pace, whatever the answers take; a free connection takes the next request. */
  async pace(options: PaceOptions): Promise<SendReport> {
    const connections = await openAll(options);
    const report = emptyReport(options);
    const free = [...connections];
    const running: Promise<void>[] = [];
    const startedAt = nowMs();
    for (let index = options.from; index < options.to; ) {
      const due = startedAt + ((index - options.from) * 1000) / options.perSecond;
      // The one that rested longest: the server closes those that rest for seconds.
      const connection = nowMs() >= due ? free.shift() : undefined;
      if (connection === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      running.push(sendOne(connection, index, index - options.from, report).then(() => void free.push(connection)));
      index++;
    }
    await Promise.all(running);
    for (const connection of connections) connection.close();
    return { ...report, seconds: (nowMs() - startedAt) / 1000 };
  },
};

export type SenderCommands = typeof commands;

function openAll({ port, connections }: SendOptions): Promise<HttpConnection[]> {
  return Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port, 200)));
}

function emptyReport({ from, to }: SendOptions): SendReport {
  return { seconds: 0, latencies: new Float64Array(to - from), sentAt: new Float64Array(to - from) };
}

async function sendOne(connection: HttpConnection, index: number, place: number, report: SendReport): Promise<void> {
  const sentAt = nowMs();
  report.sentAt[place] = sentAt;
  const { status, body } = await connection.send(requests[index] as Buffer);
  report.latencies[place] = nowMs() - sentAt;
  if (status !== 200 || !body.startsWith(expected)) throw new Error(`Request ${index} was answered ${status}: ${body}`);
}

answerParent(commands);
