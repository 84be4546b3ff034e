import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Jutsu, openJutsu, syslogPath, wazuhPath } from './open-jutsu.ts';

const invalid = /^(?:The body|Entry \d+, counted from 0,) is not valid JSON/;
const neither = 'The body must be JSON: one object, or an array';

/** Bodies that are JSON: those of the first list hold entries, which are judged one by one. */
const entries = [
  '{}',
  '[{}]',
  '[[]]',
  '[[[[]]]]',
  '[1]',
  '[-0]',
  '[1e400]',
  '[1.5E+3]',
  '[""]',
  '["\\u0000"]',
  '["\\ud800"]',
  '["\\uD834\\uDD1E"]',
  '["\u2028"]',
  '["\x7f"]',
  '[true,false,null]',
  '[null]',
  ' [ { } ] \n',
  '\t{"":0}\r\n',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{}}}',
  '[{"id":"a"},{"id":"a"}]',
  '["\\"","\\\\","\\/"]',
  '[0.1e-7,123456789012345678901234567890]',
  '{"full_log":{"toString":1}}',
  '[" [ ] { } , "]',
  `[${'[]'.repeat(1)}]`,
  '{"\\u0061":[]}',
  '["é€😀"]',
];
const broken = [
  '[1,]',
  '[,1]',
  '[,]',
  '[1,,2]',
  '[1 2]',
  '[1}',
  '{]',
  '{"a"}',
  '{"a":}',
  '{"a" 1}',
  '{"a":1,}',
  '{,}',
  '{a:1}',
  "{'a':1}",
  '{"a":1}}',
  '[]]',
  '{}{}',
  '[][]',
  '{},{}',
  '[]x',
  '{}#',
  '[',
  '{',
  '["',
  '["a',
  '["\\"]',
  '[tru]',
  '[nul',
  '[+1]',
  '[01]',
  '[1.]',
  '[.1]',
  '[1e]',
  '[0x1]',
  '[NaN]',
  '[Infinity]',
  '[-]',
  '[--1]',
  '["\t"]',
  '["\n"]',
  '["\0"]',
  '["\\x00"]',
  '["\\u00g0"]',
  '["\\u12"]',
  '["\\a"]',
  '[1]\0',
  '[\u00a01]',
  '[\ufeff]',
  '[//c\n1]',
  '[/**/]',
  '[undefined]',
  '{"a":1 "b":2}',
  '{"a":1,,"b":2}',
  '["a" "b"]',
  '[True]',
  '[1_000]',
  '[`a`]',
  '[1;2]',
];
const noEntries = [
  '"text"',
  '1',
  '-1',
  'null',
  'true',
  'false',
  '\ufeff[]',
  '\ufeff{}',
  '\ufeff',
  '\0',
  'abc',
  "'a'",
  '\u00a0[]',
  '/**/[]',
  ',',
  ']',
  '}',
  '<a/>',
];

let jutsu: Jutsu;

beforeAll(async () => {
  jutsu = await openJutsu();
});

afterAll(() => jutsu.close());

const gzipped = () => ({ 'x-api-key': jutsu.key, 'content-encoding': 'gzip' });
const bad = (error: unknown) => ({ status: 400, body: { success: false, error } });
const tooLarge = { status: 413, body: { success: false, error: 'The body holds more than 10485760 bytes' } };

describe.each([wazuhPath, syslogPath])('the body of POST %s', (path) => {
  it.each(entries)('%j is taken: each entry is judged alone', async (text) => {
    const { status, body } = await jutsu.post(path, text);
    expect(status).toBe(200);
    expect(body.received).toBe(body.results.length);
    expect(body.received).toBe(body.indexed + body.failed);
  });

  it.each(broken)('%j is refused: not JSON', async (text) => {
    expect(await jutsu.post(path, text)).toEqual(bad(expect.stringMatching(invalid)));
  });

  it.each(noEntries)('%j is refused: neither object nor array', async (text) => {
    expect(await jutsu.post(path, text)).toEqual(bad(neither));
  });

  it.each(['', ' ', '\r\n\t'])('%j is refused: empty', async (text) => {
    expect(await jutsu.post(path, text)).toEqual(bad('The body is empty'));
  });

  it.each(['[]', ' [ ] '])('%j is refused: no events', async (text) => {
    expect(await jutsu.post(path, text)).toEqual(bad('The array holds no events'));
  });

  it('is refused when it is nested deeper than 64 levels', async () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect((await jutsu.post(path, deep(64))).status).toBe(200);
    for (const text of [deep(65), '['.repeat(200_000), '{"a":'.repeat(200_000), deep(100_000)]) {
      expect(await jutsu.post(path, text)).toEqual(bad('The body is nested deeper than 64 levels'));
    }
  });

  it.each([
    [[0x5b, 0x22, 0xff, 0x22, 0x5d]],
    [[0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00]],
    [[0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d]],
  ])('of the bytes %j is refused: not UTF-8', async (bytes) => {
    expect(await jutsu.post(path, Buffer.from(bytes))).toEqual(bad('The body is not valid UTF-8'));
  });

  it('may be compressed', async () => {
    expect((await jutsu.post(path, gzipSync('[{}]'), gzipped())).status).toBe(200);
    expect((await jutsu.post(path, 'not gzip', gzipped())).status).toBe(400);
  });

  it('is refused over 10 MiB as sent', async () => {
    expect(await jutsu.post(path, Buffer.alloc(10 * 1024 * 1024 + 1, ' '))).toEqual(tooLarge);
  });

  it('is refused over 10 MiB once inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '), { level: 1 });
    expect(await jutsu.post(path, bomb, gzipped())).toEqual(tooLarge);
  });

  it('stores nothing of what is refused as a whole', async () => {
    const before = await jutsu.totals();
    for (const text of ['[{},{},{]', '[]', '"a"', `[${'{},'.repeat(10_000)}{}]`]) {
      expect((await jutsu.post(path, text)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await jutsu.totals()).toEqual(before);
  });

  it('never makes the server fail or say what it is made of', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
      fc.json().map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(`[${text},`)),
      fc
        .record({ full_log: fc.anything(), rule: fc.anything(), timestamp: fc.anything(), id: fc.anything() })
        .map((value) =>
          Buffer.from(JSON.stringify(value, (_name, member) => (typeof member === 'bigint' ? String(member) : member))),
        ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const { status, body: reply } = await jutsu.post(path, body);
        expect([200, 400]).toContain(status);
        expect(reply).toHaveProperty('success', expect.any(Boolean));
        expect(JSON.stringify(reply)).not.toMatch(
          /\bat .*:\d+:\d+|node_modules|\.ts\b|SQLITE|insert into|select .* from/i,
        );
      }),
      { numRuns: 300 },
    );
  });
});
