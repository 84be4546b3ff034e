import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { GatewayProcess } from '../../../desktop/main/gateway-process.ts';
import { forkNode } from '../support/forked-child.ts';
import { killUnderLoad, readyServer } from '../support/kill-under-load.ts';
import { isServerBuilt } from '../support/running-desktop.ts';

const entry = join(import.meta.dirname, '../../../dist/server/main.js');
const patiently = { timeout: 30_000, interval: 10 };

let dataDir: string;
let gateway: GatewayProcess;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tocsin-child-'));
  // As many kills as one likes: the limit on crashes has its own tests.
  const limits = { mostCrashes: 1_000, firstBackoffMs: 10, longestBackoffMs: 20 };
  gateway = new GatewayProcess({ fork: forkNode, entry, dataDir, limits });
});

afterEach(async () => {
  await gateway.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const pidOf = () => Number(readFileSync(join(dataDir, 'server.pid'), 'utf8'));

// skipped: the server is built by `npm run build`, and not by the tests.
describe.skipIf(!isServerBuilt)("the desktop's server", { timeout: 90_000 }, () => {
  it('killed under load comes back, and has all that it acknowledged; `npm run test:soak` does so 20 times', async () => {
    await gateway.start();
    const { acknowledged, lost } = await killUnderLoad(gateway, pidOf, 2);
    expect(acknowledged).toBeGreaterThanOrEqual(10);
    expect(lost).toEqual([]);
  });

  it('answers none of 50 forged requests: a foreign Host, a foreign Origin, no token or another', async () => {
    await gateway.start();
    const { url, token } = await readyServer(gateway);
    const { host, port } = new URL(url);
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '10.0.0.1',
      `[::2]:${port}`,
    ];
    const origins = ['https://evil.example', `http://evil.example:${port}`, 'null', 'app://evil', 'http://127.0.0.1:1'];
    const paths = ['/graphql', '/livez', '/metrics', '/', '/api/v1/webhooks/wazuh'];
    const own = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const send = (path: string, headers: Record<string, string>) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const method = ['/graphql', '/api/v1/webhooks/wazuh'].includes(path) ? 'POST' : 'GET';
        const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += String(chunk);
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        });
        sent.on('error', reject);
        sent.end(method === 'POST' ? JSON.stringify({ query: '{ alerts(first: 1) { nodes { id } } }' }) : undefined);
      });
    const open = (headers: Record<string, string>, authorization: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${host}/graphql`, 'graphql-transport-ws', { headers });
        socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
        socket.on('message', () => resolve('acknowledged'));
        socket.on('close', (code) => resolve(`closed ${code}`));
        socket.on('error', (cause) => resolve(cause.message));
      });

    // With the very token: whoever has it and is a web page is refused all the same.
    for (const Host of hosts) for (const path of paths) expect((await send(path, { ...own, Host })).status).toBe(403);
    for (const Origin of origins) {
      for (const path of paths.slice(0, 2)) expect((await send(path, { ...own, Origin })).status).toBe(403);
      expect(await open({ Origin }, `Bearer ${token}`)).toBe('Unexpected server response: 403');
    }
    for (const Host of hosts) expect(await open({ Host, Origin: `http://${Host}` }, `Bearer ${token}`)).toMatch(/403/);
    for (const Authorization of ['', 'Bearer ', `Bearer ${'x'.repeat(43)}`, `Basic ${token}`, `Bearer ${token}x`]) {
      expect((await send('/graphql', { ...own, Authorization })).body).toContain('UNAUTHENTICATED');
      expect(await open({}, Authorization)).toBe('closed 4403');
    }

    // What is not forged is answered.
    const answer = { status: 200, body: '{"data":{"alerts":{"nodes":[]}}}\n' };
    expect(await send('/graphql', own)).toEqual(answer);
    expect(await send('/graphql', { ...own, Host: `localhost:${port}`, Origin: 'app://tocsin' })).toEqual(answer);
    expect(await open({ Origin: 'app://tocsin' }, `Bearer ${token}`)).toBe('acknowledged');
  });

  it.each([
    ['when it is ready', 'ready'],
    ['while it starts', 'starting'],
  ])('is gone when the app is killed %s', async (_, moment) => {
    const options = { execArgv: [], silent: true };
    const parent = fork(join(import.meta.dirname, '../fixtures/parent.ts'), [entry, dataDir], options);
    const isReady = new Promise((resolve) => parent.once('message', resolve));
    const isLocked = () => {
      try {
        return pidOf() > 0;
      } catch {
        return false;
      }
    };
    if (moment === 'ready') await isReady;
    else await vi.waitUntil(isLocked, patiently);
    const child = pidOf();
    parent.kill('SIGKILL');

    await vi.waitUntil(() => {
      try {
        process.kill(child, 0);
        return false;
      } catch {
        return true;
      }
    }, patiently);
  });
});
