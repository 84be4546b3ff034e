import { type Bench, quietRun, type Watch } from '../bench.ts';
import { forms } from '../forms.ts';
import { postRequest } from '../load/http-connection.ts';
import type { NoiseCommands, NoiseReport } from '../load/noise.ts';
import type { SenderCommands } from '../load/sender.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { countRows, createCredential, createTenant } from '../workspace.ts';

/** Requests a second that a key may make here; ten seconds of them at once. */
const limit = 200;
const noise = 10 * limit;
const noiseConnections = 16;
/** Requests a second of the tenant that keeps within its own. */
const perSecond = 100;
const connections = 4;

interface Times {
  readonly p50: number;
  readonly p95: number;
}

type Door = 'the Wazuh webhook' | '/graphql';

interface Run {
  readonly alone: Times;
  readonly beside: Readonly<Record<Door, Times>>;
  readonly refused: Readonly<Record<Door, number>>;
}

const doors: readonly Door[] = ['the Wazuh webhook', '/graphql'];

/** How soon a tenant's events are acknowledged while another one asks ten times as often as it may. */
export async function measureLimits(bench: Bench): Promise<void> {
  const seconds = bench.quick ? 4 : 10;
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using noisy = new SideProcess<NoiseCommands>(new URL('../load/noise.ts', import.meta.url));
  const to = (1 + doors.length) * (seconds + 1) * perSecond;
  await sender.ask('prepare', { keys: bench.workspace.sender, from: 0, to, perRequest: 1 });
  const runs: Run[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const what = `limits: run ${run} of ${bench.runs}`;
    runs.push(await quietRun(bench, what, (watch) => runOnce(bench, sender, noisy, seconds, watch)));
  }
  const of = (pick: (run: Run) => number) => median(runs.map(pick));
  for (const door of doors) {
    const name = `${perSecond} events/s beside ${noise.toLocaleString('en')} requests/s to ${door}, ${limit} of them allowed`;
    for (const part of ['p50', 'p95'] as const) {
      bench.report.add({
        section: 'limits',
        name: part === 'p50' ? `${name}: p50` : '  p95',
        unit: 'ms',
        ours: of(({ beside }) => beside[door][part]),
        reference: { name: 'alone', value: of(({ alone }) => alone[part]) },
        ...(part === 'p95' && { goal: { of: 'ratio', atMost: 2 } as const }),
      });
    }
    bench.report.add({
      section: 'limits',
      name: '  refused',
      unit: 'requests/s',
      ours: of(({ refused }) => refused[door]),
    });
  }
}

async function runOnce(
  { workspace, profileDir }: Bench,
  sender: SideProcess<SenderCommands>,
  noisy: SideProcess<NoiseCommands>,
  seconds: number,
  watch: Watch,
): Promise<Run> {
  const dataDir = workspace.freshDir();
  const tenant = createTenant(dataDir, 'Noisy');
  const requests: Readonly<Record<Door, Buffer>> = {
    'the Wazuh webhook': postRequest(
      forms.wazuh.path,
      { 'X-API-Key': createCredential(dataDir, 'ingest-key', tenant).secret },
      JSON.stringify(forms.wazuh.event(0)),
    ),
    '/graphql': postRequest(
      '/graphql',
      { Authorization: `Bearer ${createCredential(dataDir, 'api-token', tenant).secret}` },
      JSON.stringify({ query: '{ alerts(first: 50) { nodes { id title severity } } }' }),
    ),
  };
  const server = await ServerProcess.start({ dataDir, profileDir, env: { TOCSIN_RATE_LIMIT_PER_KEY: String(limit) } });
  let next = 0;
  /** The last seconds of a little more, so that nobody is measured while it warms up. */
  const timesOf = async (): Promise<Times> => {
    const [from, first, end] = [next, next + perSecond, next + (seconds + 1) * perSecond];
    next = end;
    await sender.ask('pace', { port: server.port, connections, from, to: first, perSecond });
    const { latencies } = await watch(() =>
      sender.ask('pace', { port: server.port, connections, from: first, to: end, perSecond }),
    );
    return { p50: percentile(latencies, 50), p95: percentile(latencies, 95) };
  };
  const make = (door: Door, forSeconds: number, rate: number): Promise<NoiseReport> =>
    noisy.ask('make', {
      port: server.port,
      connections: noiseConnections,
      perSecond: rate,
      seconds: forSeconds,
      request: requests[door],
    });
  const alone = await timesOf();
  const beside: Partial<Record<Door, Times>> = {};
  const refused: Partial<Record<Door, number>> = {};
  for (const door of doors) {
    // What it may make at once is spent first.
    await make(door, 2, 2 * noise);
    const made = make(door, seconds + 2, noise);
    beside[door] = await timesOf();
    const { byStatus, seconds: took } = await made;
    const strange = Object.keys(byStatus).filter((status) => status !== '200' && status !== '429');
    if (strange.length > 0) throw new Error(`The noise was answered ${JSON.stringify(byStatus)}`);
    refused[door] = (byStatus[429] ?? 0) / took;
  }
  await server.stop();
  // Counters and rows agree, whoever they are of.
  countRows(dataDir);
  workspace.remove(dataDir);
  return { alone, beside: beside as Run['beside'], refused: refused as Run['refused'] };
}
