import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Sockets');
});

afterEach(dropSockets);

afterAll(() => gateway.close());

const init = (payload?: unknown) => ({ type: 'connection_init', payload });
const connect = () => GraphqlSocket.connect(gateway.url, tenant.token);
const subscription = 'subscription { alertRaised { alert { severity } } }';

describe('a message that is none', () => {
  it.each([
    ['no JSON', '{'],
    ['an empty text', ''],
    ['a number', '1'],
    ['null', 'null'],
    ['an array', '[]'],
    ['an object without a type', '{}'],
    ['an unknown type', '{"type":"start"}'],
    ['a type that is no text', '{"type":1}'],
    ['an init with a payload that is no object', '{"type":"connection_init","payload":"x"}'],
    ['a subscribe without an id', '{"type":"subscribe","payload":{"query":"{about{version}}"}}'],
    ['a subscribe with an empty id', '{"type":"subscribe","id":"","payload":{"query":"{about{version}}"}}'],
    ['a subscribe without a payload', '{"type":"subscribe","id":"1"}'],
    ['a subscribe whose query is no text', '{"type":"subscribe","id":"1","payload":{"query":1}}'],
    [
      'a subscribe whose variables are no object',
      '{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":"x"}}',
    ],
    ['a complete without an id', '{"type":"complete"}'],
    ['a message only a server sends', '{"type":"next","id":"1"}'],
  ])('closes the socket with 4400: %s', async (_, message) => {
    const socket = await connect();
    socket.send(message);
    expect(await socket.closed).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  it('closes the socket with 4400 before the init too, and when it is bytes', async () => {
    const early = await GraphqlSocket.open(gateway.url);
    early.send('nonsense');
    expect(await early.closed).toMatchObject({ code: 4400 });
    const binary = await connect();
    binary.socket.send(Buffer.from([0, 255, 128]));
    expect(await binary.closed).toMatchObject({ code: 4400 });
  });

  it('closes the socket with 1007 when it is a text of invalid UTF-8', async () => {
    const socket = await connect();
    socket.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect((await socket.closed).code).toBe(1007);
  });
});

describe('a socket that is not let in', () => {
  it('is closed with 4401 when it subscribes before the init', async () => {
    const socket = await GraphqlSocket.open(gateway.url);
    socket.subscribe('1', '{ about { version } }');
    expect(await socket.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('is closed with 4401 when it subscribes before the ack', async () => {
    const socket = await GraphqlSocket.open(gateway.url);
    socket.send(init({ authorization: 'Bearer x' }));
    socket.subscribe('1', '{ about { version } }');
    expect([4401, 4403]).toContain((await socket.closed).code);
    expect(socket.received).toEqual([]);
  });

  it.each([
    ['no payload', undefined],
    ['an empty payload', {}],
    ['a token of another shape', { authorization: 'Bearer secret' }],
    ['no scheme', { authorization: 'tocsin_api_x' }],
    ['a number', { authorization: 1 }],
    ['an object', { authorization: { toString: 'x' } }],
  ])('is closed with 4403 for %s', async (_, payload) => {
    const socket = await GraphqlSocket.open(gateway.url);
    socket.send(init(payload));
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it.each(['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY'] as const)(
    'is closed with 4403 for a key of kind %s',
    async (kind) => {
      const socket = await GraphqlSocket.open(gateway.url);
      socket.send(init({ authorization: `Bearer ${await gateway.key(kind, tenant.id)}` }));
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    },
  );

  it('is closed with 4408 when it sends no init in three seconds', async () => {
    const openedAt = Date.now();
    const socket = await GraphqlSocket.open(gateway.url);
    expect(await socket.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    expect(Date.now() - openedAt).toBeGreaterThan(2500);
    expect(Date.now() - openedAt).toBeLessThan(4500);
  });

  it.each(['graphql-ws', 'soap', ''])('is closed with 4406 for the subprotocol "%s"', async (protocol) => {
    const { host } = new URL(gateway.url);
    const { status, head, body } = await sendRaw(
      gateway.url,
      upgradeRequest('/graphql', host, { 'Sec-WebSocket-Protocol': protocol }).replace(
        /Sec-WebSocket-Protocol: \r\n/,
        '',
      ),
    );
    expect(status).toBe(101);
    expect(head).not.toMatch(/sec-websocket-protocol/i);
    // A close frame: its opcode, its length, its code.
    expect(body[0]).toBe(0x88);
    expect(body.readUInt16BE(2)).toBe(4406);
  });
});

describe('a socket that is let in', () => {
  it.each(['authorization', 'Authorization'])('may name its credential as %s', async (name) => {
    const socket = await GraphqlSocket.open(gateway.url);
    socket.send(init({ [name]: `Bearer ${tenant.token}` }));
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
  });

  it('is closed with 4409 when it uses an id twice', async () => {
    const socket = await connect();
    socket.subscribe('same', subscription);
    socket.subscribe('same', subscription);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for same already exists' });
  });

  it('may use an id again once its operation has ended', async () => {
    const socket = await connect();
    for (let round = 0; round < 3; round++) {
      socket.subscribe('again', '{ about { eventCount } }');
      expect(await socket.next()).toEqual({
        id: 'again',
        type: 'next',
        payload: { data: { about: { eventCount: expect.any(Number) } } },
      });
      expect(await socket.next()).toEqual({ id: 'again', type: 'complete' });
    }
  });

  it('is closed with 4429 when it sends a second init', async () => {
    const socket = await connect();
    socket.send(init({ authorization: `Bearer ${tenant.token}` }));
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  it('is closed with 4429 when it has more than 100 operations under way', async () => {
    const socket = await connect();
    for (let place = 0; place <= 100; place++) socket.subscribe(`flood ${place}`, subscription);
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many operations at once' });
  });

  it('is closed with 4429 when its credential has as many open as are allowed, until one of them is closed', async () => {
    await using small = await startTestGateway({ config: { maxSocketsPerKey: 2 } });
    const token = await small.key('API_TOKEN');
    const [first] = [await GraphqlSocket.connect(small.url, token), await GraphqlSocket.connect(small.url, token)];
    const third = await GraphqlSocket.open(small.url);
    third.send(init({ authorization: `Bearer ${token}` }));
    expect(await third.closed).toEqual({ code: 4429, reason: 'Too many sockets with this credential' });
    await GraphqlSocket.connect(small.url, (await openTenant(small, 'Another')).token);
    first.drop();
    await expect.poll(() => GraphqlSocket.connect(small.url, token).catch(() => undefined)).toBeDefined();
  });

  it('is answered a ping, with its payload', async () => {
    const socket = await connect();
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.send({ type: 'ping', payload: { at: 1 } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 1 } });
  });

  it('is closed with 1009 for a message larger than 64 kB, and not for one as large', async () => {
    const socket = await connect();
    const padded = (bytes: number) => {
      const message = JSON.stringify({ type: 'ping', payload: { pad: '' } });
      return message.replace('""', `"${'x'.repeat(bytes - message.length)}"`);
    };
    socket.send(padded(64 * 1024));
    expect(await socket.next()).toMatchObject({ type: 'pong' });
    socket.send(padded(64 * 1024 + 1));
    expect((await socket.closed).code).toBe(1009);
  });

  it('may complete what it never began', async () => {
    const socket = await connect();
    socket.send({ type: 'complete', id: 'never' });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  it('may have several subscriptions, and leave one of them', async () => {
    const socket = await tenant.live(subscription);
    const other = await tenant.live(subscription);
    socket.subscribe('second', subscription);
    socket.send({ type: 'complete', id: 'live' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tenant.ingest(aWazuhAlert());
    const payload = { data: { alertRaised: { alert: { severity: 'LOW' } } } };
    expect(await other.next()).toEqual({ id: 'live', type: 'next', payload });
    expect(await socket.next()).toEqual({ id: 'second', type: 'next', payload });
    expect(socket.received).toEqual([]);
  });
});

describe('the end of the server', () => {
  it('closes its sockets with 1001', async () => {
    await using own = await startTestGateway();
    const socket = await GraphqlSocket.connect(own.url, await own.key('API_TOKEN'));
    socket.subscribe('live', subscription);
    await own.stop();
    expect((await socket.closed).code).toBe(1001);
  });

  it('is not held up by a client that no longer answers', async () => {
    await using own = await startTestGateway({ config: { shutdownMs: 1000 } });
    const socket = await GraphqlSocket.connect(own.url, await own.key('API_TOKEN'));
    socket.subscribe('live', subscription);
    socket.socket.pause();
    const startedAt = Date.now();
    const cut = setTimeout(dropSockets, 6000);
    await own.stop();
    clearTimeout(cut);
    expect(Date.now() - startedAt).toBeLessThan(3000);
  });
});
