import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTcp, sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  const config = { allowedOrigins: ['https://soc.example'], publicUrl: 'https://tocsin.example/console' };
  gateway = await startTestGateway({ config });
});

afterAll(() => gateway.close());

const upgrade = (path: string, headers: Record<string, string> = {}) =>
  sendRaw(gateway.url, upgradeRequest(path, new URL(gateway.url).host, headers));
const isAlive = async () => (await fetch(`${gateway.url}/livez`)).status;

describe('a WebSocket opened by a web page', () => {
  it.each([
    'https://evil.example',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost:4000',
    'https://soc.example.evil.example',
    'https://evil.example?https://soc.example',
    'http://soc.example',
    'https://soc.example:8443',
    'null',
    'file://',
    'app://evil',
    'x',
    'https://[',
  ])('of the foreign origin %s is refused with 403 before it opens', async (Origin) => {
    const { status, head, body } = await upgrade('/graphql', { Origin });
    expect({ status, body: body.toString() }).toEqual({ status: 403, body: '' });
    expect(head).not.toMatch(/sec-websocket-accept/i);
  });

  it.each([
    ['a listed origin', () => 'https://soc.example'],
    ['the desktop app, wherever that runs', () => 'app://tocsin'],
    ['the origin of the public URL', () => 'https://tocsin.example'],
    ['its own origin', () => gateway.url],
  ])('of %s is let through', async (_, originOf) => {
    expect((await upgrade('/graphql', { Origin: originOf() })).status).toBe(101);
  });

  it('is let through without an origin: it is no web page', async () => {
    expect((await upgrade('/graphql')).status).toBe(101);
  });
});

describe('a WebSocket on another path', () => {
  it.each(['/', '/graphql/', '/graphql2', '/api/v1/webhooks/wazuh', '/livez', '/%67raphql'])(
    '%s is refused with 404',
    async (path) => {
      expect((await upgrade(path)).status).toBe(404);
    },
  );

  it('may carry a query string on the right one', async () => {
    expect((await upgrade('/graphql?x=1')).status).toBe(101);
  });
});

describe('a request to open a WebSocket that is malformed', () => {
  it.each(['//', 'http://[', '//:', 'http://:0', '/\\', '*', '///graphql'])(
    'for the target %s is refused',
    async (target) => {
      const { status } = await upgrade(target);
      expect([400, 404]).toContain(status);
      expect(await isAlive()).toBe(200);
    },
  );

  it.each([
    ['no key', { 'Sec-WebSocket-Key': '' }, 400],
    ['an old version', { 'Sec-WebSocket-Version': '7' }, 400],
    ['another protocol', { Upgrade: 'h2c' }, 400],
    ['a broken list of subprotocols', { 'Sec-WebSocket-Protocol': ',,' }, 400],
  ])('with %s is refused', async (_, headers, expected) => {
    expect((await upgrade('/graphql', headers)).status).toBe(expected);
    expect(await isAlive()).toBe(200);
  });

  it('does the server no harm when its sender is gone before the answer', async () => {
    const { host } = new URL(gateway.url);
    const uncaught: Error[] = [];
    const note = (cause: Error) => void uncaught.push(cause);
    // Alone in its process the server would end here.
    process.on('uncaughtException', note);
    for (let round = 0; round < 30; round++) {
      const socket = await openTcp(gateway.url);
      socket.on('error', () => {});
      socket.write(upgradeRequest(round % 2 ? '/elsewhere' : '/graphql', host, { Origin: 'https://evil.example' }));
      if (round % 3) await new Promise((resolve) => setImmediate(resolve));
      socket.resetAndDestroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.off('uncaughtException', note);
    expect(uncaught).toEqual([]);
    expect(await isAlive()).toBe(200);
  });
});
