import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nowMs } from './clock.ts';
import { countAsOurs } from './others.ts';

const entry = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface ServerOptions {
  readonly dataDir: string;
  /** Folder to write V8 CPU profiles of all its threads to. */
  readonly profileDir?: string | undefined;
  /** Settings beyond those that every run has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The built server as a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly port: number;
  /** Milliseconds from starting the process to `/readyz` answering 200. */
  readonly bootMs: number;

  /** Resolves once `/readyz` answers 200. */
  static async start({ dataDir, profileDir, env = {} }: ServerOptions): Promise<ServerProcess> {
    const startedAt = nowMs();
    const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
    const flags = [...startFlags(), ...profiling];
    const child = spawn(process.execPath, [...flags, entry], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PORT: '0',
        TOCSIN_DATA_DIR: dataDir,
        TOCSIN_LOG_LEVEL: 'warn',
        TOCSIN_TIMEZONE: 'UTC',
        // Counted as ever, and never spent.
        TOCSIN_RATE_LIMIT_PER_KEY: '1000000',
        TOCSIN_RATE_LIMIT_PER_ADDRESS: '1000000',
        ...env,
      },
      // What it logs (warnings) is shown, off the standard output; its greeting is kept back unless it ends badly.
      stdio: ['ignore', 2, 'pipe', 'ipc'],
    });
    running.add(child);
    countAsOurs(child);
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text;
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (code !== 0) process.stderr.write(`The server ended with ${signal ?? `code ${code}`} and said:\n${said}\n`);
    });
    const message = await Promise.race([
      once(child, 'message').then(([value]) => value as { type: string; url: string; reason?: string }),
      once(child, 'exit').then(([code]) => ({ type: 'exit', url: '', reason: `it ended with code ${code}` })),
    ]);
    if (message.type !== 'ready') throw new Error(`The server did not start: ${message.reason}`);
    const port = Number(new URL(message.url).port);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (ready.status !== 200) throw new Error(`/readyz answered ${ready.status}`);
    return new ServerProcess(child, port, nowMs() - startedAt);
  }

  private constructor(child: ChildProcess, port: number, bootMs: number) {
    this.#child = child;
    this.port = port;
    this.bootMs = bootMs;
  }

  /** What `/metrics` says now. Reading it starts a new period of the event-loop delay's histogram. */
  async metrics(): Promise<Metrics> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    const values = new Map(
      text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
    return new Metrics(values);
  }

  /** Resident memory in MB: now (`VmRSS`) and at its highest since the start (`VmHWM`); undefined where there is no /proc. */
  memoryMb(which: 'VmRSS' | 'VmHWM'): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Has `VmHWM` start anew from what is resident now; without effect where the system does not let it. */
  resetPeak(): void {
    try {
      writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
    } catch {}
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [code] = await exit;
    if (code !== 0) throw new Error(`The server ended with code ${code}`);
  }
}

/** One reading of `/metrics`. */
export class Metrics {
  readonly #values: ReadonlyMap<string, number>;

  constructor(values: ReadonlyMap<string, number>) {
    this.#values = values;
  }

  get(name: string): number {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`/metrics does not show ${name}`);
    return value;
  }

  /**
   * Milliseconds the event loop ran late since the reading before, 99th percentile and longest. Node's histogram holds the time
   * between two ticks of a timer; the timer's own period is taken off.
   */
  get loopDelay(): { p99: number; max: number } {
    const late = (name: string) => Math.max(0, this.get(name) * 1000 - loopTimerMs);
    return { p99: late('nodejs_eventloop_lag_p99_seconds'), max: late('nodejs_eventloop_lag_max_seconds') };
  }
}

/** `eventLoopMonitoringPrecision` in server/metrics.ts. */
const loopTimerMs = 10;

/** The flags that `npm start` gives to Node, so that what is measured is what people run. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word.startsWith('--'));
}
