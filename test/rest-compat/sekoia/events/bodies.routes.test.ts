import { createGzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSekoia, type Sekoia } from '../open-sekoia.ts';

let sekoia: Sekoia;
let bomb: Buffer;

beforeAll(async () => {
  sekoia = await openSekoia();
  bomb = await makeBomb();
});

afterAll(() => sekoia.close());

const paths = ['/plain', '/plain/batch', '/jsons', '/jsons?path=$.a', '/', '/batch', '/array'];
const jsonPaths = paths.slice(2);
const withKey = () => ({ 'x-sekoiaio-intake-key': sekoia.key });
const tooLarge = { status: 413, body: { error: 'The body holds more than 10485760 bytes' } };

/** 200 MB of zero bytes in 200 kB, made without ever holding them. */
async function makeBomb(): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  const made = new Promise((resolve) => gzip.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve));
  const zeros = Buffer.alloc(1_000_000);
  for (let written = 0; written < 200; written++) {
    if (!gzip.write(zeros)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await made;
  return Buffer.concat(chunks);
}

describe('a body of 200 MB in 200 kB', () => {
  const beside = paths.map((path) => [path, 'a key beside it'] as const);
  const inside = ['/', '/batch', '/array'].map((path) => [path, 'no key yet'] as const);

  it.each([...beside, ...inside])(
    'is refused by POST %s with %s, stored nowhere, and never held',
    async (path, key) => {
      const before = await sekoia.totals();
      const headers = { 'content-encoding': 'gzip', ...(key === 'a key beside it' && withKey()) };
      const heldBefore = process.memoryUsage().rss;
      expect(await sekoia.post(path, bomb, headers)).toMatchObject(tooLarge);
      expect(process.memoryUsage().rss - heldBefore).toBeLessThan(50 * 1024 * 1024);
      expect(await sekoia.totals()).toEqual(before);
    },
  );
});

describe.each(paths)('the body of POST %s', (path) => {
  it('may hold 10 MiB and no byte more', async () => {
    const most = 10 * 1024 * 1024;
    expect(await sekoia.post(path, Buffer.alloc(most + 1, '\n'), withKey())).toMatchObject(tooLarge);
    const { status, body } = await sekoia.post(path, Buffer.alloc(most, '\n'), withKey());
    expect([status, body.error]).not.toEqual([413, tooLarge.body.error]);
  });

  it('is refused when its encoding is broken or unknown', async () => {
    for (const encoding of ['gzip', 'compress', 'gzip, gzip']) {
      const { status } = await sekoia.post(path, 'not encoded', { ...withKey(), 'content-encoding': encoding });
      expect(status).toBe(400);
    }
    const cut = gzipSync('a'.repeat(1000)).subarray(0, 20);
    expect((await sekoia.post(path, cut, { ...withKey(), 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('never makes the server fail or say what it is made of', async () => {
    const { key } = sekoia;
    const element = fc.record(
      { intake_key: fc.constantFrom(key, 'nobody', '', null, 7), json: fc.jsonValue(), timestamp: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
      fc.json().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(`[${text},`)),
      fc.array(element, { maxLength: 3 }).map((value) => Buffer.from(JSON.stringify(value))),
      element.map((value) => Buffer.from(JSON.stringify(value))),
      fc
        .record({ intake_key: fc.constant(key), jsons: fc.jsonValue() })
        .map((value) => Buffer.from(JSON.stringify(value))),
    );
    const replies = ['{"event_id":', '{"event_ids":', '{"error":"'];
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (body, beside) => {
        const answer = await sekoia.post(path, body, beside ? withKey() : {});
        expect([200, 400, 401]).toContain(answer.status);
        const text = JSON.stringify(answer.body);
        expect(replies.filter((start) => text.startsWith(start))).toHaveLength(1);
        expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.ts\b|SQLITE|insert into|select .* from/i);
        expect(text).not.toContain(key);
      }),
      { numRuns: 120 },
    );
  });
});

describe.each(jsonPaths)('the JSON of POST %s', (path) => {
  it('is refused when it is nested deeper than 64 levels', async () => {
    const deep = ['['.repeat(200_000), '{"a":'.repeat(200_000), `${'['.repeat(65)}${']'.repeat(65)}`];
    for (const text of path.includes('?') ? deep.map((inner) => `{"a":${inner}}`) : deep) {
      const error = 'The body is nested deeper than 64 levels';
      expect(await sekoia.post(path, text, withKey())).toMatchObject({ status: 400, body: { error } });
    }
  });

  it('is refused when it is no UTF-8', async () => {
    const answer = await sekoia.post(path, Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), withKey());
    expect(answer).toMatchObject({ status: 400, body: { error: 'The body is not valid UTF-8' } });
  });
});
