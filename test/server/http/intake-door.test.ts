import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { runServer, settingsOf } from '../../support/server-process.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const launchToken = 'of-the-desktop-app-and-of-nobody-else';
const anyFreePort = { host: '127.0.0.1', port: 0 };
const reach = '{ about { reach { isLocalOnly urls } } }';
let gateway: TestGateway;
let intake: string;

beforeAll(async () => {
  gateway = await startTestGateway({ config: { launchToken, intakeListen: anyFreePort } });
  const { intake: state } = gateway.listeners;
  if (!state?.isOpen) throw new Error('The listener is not open');
  intake = `http://127.0.0.1:${state.port}`;
});

afterAll(() => gateway.close());

/** A request with any headers at all, `Host` and `Origin` among them. */
const ask = (url: string, line: string, headers: Record<string, string>, body = '') => {
  const all = { Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendRaw(url, `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
};

describe('the listener for senders', () => {
  it('acknowledges what a sender on another machine sends, whatever name it knows this one by', async () => {
    const headers = { 'X-API-Key': await gateway.key(), 'Content-Type': 'application/json' };
    for (const Host of ['192.168.1.17:4000', 'tocsin.lan', 'evil.example']) {
      const id = crypto.randomUUID();
      const { status, body } = await ask(
        intake,
        'POST /api/v1/webhooks/wazuh',
        { ...headers, Host },
        JSON.stringify(aWazuhAlert({ id })),
      );
      expect([status, JSON.parse(body.toString())]).toEqual([200, expect.objectContaining({ indexed: 1 })]);
    }
    expect((await gateway.graphql('{ about { eventCount } }')).data.about.eventCount).toBe(3);
  });

  it('answers the dialects to their own credentials, and that it is there', async () => {
    const ofToken = { Authorization: `Bearer ${await gateway.key('API_TOKEN')}` };
    expect((await fetch(`${intake}/api/v1/networks`, { headers: ofToken })).status).toBe(200);
    expect((await fetch(`${intake}/plain`, { method: 'POST', body: 'x' })).status).toBe(401);
    expect(await (await fetch(`${intake}/livez`)).json()).toEqual({ status: 'ok' });
    const { host } = new URL(intake);
    const hub = `/api/ws/security?token=${await gateway.key('API_TOKEN')}`;
    expect((await sendRaw(intake, upgradeRequest(hub, host))).status).toBe(101);
  });

  it.each([
    ...['/index.html', '/alerts', '/setup', '/graphiql', '/schema.graphql', '/graphql?query={about{version}}'],
    ...['/metrics', '/readyz', '/auth/session', '/assets/index.js', '//graphql', '/%67raphql', '/livez/../graphql'],
  ])('has no GET %s, for nobody', async (path) => {
    for (const token of [launchToken, await gateway.key('API_TOKEN')]) {
      const { status } = await ask(intake, `GET ${path}`, { Host: 'x', Authorization: `Bearer ${token}` });
      expect(status).toBe(404);
    }
  });

  it('has no page at its root, where a dialect takes events', async () => {
    expect((await fetch(intake)).status).toBe(405);
  });

  it.each(['/graphql', '/auth/sign-in', '/auth/setup', '/auth/link'])('has no POST %s, for nobody', async (path) => {
    for (const token of [launchToken, await gateway.key('API_TOKEN')]) {
      const reply = await fetch(intake + path, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: '{"query":"{ about { version } }"}',
      });
      expect(reply.status).toBe(404);
    }
  });

  it("takes the desktop app's token for nothing, neither by a route nor by a WebSocket", async () => {
    const headers = { Authorization: `Bearer ${launchToken}` };
    const { host } = new URL(intake);
    expect((await fetch(`${gateway.url}/api/v1/networks`, { headers })).status).toBe(200);
    expect((await fetch(`${intake}/api/v1/networks`, { headers })).status).toBe(401);
    const hub = `/api/ws/security?token=${launchToken}`;
    expect((await sendRaw(gateway.url, upgradeRequest(hub, new URL(gateway.url).host))).status).toBe(101);
    expect((await sendRaw(intake, upgradeRequest(hub, host))).status).toBe(401);
    expect((await sendRaw(intake, upgradeRequest('/graphql', host, headers))).status).toBe(404);
  });

  it('is what the server says that senders reach it by', async () => {
    expect((await gateway.graphql(reach)).data.about.reach).toEqual({ isLocalOnly: true, urls: [intake, gateway.url] });
  });
});

describe('the listener of the desktop app', () => {
  it('answers as before: programs and pages of this machine alone', async () => {
    const headers = { Authorization: `Bearer ${launchToken}`, 'Content-Type': 'application/json' };
    const query = '{"query":"{ about { version } }"}';
    const { host } = new URL(gateway.url);
    expect((await ask(gateway.url, 'POST /graphql', { ...headers, Host: host }, query)).status).toBe(200);
    expect((await ask(gateway.url, 'POST /graphql', { ...headers, Host: '192.168.1.17:4000' }, query)).status).toBe(
      403,
    );
    expect((await ask(gateway.url, 'GET /livez', { Host: 'evil.example' })).status).toBe(403);
    const Origin = 'https://evil.example';
    expect((await ask(gateway.url, 'GET /livez', { Host: host, Origin })).status).toBe(403);
  });
});

describe('a listener for senders whose port another program has', () => {
  let other: Server;
  let port: number;

  beforeAll(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = (other.address() as AddressInfo).port;
  });

  afterAll(() => other.close());

  it("is told of, and a desktop app's server goes on without it", async () => {
    const taken = { host: '127.0.0.1', port };
    await using alone = await startTestGateway({
      config: { launchToken, intakeListen: taken, syslogHost: '127.0.0.1', syslogTcpPort: port },
    });
    const state = { isOpen: false, problem: 'PORT_TAKEN' };
    expect(alone.listeners).toEqual({ intake: state, syslog: state });
    expect((await alone.graphql(reach)).data.about.reach).toEqual({ isLocalOnly: true, urls: [alone.url] });
  });

  it('keeps any other server from starting, in words that help', async () => {
    const database = await createTestDatabase();
    const { code, stderr } = await runServer({ ...settingsOf(database), TOCSIN_INTAKE_LISTEN: `127.0.0.1:${port}` });
    await database.drop();
    expect([code, stderr]).toEqual([
      1,
      `Tocsin cannot start. Port ${port} on 127.0.0.1 is taken by another program. Set TOCSIN_INTAKE_LISTEN to another one.\n`,
    ]);
  });
});
