import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { type DesktopOptions, startDesktop } from '../../../desktop/main/desktop.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { FakePort } from './fake-port.ts';

export const patiently = { timeout: 60_000, interval: 10 };
const root = join(import.meta.dirname, '../../..');

/** Whether `npm run build` has built the server that the app forks. */
export const isServerBuilt = existsSync(join(root, 'dist/server/main.js'));

/** A machine that is busy with other tests takes its time. */
const limits = { readyWithinMs: 60_000 };
/** The feed counts often, so that tests need not wait for it. */
const feedTimes = { firstRetryMs: 20, longestRetryMs: 100, countEveryMs: 100, countAfterMs: 10 };

/** The whole app on a stand-in for Electron, with the real server as its child. */
export class RunningDesktop implements AsyncDisposable {
  readonly userData: string;
  readonly port: FakePort;

  constructor(
    options: Partial<DesktopOptions> = {},
    over: ConstructorParameters<typeof FakePort>[1] = {},
    userData = mkdtempSync(join(tmpdir(), 'tocsin-app-')),
  ) {
    this.userData = userData;
    this.port = new FakePort(userData, over);
    startDesktop(this.port, { built: join(root, 'dist/desktop'), feedTimes, limits, ...options });
  }

  async state(): Promise<GatewayState> {
    return (await this.port.call('gateway:state')) as GatewayState;
  }

  async ready(): Promise<Extract<GatewayState, { kind: 'ready' }>> {
    let state: GatewayState | undefined;
    await vi.waitUntil(async () => {
      state = await this.state();
      return state?.kind === 'ready';
    }, patiently);
    if (state?.kind !== 'ready') throw new Error(`The server is ${state?.kind}`);
    return state;
  }

  /** Sends an operation to the server as the app does. */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const { url, token } = await this.ready();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Raises one alert a name, each in a group of its own unless `changes` says otherwise. */
  async raise(names: readonly string[], changes: object = {}): Promise<void> {
    const events = names.map((name) =>
      aWazuhAlert({ id: crypto.randomUUID(), rule: { id: name, level: 12, description: name, ...changes } }),
    );
    const mutation = `mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { indexed } }`;
    await this.ask(mutation, { input: { format: 'WAZUH', events } });
  }

  /** Quits as a person does, and waits until the server is gone. */
  async quit(): Promise<void> {
    if (this.port.quits === 0) this.port.quit();
    await vi.waitUntil(() => this.port.quits > 0, patiently);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.quit();
    rmSync(this.userData, { recursive: true, force: true });
  }
}
