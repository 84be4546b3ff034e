import { vi } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import type { GatewayProcess } from '../../../desktop/main/gateway-process.ts';
import { aWazuhAlert } from '../../support/builders.ts';

const patiently = { timeout: 30_000, interval: 10 };
type Ready = Extract<GatewayState, { kind: 'ready' }>;

/** Waits for a server other than the one whose token is given. */
export async function readyServer(gateway: GatewayProcess, before = ''): Promise<Ready> {
  await vi.waitUntil(() => gateway.state.kind === 'ready' && gateway.state.token !== before, patiently);
  return gateway.state as Ready;
}

async function ask<Data>({ url, token }: Ready, query: string, variables: object): Promise<Data> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: Data }).data;
}

const ingest = 'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { results { id } } }';
const list =
  'query ($after: String) { events(first: 200, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';

/** Sends alerts one at a time until the server is gone, and notes the ids that were acknowledged. */
async function load(server: Ready, acknowledged: string[]): Promise<void> {
  type Report = { ingestEvents: { results: { id: string }[] } };
  for (;;) {
    const input = { format: 'WAZUH', events: [aWazuhAlert({ id: crypto.randomUUID() })] };
    const report = await ask<Report>(server, ingest, { input }).catch(() => undefined);
    if (report === undefined) return;
    acknowledged.push(...report.ingestEvents.results.map(({ id }) => id));
  }
}

async function storedIds(server: Ready): Promise<Set<string>> {
  type Page = { events: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
  const stored = new Set<string>();
  for (let after: string | null = null; ; ) {
    const { events }: Page = await ask<Page>(server, list, { after });
    for (const { id } of events.nodes) stored.add(id);
    if (!events.pageInfo.hasNextPage) return stored;
    after = events.pageInfo.endCursor;
  }
}

export interface Survived {
  /** How many events were acknowledged, and the ids of those that are not stored. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** From each kill to the next ready server, in milliseconds. */
  readonly backMs: readonly number[];
}

/** Kills a desktop's server so many times while events are sent to it, each time after a few were acknowledged. */
export async function killUnderLoad(gateway: GatewayProcess, pidOf: () => number, kills: number): Promise<Survived> {
  const acknowledged: string[] = [];
  const backMs: number[] = [];
  let server = await readyServer(gateway);
  for (let kill = 0; kill < kills; kill++) {
    const enough = acknowledged.length + 5;
    const loads = [load(server, acknowledged), load(server, acknowledged), load(server, acknowledged)];
    await vi.waitUntil(() => acknowledged.length >= enough, patiently);
    const killedAt = performance.now();
    process.kill(pidOf(), 'SIGKILL');
    await Promise.all(loads);
    server = await readyServer(gateway, server.token);
    backMs.push(performance.now() - killedAt);
  }
  const stored = await storedIds(server);
  return { acknowledged: acknowledged.length, lost: acknowledged.filter((id) => !stored.has(id)), backMs };
}
