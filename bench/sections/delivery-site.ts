import type { Bench } from '../bench.ts';
import { askServer } from '../graphql.ts';
import type { ReceiverCommands } from '../load/receiver.ts';
import type { SenderCommands } from '../load/sender.ts';
import type { ServerProcess } from '../server-process.ts';
import type { SideProcess } from '../side-process.ts';

/** Lets sinks reach receivers on this machine. */
export const loopbackSinks = { TOCSIN_SINK_ALLOW_CIDRS: '127.0.0.0/8' };

/** What the parts of this section share. */
export interface DeliverySite {
  readonly bench: Bench;
  readonly sender: SideProcess<SenderCommands>;
  readonly receiver: SideProcess<ReceiverCommands>;
  readonly receiverPort: number;
}

/** Alerts posted by themselves; request and event have the same index. */
export interface Steady {
  readonly perSecond: number;
  readonly from: number;
  readonly to: number;
}

const connections = 16;

/** Makes a webhook sink of all alerts, at one of the receiver's paths. */
export async function makeSink(
  { bench, receiverPort }: DeliverySite,
  server: ServerProcess,
  path: 'noted' | 'taken' | 'silent',
  options: { readonly digestSeconds?: number } = {},
): Promise<string> {
  const query = 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }';
  const webhook = { url: `http://127.0.0.1:${receiverPort}/${path}` };
  const input = { name: path, minSeverity: 'INFORMATIONAL', webhook, ...options };
  const { createEventSink } = await askServer<{ createEventSink: { sink: { id: string } } }>(
    server,
    bench.workspace.sender.token,
    query,
    { input },
  );
  return createEventSink.sink.id;
}

export async function switchSink(
  { bench }: DeliverySite,
  server: ServerProcess,
  id: string,
  isEnabled: boolean,
): Promise<void> {
  const query = 'mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { id } }';
  await askServer(server, bench.workspace.sender.token, query, { id, input: { isEnabled } });
}

/** Has the sender write out alerts to be posted one by one. */
export async function prepareSingles(site: DeliverySite, form: 'a group each' | 'alike alerts', to: number) {
  await site.sender.ask('prepare', { keys: site.bench.workspace.sender, form, from: 0, to, perRequest: 1 });
}

/**
 * Posts alerts that are a group each, and waits until the noted sink was told of them; answers the milliseconds that each took.
 * Throws unless each was told of exactly once.
 */
export async function tellEach(
  { sender, receiver }: DeliverySite,
  { port }: ServerProcess,
  { perSecond, from, to }: Steady,
): Promise<Float64Array> {
  const { sentAt } = await sender.ask('pace', { port, connections, perSecond, from, to });
  const { latencies, lost, doubled, miscounted } = await receiver.ask('whenTold', { from, sentAt });
  if (lost + doubled + miscounted > 0) {
    throw new Error(`Of ${to - from} notifications ${lost} were lost, ${doubled} doubled and ${miscounted} miscounted`);
  }
  return latencies;
}

/** Posts alike alerts at a steady pace. */
export async function postAlike({ sender }: DeliverySite, { port }: ServerProcess, steady: Steady): Promise<void> {
  await sender.ask('pace', { port, connections, ...steady });
}
