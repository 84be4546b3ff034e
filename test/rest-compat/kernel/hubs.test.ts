import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { jutsuFailures } from '../../../rest-compat/jutsu/failures.ts';
import { type HubLimits, serveHubs } from '../../../rest-compat/kernel/hubs.ts';
import { type Dialect, type Operations, RequestFailure } from '../../../rest-compat/kernel/route.ts';
import { sendRaw, upgradeRequest } from '../../support/raw-http.ts';

/** Steps that a test feeds by hand; `left` once nobody follows them any more. */
class Steps implements AsyncIterableIterator<object> {
  left = false;
  taken = 0;
  readonly #waiting: object[] = [];
  #wake: (() => void) | undefined;

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(step: object): void {
    this.#waiting.push(step);
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<object, undefined>> {
    while (!this.left) {
      const value = this.#waiting.shift();
      if (value) {
        this.taken++;
        return { done: false, value };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<object, undefined>> {
    this.left = true;
    this.#wake?.();
    return { done: true, value: undefined };
  }
}

let encoded = 0;

const dialect: Dialect = {
  name: 'bell',
  credential: { kinds: ['API_TOKEN'], read: () => undefined },
  failures: jutsuFailures,
  routes: [],
  hubs: [
    {
      path: '/bell',
      credential: { kinds: ['API_TOKEN'], read: ({ query }) => query.get('token') || undefined },
      subscription: 'subscription Bell { rung }',
      gapOf: (step: { gap?: string }) => step.gap,
      encode: (step: object) => {
        encoded++;
        return { frame: step };
      },
    },
  ],
};

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function open(limits: Partial<HubLimits> = {}) {
  const followed: Steps[] = [];
  const faults: unknown[] = [];
  const resumed: unknown[] = [];
  const operations: Operations = {
    authenticate: async (_kinds, secret) => (secret === 'bad' ? undefined : { secret }),
    execute: async () => ({}),
    permits: () => true,
    credentialOf: () => 'any',
    subscribe: async (_document, variables, caller) => {
      resumed.push(variables['after']);
      if ((caller as { secret: string }).secret === 'weak') {
        throw new RequestFailure({ code: 'FORBIDDEN', message: 'This needs the permission to hear' });
      }
      const steps = new Steps();
      followed.push(steps);
      return steps;
    },
    report: (fault) => faults.push(fault),
  };
  const hubs = serveHubs([dialect], operations, {
    connections: 10,
    bufferedBytes: 64 * 1024,
    pingMs: 30_000,
    ...limits,
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => hubs.doors.get('/bell')?.(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(async () => {
    await hubs.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const connect = async (token = 'good', options: object = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/bell?token=${token}`, options);
    const frames: unknown[] = [];
    socket.on('message', (text) => frames.push(JSON.parse(String(text))));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const refused = new Promise<{ status: number; text: string }>((resolve) => {
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
    });
    socket.on('error', () => {});
    const opened = new Promise<undefined>((resolve) => socket.on('open', () => resolve(undefined)));
    return { socket, frames, closed, refusal: await Promise.race([refused, opened]) };
  };
  return { port, hubs, followed, faults, resumed, connect };
}

describe('a hub', () => {
  it('sends every step as one frame to who follows it', async () => {
    const { connect, followed } = await open();
    const { frames } = await connect();
    followed[0]?.push({ n: 1 });
    followed[0]?.push({ n: 2 });
    await expect.poll(() => frames).toEqual([{ frame: { n: 1 } }, { frame: { n: 2 } }]);
  });

  it('writes a step once, however many it is given to', async () => {
    const { connect, followed } = await open();
    const clients = await Promise.all(Array.from({ length: 5 }, () => connect()));
    const before = encoded;
    const step = { shared: true };
    for (const steps of followed) steps.push(step);
    for (const { frames } of clients) await expect.poll(() => frames).toEqual([{ frame: step }]);
    expect(encoded - before).toBe(1);
  });

  it('fetches what was left out before a gap, and tells its clients nothing of it', async () => {
    const { connect, followed, resumed } = await open();
    const { frames, socket } = await connect();
    followed[0]?.push({ n: 1 });
    followed[0]?.push({ gap: '41' });
    await expect.poll(() => resumed).toEqual([null, '41']);
    followed[1]?.push({ n: 2 });
    await expect.poll(() => frames).toEqual([{ frame: { n: 1 } }, { frame: { n: 2 } }]);
    expect(followed.map(({ left }) => left)).toEqual([true, false]);
    socket.close();
    await expect.poll(() => followed[1]?.left).toBe(true);
  });

  it.each([
    ['bad', 401, 'The credential is not known or not active'],
    ['', 401, 'No credential was sent'],
    ['weak', 403, 'This needs the permission to hear'],
  ])('answers the upgrade of the token "%s" with %i and never accepts it', async (token, status, error) => {
    const { connect, followed } = await open();
    const { refusal } = await connect(token);
    expect(refusal).toEqual({ status, text: JSON.stringify({ success: false, error }) });
    expect(followed).toEqual([]);
  });

  it('is full at its number of connections, and has room when one leaves', async () => {
    const { connect } = await open({ connections: 2 });
    const first = await connect();
    await connect();
    expect((await connect()).refusal).toMatchObject({ status: 503 });
    first.socket.close();
    await first.closed;
    await expect.poll(async () => (await connect()).refusal).toBeUndefined();
  });

  it('stops following when a client leaves, also one that leaves at once or fails the handshake', async () => {
    const { connect, followed, port } = await open();
    (await connect()).socket.close();
    (await connect()).socket.terminate();
    const broken = upgradeRequest('/bell?token=good', '127.0.0.1', { 'Sec-WebSocket-Key': 'short' });
    expect(await sendRaw(`http://127.0.0.1:${port}`, broken)).toMatchObject({ status: 400 });
    expect(followed).toHaveLength(3);
    await expect.poll(() => followed.every(({ left }) => left)).toBe(true);
  });

  it('drops a client that reads nothing while frames gather, and no other', async () => {
    const { connect, followed } = await open();
    const slow = await connect();
    const quick = await connect();
    slow.socket.pause();
    const pad = 'x'.repeat(256 * 1024);
    let sent = 0;
    await expect
      .poll(
        () => {
          for (const steps of followed) steps.push({ n: ++sent, pad });
          return followed[0]?.left;
        },
        { interval: 5, timeout: 10_000 },
      )
      .toBe(true);
    expect(followed[1]?.left).toBe(false);
    await expect.poll(() => quick.frames.length, { timeout: 10_000 }).toBe(followed[1]?.taken);
  });

  it('drops a client that does not answer its pings, and keeps one that does', async () => {
    const { connect, followed } = await open({ pingMs: 250 });
    const deaf = await connect('good', { autoPong: false });
    const alive = await connect();
    let pings = 0;
    alive.socket.on('ping', () => pings++);
    expect(await deaf.closed).toBe(1006);
    await expect.poll(() => pings, { timeout: 5000 }).toBeGreaterThan(2);
    expect(followed.map(({ left }) => left)).toEqual([true, false]);
  });

  it('closes with 1008 when the steps end, with 1001 when it is closed itself', async () => {
    const { connect, followed, hubs } = await open();
    const revoked = await connect();
    const other = await connect();
    await followed[0]?.return();
    expect(await revoked.closed).toBe(1008);
    await hubs.close();
    expect(await other.closed).toBe(1001);
    expect(followed[1]?.left).toBe(true);
  });

  it('closes with 1011 and reports it when a step cannot be told', async () => {
    const { connect, followed, faults } = await open();
    const client = await connect();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    followed[0]?.push(circular);
    expect(await client.closed).toBe(1011);
    expect(faults).toHaveLength(1);
    expect(followed[0]?.left).toBe(true);
  });

  it('does not read what clients send, and ends a connection that sends much', async () => {
    const { connect } = await open();
    const client = await connect();
    client.socket.send('{"type":"subscribe"}');
    client.socket.send('x'.repeat(5000));
    expect(await client.closed).toBe(1009);
    expect(client.frames).toEqual([]);
  });
});
