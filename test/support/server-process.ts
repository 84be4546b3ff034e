import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './test-database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a program that has ended left behind. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Environment of a spawned program: nothing is inherited, so that a developer's own settings change no test. */
export type Environment = Readonly<Record<string, string>>;

/** The settings that lead a spawned program to a test's database. */
export function settingsOf({ dataDir, databaseUrl }: Pick<TestDatabase, 'dataDir' | 'databaseUrl'>): Environment {
  return { PORT: '0', TOCSIN_DATA_DIR: dataDir, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
}

/** Runs the built `tocsin` command to its end. */
export function runTocsin(args: readonly string[], env: Environment, input?: string): Promise<Ended> {
  return start('dist/server/cli/tocsin.js', args, env, input).ended;
}

/** Starts the built server and answers when it ends, for starts that are to be refused. */
export function runServer(env: Environment): Promise<Ended> {
  return start('dist/server/main.js', [], env).ended;
}

/** The built server as a process of its own. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  /** From the start of the process to its first words that it listens. */
  readonly readyMs: number;
  readonly ended: Promise<Ended>;
  readonly #running: Running;

  constructor(running: Running, url: string, readyMs: number) {
    this.#running = running;
    this.ended = running.ended;
    this.url = url;
    this.readyMs = readyMs;
  }

  get pid(): number {
    return this.#running.child.pid ?? 0;
  }

  /** All it has said so far. */
  get output(): string {
    return this.#running.read().stdout + this.#running.read().stderr;
  }

  /** Sends a signal and answers how the process ended. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.#running.child.kill(signal);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
  }
}

/** Starts the built server and waits until it listens. */
export async function startServer(env: Environment): Promise<ServerProcess> {
  const startedAt = performance.now();
  const running = start('dist/server/main.js', [], env);
  const { child, ended, read } = running;
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', () => {
      const [, found] = /listens on (\S+)/.exec(read().stderr) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code, stdout, stderr }) => reject(new Error(`The server ended (${code}):\n${stdout}${stderr}`)));
  });
  return new ServerProcess(running, url, performance.now() - startedAt);
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly read: () => { stdout: string; stderr: string };
}

function start(program: string, args: readonly string[], env: Environment, input?: string): Running {
  buildOnce();
  const child = spawn(process.execPath, [root + program, ...args], {
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended, read: () => ({ stdout, stderr }) };
}

/** `npm test` builds before it runs; a single test file run by hand builds only where nothing has been built yet. */
function buildOnce(): void {
  if (existsSync(`${root}dist/.tsbuildinfo`)) return;
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`]);
}
