import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Dialect, RequestFailure, type StreamRoute, type Variables } from '../../../rest-compat/kernel/route.ts';
import { echo, serveDialects } from './serve-dialects.ts';

const chunk = Buffer.alloc(64 * 1024, 'x');

/** `POST /stream` answers as many chunks as its body says, one for each run of its operation. */
const streaming: StreamRoute<Variables, { chunks: number }> = {
  method: 'post',
  path: '/stream',
  permission: 'DATA_READ',
  atOnce: 2,
  operation: 'chunk',
  decode: ({ text }) => {
    if (text === 'bad') throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'No such stream' });
    return { chunks: Number(text) };
  },
  stream: ({ chunks }, run) => ({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    bytes: (async function* () {
      for (let number = 0; number < chunks; number++) {
        await run({ number });
        yield chunk;
      }
    })(),
  }),
};

const dialect: Dialect = {
  ...echo,
  routes: [streaming, { ...streaming, path: '/forbidden', permission: 'DATA_WRITE' }],
};

const endless = 1_000_000;

function serve(execute: (number: number) => Promise<unknown> = async () => ({})) {
  return serveDialects([dialect], { bytes: 1000, bytesAtOnce: 1000 }, (_operation, { number }) =>
    execute(Number(number)),
  );
}

/** Opens a stream and reads nothing of it beyond its head. */
async function open(port: number, body: number | string) {
  const asked = request({ port, host: '127.0.0.1', path: '/stream', method: 'POST', headers: { 'x-key': 'good' } });
  asked.on('error', () => undefined).end(String(body));
  const [reply] = await once(asked, 'response');
  return { asked, reply };
}

const post = (url: string, path: string, body: string, key = 'good') =>
  fetch(url + path, { method: 'POST', body, headers: { 'x-key': key } });

describe('a stream', () => {
  it('is all that its route makes, a run of the operation at a time', async () => {
    await using served = await serve();

    const reply = await post(served.url, '/stream', '3');

    expect(reply.status).toBe(200);
    expect((await reply.arrayBuffer()).byteLength).toBe(3 * chunk.length);
    expect(served.executed).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }]);
  });

  it('of nothing is a whole reply', async () => {
    await using served = await serve();
    const reply = await post(served.url, '/stream', '0');
    expect([reply.status, await reply.text()]).toEqual([200, '']);
  });

  it.each([
    ['/stream', 'bad', 'good', 400],
    ['/stream', '1', 'unknown', 401],
    ['/forbidden', '1', 'good', 403],
    ['/stream', 'x'.repeat(2000), 'good', 413],
  ])('at %s is refused like any request: %s by %s with %i', async (path, body, key, status) => {
    await using served = await serve();
    const reply = await post(served.url, path, body, key);
    expect([reply.status, await reply.json()]).toEqual([
      status,
      expect.objectContaining({ error: expect.any(String) }),
    ]);
  });

  it('that fails before its first byte is answered with what failed', async () => {
    await using served = await serve(async () => {
      throw new RequestFailure({ code: 'NOT_FOUND', message: 'It is not there' });
    });
    const reply = await post(served.url, '/stream', '3');
    expect([reply.status, await reply.json()]).toEqual([404, expect.objectContaining({ error: 'It is not there' })]);
    expect(served.faults).toEqual([]);
  });

  it('that fails later breaks its connection, so that a part is never taken for the whole', async () => {
    const fault = new Error('disk I/O error');
    await using served = await serve(async (number) => {
      if (number === 2) throw fault;
    });
    const reply = await post(served.url, '/stream', '3');
    await expect(reply.arrayBuffer()).rejects.toThrow();
    expect(served.faults).toEqual([fault]);
  });

  it('is made no faster than it is taken', async () => {
    await using served = await serve();
    const { asked, reply } = await open(served.port, 200);
    let before = -1;
    const isStill = () => {
      const found = before === served.executed.length;
      before = served.executed.length;
      return found;
    };
    await expect.poll(isStill, { interval: 100 }).toBe(true);
    expect(before).toBeLessThan(150);

    let taken = 0;
    for await (const bytes of reply) taken += bytes.length;
    expect(taken).toBe(200 * chunk.length);
    asked.destroy();
  });

  it('is made no further when its caller leaves, and gives its place to another', async () => {
    await using served = await serve();
    const streams = [await open(served.port, endless), await open(served.port, endless)];
    const third = await post(served.url, '/stream', '1');
    expect(third.status).toBe(503);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);

    for (const { asked } of streams) asked.destroy();

    await expect.poll(async () => (await post(served.url, '/stream', '0')).status).toBe(200);
    const made = served.executed.length;
    await post(served.url, '/stream', '1');
    expect(served.executed.length).toBe(made + 1);
    expect(served.faults).toEqual([]);
  });
});
