import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { line, openSekoia, oversize, type Sekoia, secondLine, tooLong, uuid } from '../open-sekoia.ts';

let sekoia: Sekoia;

beforeAll(async () => {
  sekoia = await openSekoia();
});

afterAll(() => sekoia.close());

const empty = { status: 400, body: { error: 'The body holds no event' } };
const atBoth = (path: string) => [path, `/api/v1/intake-http${path}`];

describe.each(atBoth('/plain'))('POST %s', (path) => {
  it('takes the body as one event', async () => {
    const answer = await sekoia.post(path, line);
    expect(answer).toMatchObject({ status: 200, body: { event_id: uuid } });
    expect(Object.keys(answer.body)).toEqual(['event_id']);
    expect(await sekoia.raws([answer.body.event_id])).toEqual([line]);
  });

  it('refuses an empty body', async () => {
    expect(await sekoia.post(path, '')).toMatchObject(empty);
  });
});

describe('POST /plain', () => {
  it.each([
    ['line breaks', 'first\r\nsecond\n\n'],
    ['JSON', '{ "a" : 1.50,\n "b":[ ] }'],
    ['a form', 'a=b&c=%20'],
    ['spaces', '  x  '],
    ['a byte order mark', '\ufeffx'],
    ['what SQL would trip over', "'; drop table event; --"],
  ])('keeps %s as sent', async (_what, text) => {
    const { body } = await sekoia.post('/plain', text);
    expect(await sekoia.raws([body.event_id])).toEqual([text]);
  });

  it.each([
    ['none', undefined],
    ['text', 'text/plain'],
    ['JSON', 'application/json; charset=utf-8'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['several forms', 'multipart/form-data; boundary=x'],
    ['none that there is', 'no/such;;=thing'],
  ])('keeps the same event whatever the type says: %s', async (_name, type) => {
    const headers: Record<string, string> = {
      'x-sekoiaio-intake-key': sekoia.key,
      ...(type && { 'content-type': type }),
    };
    const sent = await fetch(`${sekoia.gateway.url}/plain`, {
      method: 'POST',
      headers,
      body: Buffer.from('{"a": 1}\n'),
    });
    const { event_id } = (await sent.json()) as { event_id: string };
    expect(await sekoia.raws([event_id])).toEqual(['{"a": 1}\n']);
  });

  it('takes an event of 250 KiB and refuses one of a byte more with 413', async () => {
    const longest = await sekoia.post('/plain', oversize.slice(1));
    expect(longest.status).toBe(200);
    const answer = await sekoia.post('/plain', oversize);
    expect(answer).toMatchObject({ status: 413, body: { error: `No event was accepted: ${tooLong}` } });
  });

  it('counts the bytes of UTF-8, not characters', async () => {
    expect((await sekoia.post('/plain', '€'.repeat(85_333))).status).toBe(200);
    expect((await sekoia.post('/plain', '€'.repeat(85_334))).status).toBe(413);
  });
});

describe.each(atBoth('/plain/batch'))('POST %s', (path) => {
  it('takes each line as an event, in order', async () => {
    const answer = await sekoia.post(path, `${line}\n${secondLine}`);
    expect(answer).toMatchObject({ status: 200, body: { event_ids: [uuid, uuid] } });
    expect(Object.keys(answer.body)).toEqual(['event_ids']);
    expect(await sekoia.raws(answer.body.event_ids)).toEqual([line, secondLine]);
  });

  it.each(['', '\n', '\r\n', '\n\r\n\n'])('refuses %j: no event', async (text) => {
    expect(await sekoia.post(path, text)).toMatchObject(empty);
  });
});

describe('POST /plain/batch', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\r\r\nb\r', ['a\r', 'b']],
    ['\n\na\n\n\nb\n\n', ['a', 'b']],
    ['a\rb', ['a\rb']],
    ['a\u2028b\u0085c\vd\fe', ['a\u2028b\u0085c\vd\fe']],
    [' \n\t', [' ', '\t']],
    ['{"a":\n1}', ['{"a":', '1}']],
    ['a\0b\nc', ['a\ufffdb', 'c']],
    ['\ufeffa', ['\ufeffa']],
  ])('reads %j as %j', async (text, lines) => {
    const { body } = await sekoia.post('/plain/batch', text);
    expect(await sekoia.raws(body.event_ids)).toEqual(lines);
  });

  it('loses no line of a host that does not write UTF-8, nor spoils its neighbours', async () => {
    const bytes = Buffer.concat([
      Buffer.from('caf\xe9 \x80\n', 'latin1'),
      Buffer.from('café €\r\n'),
      Buffer.from([0xff, 0xfe, 0x00]),
    ]);
    const { status, body } = await sekoia.post('/plain/batch', bytes);
    expect(status).toBe(200);
    expect(await sekoia.raws(body.event_ids)).toEqual(['café €', 'café €', 'ÿþ\ufffd']);
  });

  it('reads lines as a text file is read, whatever is in them', async () => {
    const piece = fc.constantFrom('\n', '\r\n', '\r', 'a', 'é', '😀', '\0', '\u2028', ' ', '{"a":"b"}', '\ud800');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join('');
        const expected = text
          .split('\n')
          .map((part) => part.replace(/\r$/, '').toWellFormed().replaceAll('\0', '\ufffd'))
          .filter((part) => part !== '');
        const { status, body } = await sekoia.post('/plain/batch', text);
        expect(status).toBe(expected.length === 0 ? 400 : 200);
        expect(await sekoia.raws(body.event_ids ?? [])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 2])('tells which of three events was refused: number %i', async (bad) => {
    const lines = ['a', 'b', 'c'].map((text, index) => (index === bad ? oversize : text));
    const { status, body } = await sekoia.post('/plain/batch', lines.join('\n'));
    expect(status).toBe(200);
    expect(body.event_ids).toHaveLength(2);
    const ids = [...body.event_ids];
    expect(body.events).toEqual(
      lines.map((_text, index) =>
        index === bad
          ? { event_id: null, status: 'rejected', error: tooLong }
          : { event_id: ids.shift(), status: 'accepted' },
      ),
    );
  });

  it('keeps the beginning of a refused event as a rejected one', async () => {
    const before = await sekoia.totals();
    await sekoia.post('/plain/batch', `a\n${oversize}`);
    expect(await sekoia.totals()).toEqual({ events: before.events + 1, rejected: before.rejected + 1 });
  });

  it('takes 999 good events beside a bad one', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => (index === 500 ? oversize : `line ${index}`));
    const { status, body } = await sekoia.post('/plain/batch', lines.join('\n'));
    expect([status, body.event_ids.length, body.events.length]).toEqual([200, 999, 1000]);
    expect(body.events.findIndex(({ event_id }) => event_id === null)).toBe(500);
  });

  it('refuses a batch of which every event is too long', async () => {
    const answer = await sekoia.post('/plain/batch', `${oversize}\n${oversize}`);
    expect(answer).toMatchObject({ status: 413, body: { error: `No event was accepted: ${tooLong}` } });
  });

  it('takes 10,000 events, and stores nothing of 10,001', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index}`);
    const { status, body } = await sekoia.post('/plain/batch', lines.join('\n'));
    expect([status, new Set(body.event_ids).size]).toEqual([200, 10_000]);
    const before = await sekoia.totals();
    const answer = await sekoia.post('/plain/batch', [...lines, 'one more'].join('\n'));
    expect(answer).toMatchObject({ status: 413, body: { error: 'The body holds more than 10000 events' } });
    expect(await sekoia.totals()).toEqual(before);
  });

  it('skips ten million empty lines', async () => {
    const { status, body } = await sekoia.post('/plain/batch', `${'\n'.repeat(10_000_000)}a`);
    expect([status, body.event_ids.length]).toEqual([200, 1]);
  });

  it.each(['gzip', 'x-gzip'])('inflates %s', async (encoding) => {
    const headers = { 'x-sekoiaio-intake-key': sekoia.key, 'content-encoding': encoding };
    const { body } = await sekoia.post('/plain/batch', gzipSync('a\nb\n'), headers);
    expect(await sekoia.raws(body.event_ids)).toEqual(['a', 'b']);
  });
});
