import { setTimeout as sleep } from 'node:timers/promises';
import { OthersWatch } from './others.ts';
import type { Report } from './report.ts';
import { ServerProcess } from './server-process.ts';
import { countRows, type RowCounts, type Workspace } from './workspace.ts';

/** What every section works with. */
export interface Bench {
  readonly workspace: Workspace;
  readonly report: Report;
  /** One short run instead of the medians of three. */
  readonly quick: boolean;
  readonly runs: number;
  readonly profileDir: string | undefined;
  /** A folder that make-office.ts has filled at full size, to copy instead of filling one. */
  readonly office: string | undefined;
  /** Waits for other programs to come to rest before each run, as long as `patienceMs`. */
  readonly patient: boolean;
}

/** Cores that other programs may use during a run that counts. */
const mostByOthers = 0.3;
const attempts = 2;
const patienceMs = 10 * 60_000;

/**
 * Does one run; does it again, a few times at most, when other programs were busy meanwhile, and keeps the quietest. What is
 * compared with each other belongs into the same run.
 */
export async function quietRun<Result>(
  { report, quick, patient }: Bench,
  what: string,
  run: (watch: Watch) => Promise<Result>,
): Promise<Result> {
  let best: { result: Result; others: number } | undefined;
  for (let attempt = 1; attempt <= (quick ? 1 : attempts); attempt++) {
    if (patient) await rest();
    tell(attempt === 1 ? what : `${what}, again: other programs kept ${best?.others.toFixed(1)} cores busy`);
    const seen: number[] = [];
    const result = await run(async (work) => {
      const watch = new OthersWatch();
      const value = await work();
      seen.push(watch.stop());
      return value;
    });
    const others = Math.max(0, ...seen);
    if (best === undefined || others < best.others) best = { result, others };
    if (others <= mostByOthers) break;
  }
  if (best === undefined) throw new Error('Nothing was run');
  report.noteOthers(best.others);
  return best.result;
}

async function rest(): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let others = 1; others > mostByOthers / 2 && performance.now() < until; ) {
    const watch = new OthersWatch();
    await sleep(1000);
    others = watch.stop();
  }
}

/** Runs work that is timed, and notes how busy other programs were meanwhile. */
export type Watch = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Runs something against the built server on a folder of its own, without events; then stops it and counts what is stored. */
export async function withServer<Result>(
  { workspace, profileDir }: Bench,
  use: (server: ServerProcess) => Promise<Result>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ result: Result; rows: RowCounts }> {
  const dataDir = workspace.freshDir();
  const server = await ServerProcess.start({ dataDir, profileDir, env });
  const result = await use(server);
  await server.stop();
  const rows = countRows(dataDir);
  workspace.remove(dataDir);
  return { result, rows };
}

/** Fails the bench when something else was stored than was acknowledged. */
export function expectRows(rows: RowCounts, events: number): void {
  const stored = rows.events - rows.own;
  if (stored !== events) throw new Error(`${events} events were acknowledged, ${stored} are stored`);
}

/** Shows on standard error what is being measured: standard output is for the result alone. */
export function tell(what: string): void {
  process.stderr.write(`${what}\n`);
}
