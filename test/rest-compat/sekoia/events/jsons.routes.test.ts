import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { line, openSekoia, oversize, type Sekoia, secondLine, tooLong, uuid } from '../open-sekoia.ts';

let sekoia: Sekoia;

beforeAll(async () => {
  sekoia = await openSekoia();
});

afterAll(() => sekoia.close());

const bad = (error: unknown) => ({ status: 400, body: { error } });

describe.each(['/jsons', '/api/v1/intake-http/jsons'])('POST %s', (path) => {
  it('takes each element as an event, in order', async () => {
    const answer = await sekoia.post(path, [line, secondLine]);
    expect(answer).toMatchObject({ status: 200, body: { event_ids: [uuid, uuid] } });
    expect(Object.keys(answer.body)).toEqual(['event_ids']);
    expect(await sekoia.raws(answer.body.event_ids)).toEqual([line, secondLine]);
  });
});

describe('POST /jsons', () => {
  it('keeps strings as they are and everything else exactly as written', async () => {
    const texts = [
      '{"b" : 1.50,"a":123456789012345678901234567890, "a":[ ]}',
      '[1, 2]',
      '-0',
      '1e400',
      'true',
      'null',
      '{ }',
    ];
    const { status, body } = await sekoia.post('/jsons', `[ "quoted \\"x\\"" ,${texts.join(' ,\n')} ]\n`);
    expect(status).toBe(200);
    expect(await sekoia.raws(body.event_ids)).toEqual(['quoted "x"', ...texts]);
  });

  it.each([
    ['{"events":["a"]}', 'The body must be a JSON array, or ?path= must lead to one inside it'],
    ['[]', 'The array holds no events'],
    ['"a"', 'The body must be JSON: one object, or an array'],
    ['', 'The body is empty'],
    ['["a"', 'The body is not valid JSON: it ends too early'],
    ['["a",tru]', 'The body is not valid JSON (entry 1, counted from 0)'],
    ['a\nb', 'The body must be JSON: one object, or an array'],
  ])('refuses %j', async (text, error) => {
    expect(await sekoia.post('/jsons', text)).toMatchObject(bad(error));
  });

  it.each([
    ['$', '["a","b"]', ['a', 'b']],
    ['$.events', '{"jsonrpc":"2.0","events":[{"a": 1},"b"]}', ['{"a": 1}', 'b']],
    ["$['the events']", '{"the events":["a"]}', ['a']],
    ['$["x"].y[1]', '{"x":{"y":[[1],["a"]]}}', ['a']],
    ['$[0].events', '[{"events":["a"]}]', ['a']],
    ['$.events[*]', '{"events":[{"a": 1},"b",3]}', ['{"a": 1}', 'b', '3']],
    ['$[*].events', '[{"events":["a"]},{"no":1},{"events":["b","c"]}]', ['a', 'b', 'c']],
    ['$.events', '{"events":["old"],"events":["new"]}', ['new']],
    ['$.__proto__', '{"__proto__":["a"]}', ['a']],
    ["$['it\\'s']", '{"it\'s":["a"]}', ['a']],
    ['$.ünï', '{"\\u00fcn\\u00ef":["a"]}', ['a']],
    ['$.@graph', '{"@graph":["a"]}', ['a']],
  ])('with path=%s reads %j', async (path, text, expected) => {
    const { status, body } = await sekoia.post(`/jsons?path=${encodeURIComponent(path)}`, text);
    expect(status).toBe(200);
    expect(await sekoia.raws(body.event_ids)).toEqual(expected);
  });

  it.each([
    ['$.events', '{"events":{"a":1}}', 'path leads to no array in the body'],
    ['$.events', '{}', 'path leads to no array in the body'],
    ['$.length', '["a"]', 'path leads to no array in the body'],
    ['$.toString', '{}', 'path leads to no array in the body'],
    ['$[9]', '[["a"]]', 'path leads to no array in the body'],
    ['$.a.b', '{"a":"text"}', 'path leads to no array in the body'],
    ['$.a[*].b', '{"a":[]}', 'path leads to no array in the body'],
    ['$.events', '{"events":[]}', 'The array holds no events'],
    ['$.events', '{"events":["a"],"other":tru}', 'The body is not valid JSON'],
    ['$.events', '{"events":["a"]', 'The body is not valid JSON: it ends too early'],
    ['$.events', '{"events":[1 2]}', 'The body is not valid JSON'],
    ['$.events', '{"a" "b","events":[1]}', 'The body is not valid JSON: an object holds no member'],
    ['$.events', '{"\\q":1,"events":[1]}', 'The body is not valid JSON: a name is no string'],
    ['$.events', '{1:2,"events":[1]}', 'The body is not valid JSON: an object holds no member'],
    ['$.events', '', 'The body is not valid JSON'],
  ])('with path=%s refuses %j', async (path, text, error) => {
    expect(await sekoia.post(`/jsons?path=${encodeURIComponent(path)}`, text)).toMatchObject(bad(error));
  });

  it('bounds what a path may select to 10,000 events', async () => {
    const half = JSON.stringify(Array.from({ length: 5001 }, () => 0));
    const answer = await sekoia.post('/jsons?path=$[*]', `[${half},${half}]`);
    expect(answer).toMatchObject({ status: 413, body: { error: 'The path leads to more than 10000 events' } });
  });

  it('takes 10,000 events, and stores nothing of 10,001', async () => {
    const texts = Array.from({ length: 10_000 }, (_, index) => `line ${index}`);
    const { status, body } = await sekoia.post('/jsons', texts);
    expect([status, new Set(body.event_ids).size]).toEqual([200, 10_000]);
    const before = await sekoia.totals();
    const answer = await sekoia.post('/jsons', [...texts, 'one more']);
    expect(answer).toMatchObject({ status: 413, body: { error: 'The body holds more than 10000 entries' } });
    expect(await sekoia.totals()).toEqual(before);
  });

  it('measures an element as it was written', async () => {
    const { body } = await sekoia.post('/jsons', `["a",{"a":${' '.repeat(250 * 1024)}1}]`);
    expect(body.events).toEqual([
      { event_id: uuid, status: 'accepted' },
      { event_id: null, status: 'rejected', error: tooLong },
    ]);
    expect(await sekoia.post('/jsons', [oversize])).toMatchObject({ status: 413 });
  });

  it('keeps any text, but what no database can hold', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', '\ud800', '\udc00', '\0', '\n', '\r', '"', '\\', '\u2028'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
        const { status, body } = await sekoia.post('/jsons', texts);
        expect(status).toBe(200);
        const expected = texts.map((one) => one.toWellFormed().replaceAll('\0', '\ufffd'));
        expect(await sekoia.raws(body.event_ids)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
