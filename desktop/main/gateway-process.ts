import { randomBytes } from 'node:crypto';
import type { GatewayFailure, GatewayProblem, GatewayState } from '../ipc-contract.ts';
import { appOrigin } from './app-protocol.ts';
import { LogTail } from './log-tail.ts';
import type { DesktopGateway } from './remote-gateway.ts';
import { readListeners } from './sender-listeners.ts';
import type { ForkServer, ServerChild } from './server-child.ts';

/** How long the desktop waits for its server, and how often it tries again. */
export interface GatewayLimits {
  readonly readyWithinMs: number;
  readonly stopWithinMs: number;
  /** This many crashes within `crashWindowMs` and the desktop stops trying by itself. */
  readonly mostCrashes: number;
  readonly crashWindowMs: number;
  /** The wait before the first restart; doubled for each further crash in the window, up to `longestBackoffMs`. */
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
}

export const gatewayLimits: GatewayLimits = {
  readyWithinMs: 20_000,
  stopWithinMs: 10_000,
  mostCrashes: 5,
  crashWindowMs: 60_000,
  firstBackoffMs: 250,
  longestBackoffMs: 4_000,
};

export interface GatewayProcessOptions {
  readonly fork: ForkServer;
  /** The built server's main.js. */
  readonly entry: string;
  readonly dataDir: string;
  /** What a child is told besides; asked for at each start. */
  readonly environment?: () => Readonly<Record<string, string>>;
  readonly limits?: Partial<GatewayLimits>;
}

/** One life of the child. */
interface Run {
  readonly child: ServerChild;
  readonly exited: Promise<void>;
  /** Set once the desktop itself has asked the child to go: its end is then no crash. */
  dismissed: boolean;
}

/** Keeps one server running for the desktop: starts it, waits until it listens, restarts it when it dies, takes it down. */
export class GatewayProcess implements DesktopGateway {
  readonly #options: GatewayProcessOptions;
  readonly #limits: GatewayLimits;
  readonly #listeners = new Set<(state: GatewayState) => void>();
  readonly #log = new LogTail(() => this.#token);
  #state: GatewayState = { kind: 'stopped' };
  #token = '';
  #run: Run | undefined;
  #timer: NodeJS.Timeout | undefined;
  #crashes: number[] = [];

  constructor(options: GatewayProcessOptions) {
    this.#options = options;
    this.#limits = { ...gatewayLimits, ...options.limits };
  }

  get state(): GatewayState {
    return this.#state;
  }

  onState(listener: (state: GatewayState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the server, or starts it anew after it failed; does nothing while it starts or runs. */
  async start(): Promise<void> {
    if (this.#state.kind === 'starting' || this.#state.kind === 'ready') return;
    this.#crashes = [];
    this.#become({ kind: 'starting', recentCrashes: 0 });
    // A child given up on may still be ending, and it holds the database until it has.
    await this.#run?.exited;
    if (this.state.kind === 'starting' && !this.#run) this.#launch();
  }

  /** Takes the server down: asks, then insists after `stopWithinMs`. Resolves when the process is gone. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#become({ kind: 'stopped' });
    if (this.#run) await this.#end(this.#run);
  }

  #launch(): void {
    this.#log.clear();
    this.#token = randomBytes(32).toString('base64url');
    const child = this.#options.fork(this.#options.entry, {
      ...this.#options.environment?.(),
      HOST: '127.0.0.1',
      PORT: '0',
      TOCSIN_DATA_DIR: this.#options.dataDir,
      TOCSIN_ALLOWED_ORIGINS: appOrigin,
      TOCSIN_LAUNCH_TOKEN: this.#token,
    });
    const exited = new Promise<void>((resolve) => child.onExit(() => resolve()));
    const run: Run = { child, exited, dismissed: false };
    this.#run = run;
    child.onOutput((chunk) => this.#log.push(chunk));
    child.onMessage((message) => this.#hear(run, message));
    exited.then(() => this.#ended(run));
    this.#waitForReady();
  }

  #waitForReady(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp('NOT_READY_IN_TIME'), this.#limits.readyWithinMs);
  }

  #hear(run: Run, message: unknown): void {
    if (run.dismissed || this.#state.kind !== 'starting') return;
    // A new version may have all that is stored to go through first: to end it then would have it begin anew, for ever.
    if (isMigrating(message)) this.#waitForReady();
    // What it refuses to start with now, it would refuse again: a lock, a damaged database, a setting.
    const refusal = readRefusal(message);
    if (refusal !== undefined) this.#giveUp('REFUSED', refusal.reason.split('\n'), refusal.problem);
    const url = readyUrl(message);
    if (url === undefined) return;
    clearTimeout(this.#timer);
    const listeners = readListeners(message);
    const { dataDir } = this.#options;
    this.#become({ kind: 'ready', url, token: this.#token, dataDir, ...(listeners && { listeners }) });
  }

  #ended(run: Run): void {
    if (run === this.#run) this.#run = undefined;
    if (run.dismissed) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < this.#limits.crashWindowMs), now];
    const recentCrashes = this.#crashes.length;
    if (recentCrashes >= this.#limits.mostCrashes) {
      this.#giveUp('KEEPS_CRASHING');
      return;
    }
    this.#become({ kind: 'starting', recentCrashes });
    const backoff = this.#limits.firstBackoffMs * 2 ** (recentCrashes - 1);
    this.#timer = setTimeout(() => this.#launch(), Math.min(backoff, this.#limits.longestBackoffMs));
  }

  #giveUp(reason: GatewayFailure, log: readonly string[] = this.#log.lines(), problem?: GatewayProblem): void {
    clearTimeout(this.#timer);
    this.#become({ kind: 'failed', reason, log, ...(problem && { problem }) });
    if (this.#run) void this.#end(this.#run);
  }

  async #end(run: Run): Promise<void> {
    run.dismissed = true;
    run.child.terminate();
    const insist = setTimeout(() => run.child.kill(), this.#limits.stopWithinMs);
    await run.exited;
    clearTimeout(insist);
  }

  #become(state: GatewayState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

const problems: readonly GatewayProblem[] = ['FOLDER_IN_USE', 'FOLDER_BLOCKED', 'DATABASE_DAMAGED', 'DATABASE_NEWER'];

/** Why a child says, by `{ type: 'refused', reason, problem }`, that it will not start; undefined for any other message. */
function readRefusal(message: unknown): { reason: string; problem: GatewayProblem | undefined } | undefined {
  const { type, reason, problem } = Object(message);
  if (type !== 'refused' || typeof reason !== 'string') return undefined;
  return { reason, problem: problems.find((known) => known === problem) };
}

/** Whether a child says by `{ type: 'migrating' }` that it is at work on what is stored, and not ready yet. */
function isMigrating(message: unknown): boolean {
  return Object(message).type === 'migrating';
}

/** The address in a child's `{ type: 'ready', url }`; undefined for any other message, and for an address off this machine. */
function readyUrl(message: unknown): string | undefined {
  const { type, url } = Object(message);
  if (type !== 'ready' || typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, hostname, origin } = new URL(url);
  return protocol === 'http:' && hostname === '127.0.0.1' ? origin : undefined;
}
