import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Served, serveDialects } from './serve-dialects.ts';

const limit = 1024 * 1024;
let served: Served;

beforeAll(async () => {
  served = await serveDialects(undefined, { bytes: limit, bytesAtOnce: 8 * limit });
});

afterAll(() => served[Symbol.asyncDispose]());

beforeEach(() => {
  served.executed.length = 0;
});

async function post(body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/echo`, {
    method: 'POST',
    body,
    headers: { 'x-key': 'good', ...headers },
  });
  return { status: response.status, body: await response.json() };
}

/** Posts a body in pieces, without a length, until an answer comes; says what it is and how much was sent by then. */
async function stream(pieces: Iterable<Buffer>, headers: Record<string, string> = {}) {
  const outgoing = request(`${served.url}/echo`, { method: 'POST', headers: { 'x-key': 'good', ...headers } });
  let sent = 0;
  let answered = false;
  outgoing.on('error', () => undefined);
  const answer = once(outgoing, 'response').then(async ([response]) => {
    answered = true;
    return {
      status: response.statusCode,
      connection: response.headers.connection,
      body: (await response.toArray()).join(''),
    };
  });
  for (const piece of pieces) {
    if (answered) break;
    sent += piece.length;
    if (!outgoing.write(piece)) await Promise.race([once(outgoing, 'drain'), answer]);
  }
  if (!answered) outgoing.end();
  const reply = await answer;
  outgoing.destroy();
  return { ...reply, sent };
}

function* endless(piece: Buffer, total: number) {
  for (let sent = 0; sent < total; sent += piece.length) yield piece;
}

const tooLarge = { status: 413, body: { success: false, error: `The body holds more than ${limit} bytes` } };
const bad = (error: string) => ({ status: 400, body: { success: false, error } });
const notInflated = bad('The body does not inflate: it is cut short or not in its Content-Encoding');

describe('a body', () => {
  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'image/png; charset=x'])(
    'is read whatever its type says: %s',
    async (type) => {
      await post(Buffer.from('zwölf €'), type === undefined ? {} : { 'content-type': type });
      expect(served.executed).toEqual([{ text: 'zwölf €', fault: null }]);
    },
  );

  it('keeps a byte order mark and NUL', async () => {
    await post('\ufeff\0a');
    expect(served.executed).toEqual([{ text: '\ufeff\0a', fault: null }]);
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('in the encoding %s is inflated', async (encoding, compress) => {
    const text = 'é'.repeat(300_000);
    await post(compress(text), { 'content-encoding': encoding });
    expect(served.executed).toEqual([{ text, fault: null }]);
  });

  it('in two gzip members is read whole', async () => {
    await post(Buffer.concat([gzipSync('ab'), gzipSync('cd')]), { 'content-encoding': 'gzip' });
    expect(served.executed).toEqual([{ text: 'abcd', fault: null }]);
  });

  it('with something else behind its gzip member is 400', async () => {
    const body = Buffer.concat([gzipSync('ab'), Buffer.alloc(200_000, 'x')]);
    expect(await post(body, { 'content-encoding': 'gzip' })).toEqual(notInflated);
  });

  it.each(['compress', 'gzip, gzip', 'constructor', 'utf-8'])('in the unknown encoding %s is 400', async (encoding) => {
    expect(await post('{}', { 'content-encoding': encoding })).toEqual(
      bad('The Content-Encoding is not supported: use one of gzip, x-gzip, deflate, br, zstd, or none'),
    );
  });

  it.each(['gzip', 'deflate', 'br', 'zstd'])('that is no %s, or no whole one, is 400', async (encoding) => {
    const whole = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync }[encoding]!(
      Buffer.from('some text, some text'),
    );
    expect(await post('not compressed at all', { 'content-encoding': encoding })).toEqual(notInflated);
    expect(await post(whole.subarray(0, -3), { 'content-encoding': encoding })).toEqual(notInflated);
  });

  it.each([[[0xff]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xe2, 0x82]], [[0xf5, 0x80, 0x80, 0x80]]])(
    'of the bytes %j is 400: not UTF-8',
    async (bytes) => {
      expect(await post(Buffer.from([0x22, ...bytes]))).toEqual(bad('The body is not valid UTF-8'));
    },
  );

  it('may be exactly as long as the limit', async () => {
    expect(await post(Buffer.alloc(limit, 'a'))).toEqual({ status: 200, body: { length: limit } });
    expect(await post(gzipSync(Buffer.alloc(limit, 'a')), { 'content-encoding': 'gzip' })).toEqual({
      status: 200,
      body: { length: limit },
    });
  });
});

describe('a body over the limit', () => {
  it('by its Content-Length is 413', async () => {
    expect(await post(Buffer.alloc(limit + 1, 'a'))).toEqual(tooLarge);
  });

  it('by its Content-Length is 413 before any of it is read', async () => {
    const socket = connect(served.port, '127.0.0.1');
    socket.write(`POST /echo HTTP/1.1\r\nHost: a\r\nX-Key: good\r\nContent-Length: ${limit + 1}\r\n\r\n`);
    const [head] = await once(socket, 'data');
    expect(String(head)).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
    const start = performance.now();
    await once(socket, 'close');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('is 413 to a sender that goes on sending, as soon as the limit is passed', async () => {
    const { status, connection, sent } = await stream(endless(Buffer.alloc(64 * 1024, 'a'), 400 * limit));

    expect([status, connection]).toEqual([413, 'close']);
    expect(sent).toBeLessThan(50 * limit);
    expect(served.executed).toEqual([]);
  });

  it('is 413 when only its compressed bytes are many', async () => {
    const empty = gzipSync('');
    const { status } = await stream(endless(Buffer.concat(Array(3000).fill(empty)), 40 * limit), {
      'content-encoding': 'gzip',
    });
    expect(status).toBe(413);
  });

  const zeros = Buffer.alloc(20 * limit);
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  it.each([
    ['gzip', Buffer.concat(Array(10).fill(gzipSync(zeros)))],
    ['deflate', deflateSync(Buffer.alloc(200 * limit), { level: 1 })],
    ['br', brotliCompressSync(Buffer.alloc(200 * limit), fast)],
    ['zstd', zstdCompressSync(Buffer.alloc(200 * limit))],
  ])('once inflated (%s, 200 MB) is 413 at once and costs no memory', async (encoding, bomb) => {
    await post('warm');
    const before = process.memoryUsage();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before.rss);
    }, 1);
    const start = performance.now();
    const reply = await post(bomb, { 'content-encoding': encoding });
    const took = performance.now() - start;
    clearInterval(watch);

    expect(reply).toEqual(tooLarge);
    expect(took).toBeLessThan(500);
    expect(Math.max(most, process.memoryUsage().rss - before.rss)).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('an upload that breaks off', () => {
  it.each([
    ['of known length', 'Content-Length: 1000', 'half'],
    ['in chunks', 'Transfer-Encoding: chunked', '4\r\nhalf\r\n'],
    ['compressed', 'Content-Encoding: gzip\r\nContent-Length: 1000', gzipSync('half').toString('latin1')],
  ])('(%s) runs nothing, and is no fault', async (_kind, headers, part) => {
    const socket = connect(served.port, '127.0.0.1');
    socket.write(`POST /echo HTTP/1.1\r\nHost: a\r\nX-Key: good\r\n${headers}\r\n\r\n${part}`, 'latin1');
    await wait(30);
    socket.destroy();
    await wait(30);

    expect([served.executed, served.faults]).toEqual([[], []]);
    expect(await post('next')).toEqual({ status: 200, body: { length: 4 } });
  });
});
