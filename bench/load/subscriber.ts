import { WebSocket } from 'ws';
import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';

// A process that holds many subscriptions to the live feed, and notes when each alert reached each of them.

export interface OpenOptions {
  readonly port: number;
  readonly token: string;
  readonly subscribers: number;
  /** Further sockets that ask for much and read nothing of it. */
  readonly stalled: number;
  /** Events `from` up to, not including, `to` will be pushed; others are passed over. */
  readonly from: number;
  readonly to: number;
}

export interface PushReport {
  /** Milliseconds of every delivery, from just before its POST. */
  readonly latencies: Float64Array;
  readonly lost: number;
  readonly doubled: number;
  readonly gaps: number;
}

const query = /* GraphQL */ `subscription {
  alertRaised { cursor gap { missed } alert { id title severity occurredAt type agentName message } }
}`;
/** Some 20 kB a step, so that what lies between server and client is soon full. */
const heavyQuery = /* GraphQL */ `subscription {
  alertRaised { cursor ${Array.from({ length: 15 }, (_, place) => `a${place}: alert { title message event { raw message } }`).join(' ')} }
}`;
const lastsMs = 10_000;

let sockets: WebSocket[] = [];
let stalledSockets: WebSocket[] = [];
let receivedAt: Float64Array[] = [];
let wanted = { from: 0, to: 0 };
let received = 0;
let doubled = 0;
let gaps = 0;

const commands = {
  async open({ port, token, subscribers, stalled, from, to }: OpenOptions): Promise<void> {
    wanted = { from, to };
    received = 0;
    doubled = 0;
    gaps = 0;
    receivedAt = Array.from({ length: subscribers }, () => new Float64Array(to - from));
    sockets = await Promise.all(receivedAt.map((times) => subscribe(port, token, query, times)));
    stalledSockets = await Promise.all(Array.from({ length: stalled }, () => subscribe(port, token, heavyQuery)));
    for (const socket of stalledSockets) socket.pause();
  },

  /** Waits for what is still under way, then closes. `sentAt` is when each event was about to be posted. */
  async finish({ sentAt }: { sentAt: Float64Array }): Promise<PushReport> {
    const all = receivedAt.length * sentAt.length;
    const until = nowMs() + lastsMs;
    while (received < all && nowMs() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of [...sockets, ...stalledSockets]) socket.terminate();
    const latencies = receivedAt.flatMap((times) =>
      Array.from(times.entries()).flatMap(([place, at]) => (at === 0 ? [] : at - (sentAt[place] as number))),
    );
    return { latencies: Float64Array.from(latencies), lost: all - latencies.length, doubled, gaps };
  },
};

export type SubscriberCommands = typeof commands;

/** Resolves once the connection is acknowledged and the subscription sent; the server's gauge says when it is live. */
function subscribe(port: number, token: string, document: string, times?: Float64Array): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    socket.once('error', reject);
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: 'feed', type: 'subscribe', payload: { query: document } }));
      if (times) socket.on('message', (data: Buffer) => note(data, times));
      resolve(socket);
    });
  });
}

const mark = Buffer.from(' seq=');
const nextType = Buffer.from('"next"');
const gapMark = Buffer.from('"gap":{');

/** Looks for the event's index in the bytes: parsing 40,000 messages a second would slow down what is measured. */
function note(data: Buffer, times: Float64Array): void {
  const now = nowMs();
  if (!data.includes(nextType)) return;
  const at = data.indexOf(mark);
  if (at < 0) {
    if (data.includes(gapMark)) gaps++;
    return;
  }
  const index = Number.parseInt(data.toString('latin1', at + mark.length, at + mark.length + 12), 10);
  if (index < wanted.from || index >= wanted.to) return;
  const place = index - wanted.from;
  if (times[place] !== 0) doubled++;
  else received++;
  times[place] = now;
}

answerParent(commands);
