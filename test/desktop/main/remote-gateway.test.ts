import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { Connections } from '../../../desktop/main/connections.ts';
import { isToken, readAddress } from '../../../desktop/main/gateway-address.ts';
import { GatewaySwitch } from '../../../desktop/main/gateway-switch.ts';
import { type DesktopGateway, probe, RemoteGateway } from '../../../desktop/main/remote-gateway.ts';
import { SettingsStore } from '../../../desktop/main/settings-store.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { FakePort } from '../support/fake-port.ts';

const soon = { timeout: 10_000, interval: 10 };
let gateway: TestGateway;
let token: string;
/** Something that answers with a page, and is not Tocsin. */
let other: Server;
let otherUrl: string;
const seenTokens: (string | undefined)[] = [];

beforeAll(async () => {
  gateway = await startTestGateway();
  token = await gateway.key('API_TOKEN');
  other = createServer(({ headers }, response) => {
    seenTokens.push(headers.authorization);
    response.end('<!doctype html>');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

afterAll(async () => {
  other.close();
  await gateway.close();
});

describe('readAddress', () => {
  it.each([
    ['https://soc.example', 'https://soc.example', false],
    [' https://SOC.example:8443/ ', 'https://soc.example:8443', false],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000', false],
    ['http://localhost:4000', 'http://localhost:4000', false],
    ['http://[::1]:4000', 'http://[::1]:4000', false],
    ['http://192.168.1.20:4000', 'http://192.168.1.20:4000', true],
    ['http://localhost.evil.example', 'http://localhost.evil.example', true],
    ['http://127.0.0.1.evil.example', 'http://127.0.0.1.evil.example', true],
  ])('takes %j', (text, url, isInsecure) => {
    expect(readAddress(text)).toEqual({ url, isInsecure });
  });

  it.each([
    'soc.example',
    'ws://soc.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@soc.example',
    'https://soc.example/graphql',
    'https://soc.example/?a=1',
    'https://soc.example/#a',
    'https://',
    '',
    `https://${'a'.repeat(3_000)}.example`,
  ])('refuses %j', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });

  it('takes for a token what a header can carry', () => {
    expect(['tocsin_api_0123456789', 'x'.repeat(16)].map(isToken)).toEqual([true, true]);
    expect(['short', 'with space 0123456789', 'x\r\nCookie: a=b 0123', 'ü'.repeat(20), 7, null].some(isToken)).toBe(
      false,
    );
  });
});

describe('probe', () => {
  it('knows a Tocsin that knows the token', async () => {
    expect(await probe(gateway.url, token)).toBeUndefined();
  });

  it('tells apart what is wrong', async () => {
    expect(await probe(gateway.url, 'tocsin_api_not_a_token')).toBe('TOKEN_REFUSED');
    expect(await probe(otherUrl, token)).toBe('NOT_TOCSIN');
    expect(await probe('http://127.0.0.1:9', token)).toBe('UNREACHABLE');
  });

  it('takes the token along to no other place', async () => {
    const lure = createServer((_request, response) =>
      response.writeHead(307, { location: `${otherUrl}/graphql` }).end(),
    );
    await new Promise<void>((resolve) => lure.listen(0, '127.0.0.1', resolve));
    const before = seenTokens.length;
    const found = await probe(`http://127.0.0.1:${(lure.address() as AddressInfo).port}`, token);
    lure.close();
    expect([found, seenTokens.length]).toEqual(['UNREACHABLE', before]);
  });
});

describe('RemoteGateway', () => {
  const states: GatewayState[] = [];
  let remote: RemoteGateway | undefined;

  const watch = (url: string, bearer = token) => {
    states.length = 0;
    remote = new RemoteGateway(url, bearer, { readyWithinMs: 150, retryMs: 30 });
    remote.onState((state) => states.push(state));
    return remote;
  };

  afterEach(() => remote?.stop());

  it('is ready once the server has answered', async () => {
    await watch(gateway.url).start();
    expect(states).toEqual([
      { kind: 'starting', recentCrashes: 0 },
      { kind: 'ready', url: gateway.url, token, dataDir: '', isRemote: true },
    ]);
    await remote?.stop();
    expect(remote?.state).toEqual({ kind: 'stopped' });
  });

  it('says that the token is refused, and does not go on trying', async () => {
    await watch(gateway.url, 'tocsin_api_not_a_token').start();
    const log = [`${gateway.url} does not know the token.`];
    expect(remote?.state).toEqual({ kind: 'failed', reason: 'REFUSED', log, problem: 'TOKEN_REFUSED' });
  });

  it('says in time that nobody answers, goes on trying, and is ready when somebody does', async () => {
    let isThere = false;
    const { port } = new URL(gateway.url);
    const proxy = createServer(async (request, response) => {
      if (!isThere) return response.writeHead(502).end();
      const body = await new Response(request as unknown as ReadableStream).text();
      const headers = { 'content-type': 'application/json', authorization: String(request.headers.authorization) };
      const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, { method: 'POST', headers, body });
      return response.end(await answer.text());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    await watch(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`).start();
    await vi.waitUntil(() => remote?.state.kind === 'failed', soon);
    expect(remote?.state).toMatchObject({ reason: 'NOT_READY_IN_TIME', problem: 'UNREACHABLE' });
    isThere = true;
    await vi.waitUntil(() => remote?.state.kind === 'ready', soon);
    proxy.close();
    proxy.closeAllConnections();
  });
});

describe('Connections', () => {
  let folder: string;
  let port: FakePort;
  let started: string[];
  let shown: GatewaySwitch;
  let connections: Connections;
  let settings: SettingsStore;

  const own: DesktopGateway = {
    state: { kind: 'stopped' },
    onState: () => () => {},
    start: async () => void started.push('start'),
    stop: async () => void started.push('stop'),
  };
  const open = () => {
    shown = new GatewaySwitch();
    settings = new SettingsStore(join(folder, 'settings.json'), () => {});
    const tokenFile = join(folder, 'remote-token.json');
    connections = new Connections({ gateway: shown, own, vault: port.vault, tokenFile, settings });
    return connections.open();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-connections-'));
    port = new FakePort(folder);
    started = [];
  });

  afterEach(async () => {
    await shown.stop();
    rmSync(folder, { recursive: true });
  });

  it('go over to a remote server, keep its token sealed, and are there again after a start', async () => {
    await open();
    const address = { url: `${gateway.url}/`, token };
    expect(await connections.connect(address)).toEqual({ isConnected: true, isTokenKept: true });
    expect(started).toEqual(['start', 'stop']);
    expect(shown.state).toMatchObject({ kind: 'ready', url: gateway.url, isRemote: true });
    for (const file of ['settings.json', 'remote-token.json']) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain(token);
    }

    await shown.stop();
    await open();
    expect(shown.state).toMatchObject({ kind: 'ready', url: gateway.url, token });
    await connections.useOwn();
    await connections.useOwn();
    expect(started).toEqual(['start', 'stop', 'start']);
    expect(settings.current.gateway).toEqual({ kind: 'local' });
    expect(JSON.parse(readFileSync(join(folder, 'remote-token.json'), 'utf8'))).toEqual({});
  });

  it('keep no token where the system has no safe place, and start with the own server next time', async () => {
    port.isVaultSafe = false;
    await open();
    expect(await connections.connect({ url: gateway.url, token })).toEqual({ isConnected: true, isTokenKept: false });
    await shown.stop();
    await open();
    expect(started).toEqual(['start', 'stop', 'start']);
  });

  it.each([
    [{ url: 'soc.example', token: 'x'.repeat(20) }, 'BAD_URL'],
    [{ url: 7 }, 'BAD_URL'],
    [null, 'BAD_URL'],
    [{ url: 'https://soc.example' }, 'BAD_TOKEN'],
    [{ url: 'https://soc.example', token: 'a b' }, 'BAD_TOKEN'],
    [{ url: 'http://192.0.2.1', token: 'x'.repeat(20) }, 'INSECURE'],
    [{ url: 'http://192.0.2.1', token: 'x'.repeat(20), isInsecureAccepted: 'yes' }, 'INSECURE'],
    [{ url: 'http://127.0.0.1:9', token: 'x'.repeat(20) }, 'UNREACHABLE'],
    [{ url: 'http://tocsin.invalid:9', token: 'x'.repeat(20), isInsecureAccepted: true }, 'UNREACHABLE'],
  ])('stay where they are for %j: %s', async (address, problem) => {
    await open();
    expect(await connections.connect(address)).toEqual({ isConnected: false, problem });
    expect([settings.current.gateway, started]).toEqual([{ kind: 'local' }, ['start']]);
  });
});
