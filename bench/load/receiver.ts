import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';

// A process that webhook sinks post to: what comes to /noted is looked into, what comes to /taken only answered, and what comes to
// /silent gets no answer ever.

/** A notification that came to /noted. */
interface Note {
  readonly at: number;
  /** The index of the event that its alert was made from. */
  readonly event: number;
  readonly group: string;
  /** How many alerts it says it tells of. */
  readonly alerts: number;
}

export interface ToldReport {
  /** Milliseconds from just before each alert was posted until its notification was read. */
  readonly latencies: Float64Array;
  readonly lost: number;
  /** Notifications beyond the first of a group. */
  readonly doubled: number;
  /** Notifications that tell of another number of alerts than one. */
  readonly miscounted: number;
}

export interface GatheredReport {
  readonly notifications: number;
  readonly groups: number;
  readonly alerts: number;
}

const lastsMs = 30_000;
/** So long after all is there, one that comes twice is waited for. */
const afterMs = 500;

let notes: Note[] = [];
let unanswered = 0;

const commands = {
  /** Answers the port on this machine. */
  listen(): Promise<number> {
    const server = createServer((request, response) => void take(request, response));
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  },

  forget(): void {
    notes = [];
    unanswered = 0;
  },

  /** Waits for one notification of each event from `from` on; `sentAt` is when each was about to be posted. */
  async whenTold({ from, sentAt }: { from: number; sentAt: Float64Array }): Promise<ToldReport> {
    const isOne = ({ event }: Note) => event >= from && event < from + sentAt.length;
    const mine = () => notes.filter(isOne);
    await until(() => mine().length >= sentAt.length);
    const told = mine();
    const first = new Map(told.toReversed().map((note) => [note.event, note]));
    return {
      latencies: Float64Array.from([...first.values()], ({ at, event }) => at - (sentAt[event - from] as number)),
      lost: sentAt.length - first.size,
      doubled: told.length - new Set(told.map(({ group }) => group)).size,
      miscounted: told.filter(({ alerts }) => alerts !== 1).length,
    };
  },

  /** Waits until so many alerts have been told of, in however many notifications. */
  async whenGathered({ alerts }: { alerts: number }): Promise<GatheredReport> {
    const sum = () => notes.reduce((total, note) => total + note.alerts, 0);
    await until(() => sum() >= alerts);
    return { notifications: notes.length, groups: new Set(notes.map(({ group }) => group)).size, alerts: sum() };
  },

  /** How many attempts at /silent there were. */
  unanswered(): number {
    return unanswered;
  },
};

export type ReceiverCommands = typeof commands;

async function until(isThere: () => boolean): Promise<void> {
  for (const end = nowMs() + lastsMs; !isThere() && nowMs() < end; ) await sleep(20);
  await sleep(afterMs);
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.url === '/silent') {
    unanswered++;
    return;
  }
  if (request.url === '/noted') note(Buffer.concat(chunks).toString(), nowMs());
  response.writeHead(204).end();
}

/** What tells of no event of the bench's is passed over: it is of a sink that fails. */
function note(body: string, at: number): void {
  const event = / seq=(\d+)/.exec(body)?.[1];
  if (event === undefined) return;
  const { rows, total_row_count: alerts } = JSON.parse(body).results_table;
  notes.push({ at, event: Number(event), group: rows[0]['tocsin.group.id'], alerts });
}

answerParent(commands);
