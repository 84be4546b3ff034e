import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { type GatewayLimits, GatewayProcess } from '../../../desktop/main/gateway-process.ts';
import { forkNode } from '../support/forked-child.ts';

const fast: Partial<GatewayLimits> = { firstBackoffMs: 5, longestBackoffMs: 20, stopWithinMs: 300 };
const patiently = { timeout: 15_000, interval: 10 };

let dataDir: string;
let gateway: GatewayProcess;
let states: GatewayState[];

function desktopWith(fixture: string, limits: Partial<GatewayLimits> = {}): void {
  gateway = new GatewayProcess({
    fork: forkNode,
    entry: join(import.meta.dirname, '../fixtures', `${fixture}.ts`),
    dataDir,
    limits: { ...fast, ...limits },
  });
  states = [];
  gateway.onState((state) => states.push(state));
}

const reached = (kind: GatewayState['kind']) => vi.waitUntil(() => gateway.state.kind === kind, patiently);
const started = () => JSON.parse(readFileSync(join(dataDir, 'started.json'), 'utf8'));
const kinds = () => states.map(({ kind }) => kind);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tocsin-desktop-'));
});

afterEach(async () => {
  await gateway.stop();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

describe('start', () => {
  it('hands the child its address, its data folder and a token, and is ready at the address that the child names', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://elsewhere');
    desktopWith('ready');
    await gateway.start();
    await reached('ready');

    const { pid, TOCSIN_LAUNCH_TOKEN: token, ...environment } = started();
    expect(environment).toEqual({
      HOST: '127.0.0.1',
      PORT: '0',
      TOCSIN_DATA_DIR: dataDir,
      TOCSIN_ALLOWED_ORIGINS: 'app://tocsin',
    });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(states).toEqual([
      { kind: 'starting', recentCrashes: 0 },
      { kind: 'ready', url: 'http://127.0.0.1:40123', token, dataDir },
    ]);
    expect(isAlive(pid)).toBe(true);
  });

  it('starts one child however often it is called', async () => {
    const fork = vi.fn(forkNode);
    desktopWith('ready');
    gateway = new GatewayProcess({ fork, entry: join(import.meta.dirname, '../fixtures/ready.ts'), dataDir });
    await Promise.all([gateway.start(), gateway.start()]);
    await reached('ready');
    await gateway.start();
    await Promise.all([gateway.stop(), gateway.start(), gateway.stop(), gateway.start()]);
    await reached('ready');

    expect(fork).toHaveBeenCalledTimes(2);
  });

  it('fails with the last log lines when the child is not ready in time, and ends that child', async () => {
    desktopWith('never-ready', { readyWithinMs: 600 });
    await gateway.start();
    await reached('failed');

    expect(gateway.state).toEqual({ kind: 'failed', reason: 'NOT_READY_IN_TIME', log: ['opening the database'] });
    await gateway.stop();
    expect(kinds()).toEqual(['starting', 'failed', 'stopped']);
  });

  it('fails at once, with the reason, when the child refuses to start', async () => {
    desktopWith('refuses');
    await gateway.start();
    await reached('failed');
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(states).toEqual([
      { kind: 'starting', recentCrashes: 0 },
      { kind: 'failed', reason: 'REFUSED', log: ['The data folder is in use', 'by process 4711.'] },
    ]);
  });

  it('waits for as long as the child says that it brings its database up to date', async () => {
    desktopWith('migrates', { readyWithinMs: 1200 });
    await gateway.start();
    await reached('ready');

    expect(kinds()).toEqual(['starting', 'ready']);
  });

  it('stays failed when the child is ready after all, but too late', async () => {
    desktopWith('late-ready', { readyWithinMs: 400, stopWithinMs: 2_000 });
    await gateway.start();
    await reached('failed');
    await new Promise((resolve) => setTimeout(resolve, 600));

    expect(kinds()).toEqual(['starting', 'failed']);
  });

  it('tries again after a failure only once the failed child is gone', async () => {
    const alive: number[] = [];
    let running = 0;
    desktopWith('never-ready');
    gateway = new GatewayProcess({
      fork: (...args) => {
        const child = forkNode(...args);
        alive.push(++running);
        child.onExit(() => running--);
        return child;
      },
      entry: join(import.meta.dirname, '../fixtures/never-ready.ts'),
      dataDir,
      limits: { ...fast, readyWithinMs: 300 },
    });
    await gateway.start();
    await reached('failed');
    await gateway.start();
    await reached('failed');

    expect(alive).toEqual([1, 1]);
  });
});

describe('a child that dies', () => {
  it('is replaced, with a new token, when it was running well', async () => {
    desktopWith('ready');
    await gateway.start();
    await reached('ready');
    const first = started();
    process.kill(first.pid, 'SIGKILL');
    await vi.waitUntil(() => kinds().filter((kind) => kind === 'ready').length === 2, patiently);

    const second = started();
    expect(second.pid).not.toBe(first.pid);
    expect(second.TOCSIN_LAUNCH_TOKEN).not.toBe(first.TOCSIN_LAUNCH_TOKEN);
    expect(states.slice(1)).toEqual([
      { kind: 'ready', url: 'http://127.0.0.1:40123', token: first.TOCSIN_LAUNCH_TOKEN, dataDir },
      { kind: 'starting', recentCrashes: 1 },
      { kind: 'ready', url: 'http://127.0.0.1:40123', token: second.TOCSIN_LAUNCH_TOKEN, dataDir },
    ]);
  });

  it('five times within a minute is given up, with its log but not its token, until a retry', async () => {
    desktopWith('crashes');
    await gateway.start();
    await reached('failed');

    expect(states).toEqual([
      { kind: 'starting', recentCrashes: 0 },
      { kind: 'starting', recentCrashes: 1 },
      { kind: 'starting', recentCrashes: 2 },
      { kind: 'starting', recentCrashes: 3 },
      { kind: 'starting', recentCrashes: 4 },
      { kind: 'failed', reason: 'KEEPS_CRASHING', log: ['the data folder is locked ([token])'] },
    ]);
    states.length = 0;
    await gateway.start();
    await reached('failed');
    expect(kinds()).toEqual([...Array(5).fill('starting'), 'failed']);
  });

  it('is tried for ever when its crashes are further apart', async () => {
    desktopWith('crashes', { crashWindowMs: 1 });
    await gateway.start();
    await vi.waitUntil(() => states.length > 6, patiently);

    expect(new Set(kinds())).toEqual(new Set(['starting']));
  });
});

describe('stop', () => {
  it('asks the child to end and resolves when it is gone', async () => {
    desktopWith('ready');
    await gateway.start();
    await reached('ready');
    await gateway.stop();

    expect(existsSync(join(dataDir, 'ended.json'))).toBe(true);
    expect(isAlive(started().pid)).toBe(false);
    expect(kinds()).toEqual(['starting', 'ready', 'stopped']);
  });

  it('kills a child that does not listen', async () => {
    desktopWith('late-ready');
    await gateway.start();
    await reached('ready');
    const asked = performance.now();
    await gateway.stop();

    expect(performance.now() - asked).toBeGreaterThanOrEqual(299);
    expect(kinds()).toEqual(['starting', 'ready', 'stopped']);
  });

  it('between two attempts leaves no restart behind', async () => {
    desktopWith('crashes', { firstBackoffMs: 200, longestBackoffMs: 200 });
    await gateway.start();
    await vi.waitUntil(() => states.length === 2, patiently);
    await gateway.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(kinds()).toEqual(['starting', 'starting', 'stopped']);
  });
});

describe('the built server', () => {
  const entry = join(import.meta.dirname, '../../../dist/server/main.js');
  const refused = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
  const folder = () => join(dataDir, 'not', 'there yet');
  const ask = async (token: string) => {
    const { state } = gateway;
    if (state.kind !== 'ready') throw new Error(`The server is ${state.kind}`);
    const response = await fetch(`${state.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ alerts(first: 1) { nodes { id } } }' }),
    });
    return response.json();
  };

  beforeEach(({ skip }) => {
    // skipped: the server is built by `npm run build`, and not by the tests.
    skip(!existsSync(entry), 'dist/server/main.js is not built');
    gateway = new GatewayProcess({ fork: forkNode, entry, dataDir: folder() });
    states = [];
    gateway.onState((state) => states.push(state));
  });

  it('starts in a new folder, answers its token alone, and comes back after a kill with another', async () => {
    await gateway.start();
    await reached('ready');
    const first = gateway.state.kind === 'ready' ? gateway.state.token : '';
    expect(await ask(first)).toEqual({ data: { alerts: { nodes: [] } } });
    expect(await ask('another-token-of-at-least-32-characters')).toMatchObject(refused);

    process.kill(Number(readFileSync(join(folder(), 'server.pid'), 'utf8')), 'SIGKILL');
    await vi.waitUntil(() => kinds().filter((kind) => kind === 'ready').length === 2, patiently);
    expect(await ask(first)).toMatchObject(refused);
  });
});
