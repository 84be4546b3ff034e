import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { aWazuhAlert } from '../../../support/builders.ts';
import { sendRaw, upgradeRequest } from '../../../support/raw-http.ts';
import { runTocsin, settingsOf, startServer } from '../../../support/server-process.ts';
import { createTestDatabase } from '../../../support/test-database.ts';
import { anEvent, type Monozu, openMonozu, printed } from '../open-monozu.ts';

let monozu: Monozu;

const path = '/api/ws/security';
const open = new Set<WebSocket>();

beforeAll(async () => {
  monozu = await openMonozu();
});

afterEach(() => {
  for (const socket of open) socket.terminate();
  open.clear();
});

afterAll(() => monozu.close());

// biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
type Frame = any;

/** A client of the hub, let in. */
async function listen(token = monozu.token, { gateway } = monozu) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}${path}?token=${token}`);
  open.add(socket);
  const frames: Frame[] = [];
  socket.on('message', (text) => frames.push(JSON.parse(String(text))));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  await once(socket, 'open');
  return { frames, closed };
}

/** What an attempt to open the hub is answered. */
async function knock(query: string, headers: Record<string, string> = {}) {
  const { host } = new URL(monozu.gateway.url);
  const { status, body } = await sendRaw(monozu.gateway.url, upgradeRequest(`${path}${query}`, host, headers));
  return { status, body: String(body) };
}

let counter = 0;
const alertTitled = (title: string) => anEvent('security_alert', { title }, { id: ++counter });

describe('the hub', () => {
  it('pushes the alert that the vendor prints, once it is stored', async () => {
    const { frames } = await listen();
    expect(await monozu.ingest(Object.values(printed))).toMatchObject({ status: 204 });
    await expect.poll(() => frames).toHaveLength(1);
    const { alerts } = await monozu.query('{ alerts { nodes { id receivedAt event { intake { id } } } } }');
    const [alert] = alerts.nodes;
    expect(frames[0]).toEqual({
      type: 'alert',
      data: {
        id: alert.id,
        tenant_id: monozu.gateway.tenantId,
        device_id: alert.event.intake.id,
        title: 'Port scan detected',
        severity: 'high',
        source_ip: '192.168.1.100',
        destination_ip: '10.0.0.1',
        description: 'SYN scan from 192.168.1.100 on 256 ports',
        status: 'new',
        event_timestamp: '2026-06-06T10:00:02.000Z',
        created_at: alert.receivedAt,
      },
    });
  });

  it.each(['critical', 'high', 'medium', 'low', 'info'])('says severity %s as the appliance did', async (severity) => {
    const { frames } = await listen();
    await monozu.ingest([anEvent('security_alert', { title: `severity ${severity}`, severity })]);
    await expect.poll(() => frames[0]?.data.severity).toBe(severity);
  });

  it('pushes alerts of other doors too, to every connection of the tenant, in order', async () => {
    const clients = [await listen(), await listen(), await listen()];
    await monozu.ingest([alertTitled('one'), alertTitled('two')]);
    await monozu.gateway.ingestWazuh(aWazuhAlert({ id: '1700000000.77' }));
    await monozu.ingest([alertTitled('three')]);
    const titles = ['one', 'two', 'sshd: Attempt to login using a non-existent user', 'three'];
    for (const { frames } of clients) {
      await expect.poll(() => frames.map(({ data }) => data.title)).toEqual(titles);
      expect(frames[2]).toMatchObject({
        type: 'alert',
        data: { device_id: null, source_ip: null, destination_ip: null },
      });
    }
  });

  it('pushes nothing for a batch that is refused, and nothing again for one that is sent again', async () => {
    const { frames } = await listen();
    const batch = [alertTitled('only once')];
    await monozu.ingest([alertTitled('never'), { kind: 'log' }]);
    await monozu.ingest(batch);
    await monozu.ingest(batch);
    await monozu.ingest([alertTitled('last')]);
    await expect.poll(() => frames.map(({ data }) => data.title)).toEqual(['only once', 'last']);
  });

  it('leaves nothing out, and repeats nothing, when far more alerts come than it can push at once', async () => {
    const { frames } = await listen();
    const batches = Array.from({ length: 4 }, (_, batch) =>
      Array.from({ length: 1000 }, (_, index) => alertTitled(`burst ${batch * 1000 + index}`)),
    );
    for (const batch of batches) expect(await monozu.ingest(batch)).toMatchObject({ status: 204 });
    await expect.poll(() => frames.length, { timeout: 20_000 }).toBe(4000);
    expect(frames.map(({ data }) => data.title)).toEqual(batches.flat().map(({ data }: Frame) => data.title));
  });

  it('shows a tenant its own alerts and nothing of its neighbours', async () => {
    const { gateway } = monozu;
    const tenantId = await gateway.createTenant('Across the street');
    const [token, key] = await Promise.all([gateway.key('API_TOKEN', tenantId), gateway.key('DEVICE_KEY', tenantId)]);
    const ours = await listen();
    const theirs = await listen(token);
    for (let round = 0; round < 5; round++) {
      await monozu.ingest([alertTitled(`ours ${round}`)]);
      await monozu.ingest([alertTitled(`theirs ${round}`)], { 'x-device-key': key });
    }
    for (const [name, { frames }] of Object.entries({ ours, theirs })) {
      await expect
        .poll(() => frames.map(({ data }) => data.title))
        .toEqual([0, 1, 2, 3, 4].map((round) => `${name} ${round}`));
    }
    expect(new Set(theirs.frames.map(({ data }) => data.tenant_id))).toEqual(new Set([tenantId]));
  });
});

describe('a client that is not let in', () => {
  const unauthorized = { status: 401, body: '{"error":"A valid key is needed"}' };

  it('is answered 401 at the upgrade, with one text for every reason', async () => {
    const { gateway, token } = monozu;
    const device = await gateway.key('DEVICE_KEY');
    const flipped = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
    for (const query of ['', '?token=', '?token=x', `?token=${device}`, `?token=${flipped}`, `?Token=${token}`]) {
      expect(await knock(query)).toEqual(unauthorized);
    }
    expect(await knock(`?token=${token}&token=${token}`)).toEqual(unauthorized);
    expect(await knock('', { Authorization: `Bearer ${token}` })).toEqual(unauthorized);
  });

  it('is answered 403 for a token that may not read alerts', async () => {
    const { secret } = await monozu.gateway.createCredential('API_TOKEN', { permissions: ['EVENTS_READ'] });
    expect(await knock(`?token=${secret}`)).toEqual({
      status: 403,
      body: '{"error":"This needs the permission ALERTS_READ"}',
    });
  });

  it('is answered 403 for a page of a foreign origin, and is let in from the own one', async () => {
    const { gateway, token } = monozu;
    expect(await knock(`?token=${token}`, { Origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await knock(`?token=${token}`, { Origin: 'null' })).toMatchObject({ status: 403 });
    expect(await knock(`?token=${token}`, { Origin: gateway.url })).toMatchObject({ status: 101 });
  });

  it('is answered 404 beside the path, 400 for a broken handshake and 426 without one', async () => {
    const { gateway, token } = monozu;
    const { host } = new URL(gateway.url);
    expect(await sendRaw(gateway.url, upgradeRequest(`${path}/?token=${token}`, host))).toMatchObject({ status: 101 });
    expect(await sendRaw(gateway.url, upgradeRequest(`${path}/x?token=${token}`, host))).toMatchObject({ status: 404 });
    expect(await knock(`?token=${token}`, { 'Sec-WebSocket-Key': 'short' })).toMatchObject({ status: 400 });
    const plain = await fetch(`${gateway.url}${path}?token=${token}`);
    expect(plain.status).toBe(426);
    expect(plain.headers.get('upgrade')).toBe('websocket');
    expect(await plain.json()).toEqual({ error: 'Open a WebSocket here' });
    expect((await fetch(`${gateway.url}${path}`, { method: 'POST' })).status).toBe(405);
  });

  it('beyond the number of connections is answered 503', async () => {
    const small = await openMonozu({ config: { maxHubConnections: 1 } });
    try {
      await listen(small.token, small);
      const { host } = new URL(small.gateway.url);
      const request = upgradeRequest(`${path}?token=${small.token}`, host);
      expect(await sendRaw(small.gateway.url, request)).toMatchObject({ status: 503 });
    } finally {
      await small.close();
    }
  });
});

describe('a token that is revoked', () => {
  it('closes what it opened and opens nothing more, and no other token is touched', async () => {
    const { gateway } = monozu;
    const { id, secret } = await gateway.createCredential('API_TOKEN', { name: 'leaver' });
    const leaver = await listen(secret);
    const stayer = await listen();
    await gateway.store.credentials.revoke(id);
    expect(await leaver.closed).toBe(1008);
    await monozu.ingest([alertTitled('after')]);
    await expect.poll(() => stayer.frames.map(({ data }) => data.title)).toEqual(['after']);
    expect(leaver.frames).toEqual([]);
    expect(await knock(`?token=${secret}`)).toMatchObject({ status: 401 });
  });
});

describe('the log', () => {
  it('never holds the URL of the hub, which holds the token', async () => {
    const place = await createTestDatabase();
    const settings = { ...settingsOf(place), TOCSIN_LOG_LEVEL: 'trace' };
    const made = await runTocsin(['credential', 'create', '--kind', 'api-token', '--name', 'me', '--json'], settings);
    const { secret } = JSON.parse(made.stdout);
    const server = await startServer(settings);
    const { host } = new URL(server.url);
    for (const [query, headers] of [
      [`?token=${secret}`, {}],
      [`?token=${secret}`, { Origin: 'https://evil.example' }],
      [`?token=${secret}&token=x`, {}],
      [`/x?token=${secret}`, {}],
      [`?token=${secret}`, { 'Sec-WebSocket-Key': 'short' }],
    ] as const) {
      await sendRaw(server.url, upgradeRequest(`${path}${query}`, host, headers));
    }
    await fetch(`${server.url}${path}?token=${secret}`);
    const { stdout, stderr } = await server.stop();
    expect(stdout).toContain('Tocsin has stopped');
    expect(stdout + stderr).not.toContain('?token=');
    expect(stdout + stderr).not.toContain(secret);
    await place.drop();
  });
});

describe('the end of the server', () => {
  it('closes the connections with 1001', async () => {
    const own = await openMonozu();
    try {
      const { closed } = await listen(own.token, own);
      await own.gateway.stop();
      expect(await closed).toBe(1001);
    } finally {
      await own.close();
    }
  });
});
