import type { GatewayProblem, GatewayState } from '../ipc-contract.ts';
import { whoIsThere } from './operations.ts';

/** The server that the desktop shows: its own, or one elsewhere. */
export interface DesktopGateway {
  readonly state: GatewayState;
  onState(listener: (state: GatewayState) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Trouble = Extract<GatewayProblem, 'UNREACHABLE' | 'TOKEN_REFUSED' | 'NOT_TOCSIN'>;

const answerMs = 5_000;

/** Whether a Tocsin answers at `url` and knows the token; undefined: it does. Follows no redirect, which could take the token along. */
export async function probe(url: string, token: string, signal?: AbortSignal): Promise<Trouble | undefined> {
  let response: Response;
  try {
    response = await fetch(`${url}/graphql`, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: whoIsThere }),
      signal: AbortSignal.any([AbortSignal.timeout(answerMs), ...(signal ? [signal] : [])]),
    });
  } catch {
    return 'UNREACHABLE';
  }
  if (response.status >= 502) return 'UNREACHABLE';
  const answer = await response.json().catch(() => undefined);
  if (typeof Object(Object(Object(answer).data).about).version === 'string') return undefined;
  const [error] = [Object(answer).errors].flat();
  return Object(Object(error).extensions).code === 'UNAUTHENTICATED' ? 'TOKEN_REFUSED' : 'NOT_TOCSIN';
}

export interface RemoteTimes {
  /** After so long without an answer the window says so; the attempts go on. */
  readonly readyWithinMs: number;
  readonly retryMs: number;
}

const remoteTimes: RemoteTimes = { readyWithinMs: 20_000, retryMs: 3_000 };

const words: Readonly<Record<Trouble, (url: string) => string>> = {
  UNREACHABLE: (url) => `${url} does not answer.`,
  TOKEN_REFUSED: (url) => `${url} does not know the token.`,
  NOT_TOCSIN: (url) => `What answers at ${url} is not Tocsin.`,
};

/** A server elsewhere: ready once it has answered; a break later on is the business of whoever is connected then. */
export class RemoteGateway implements DesktopGateway {
  readonly #url: string;
  readonly #token: string;
  readonly #times: RemoteTimes;
  readonly #listeners = new Set<(state: GatewayState) => void>();
  #state: GatewayState = { kind: 'stopped' };
  #running: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, token: string, times: Partial<RemoteTimes> = {}) {
    this.#url = url;
    this.#token = token;
    this.#times = { ...remoteTimes, ...times };
  }

  get state(): GatewayState {
    return this.#state;
  }

  onState(listener: (state: GatewayState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    if (this.#state.kind === 'starting' || this.#state.kind === 'ready') return;
    this.#halt();
    this.#running = new AbortController();
    this.#become({ kind: 'starting', recentCrashes: 0 });
    await this.#attempt(this.#running.signal, performance.now() + this.#times.readyWithinMs);
  }

  async stop(): Promise<void> {
    this.#halt();
    this.#become({ kind: 'stopped' });
  }

  async #attempt(signal: AbortSignal, giveUpAt: number): Promise<void> {
    const trouble = await probe(this.#url, this.#token, signal);
    if (signal.aborted) return;
    if (trouble === undefined) {
      this.#become({ kind: 'ready', url: this.#url, token: this.#token, dataDir: '', isRemote: true });
      return;
    }
    const log = [words[trouble](this.#url)];
    if (trouble !== 'UNREACHABLE') {
      this.#become({ kind: 'failed', reason: 'REFUSED', log, problem: trouble });
      return;
    }
    if (performance.now() >= giveUpAt && this.#state.kind === 'starting') {
      this.#become({ kind: 'failed', reason: 'NOT_READY_IN_TIME', log, problem: trouble });
    }
    this.#timer = setTimeout(() => void this.#attempt(signal, giveUpAt), this.#times.retryMs);
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #become(state: GatewayState): void {
    const isNews = JSON.stringify(state) !== JSON.stringify(this.#state);
    this.#state = state;
    if (isNews) for (const listener of this.#listeners) listener(state);
  }
}
