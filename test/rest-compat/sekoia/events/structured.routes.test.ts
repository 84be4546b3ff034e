import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../../../../server/modules/credential/secret.ts';
import { line, openSekoia, oversize, type Sekoia, secondLine, tooLong, unknownKey, uuid } from '../open-sekoia.ts';

let sekoia: Sekoia;
let key: string;
/** A key of another tenant, whose events this one never sees. */
let otherKey: string;
let otherToken: string;

beforeAll(async () => {
  sekoia = await openSekoia();
  key = sekoia.key;
  const other = await sekoia.gateway.createTenant('Branch office');
  otherKey = await sekoia.gateway.key('INTAKE_KEY', other);
  otherToken = await sekoia.gateway.key('API_TOKEN', other);
});

afterAll(() => sekoia.close());

/** Without a key beside the body. */
const bare = {};
const withKey = () => ({ 'x-sekoiaio-intake-key': key });
const bad = (error: unknown) => ({ status: 400, body: { error } });
const noJson = 'json is required: the event, as a string';
const noJsons = 'jsons is required: an array of events';
const noCredential = { status: 401, body: { error: 'No credential was sent' } };
const atBoth = (path: string) => [path, path === '/' ? '/api/v1/intake-http' : `/api/v1/intake-http${path}`];

describe.each([...atBoth('/'), '/api/v1/intake-http/'])('POST %s', (path) => {
  it.each(['intake_key', 'intakey_key'])('takes one event with its key as %s', async (name) => {
    const answer = await sekoia.post(path, { [name]: key, json: line }, bare);
    expect(answer).toMatchObject({ status: 200, body: { event_id: uuid } });
    expect(Object.keys(answer.body)).toEqual(['event_id']);
    expect(await sekoia.raws([answer.body.event_id])).toEqual([line]);
  });
});

describe('POST /', () => {
  it.each([
    ['quoted JSON', '{"json":"{\\"key\\": \\"value\\"}"}', '{"key": "value"}'],
    ['an object', '{"json": {"b" : 1.50, "a":2 } }', '{"b" : 1.50, "a":2 }'],
    ['a number', '{"json":1.0}', '1.0'],
    ['an array', '{"json":[ 1 ]}', '[ 1 ]'],
  ])('keeps %s as written', async (_what, text, raw) => {
    const { body } = await sekoia.post('/', text, withKey());
    expect(await sekoia.raws([body.event_id])).toEqual([raw]);
  });

  it.each([
    ['one object', ' {"a" : 1}\n', 'one', ['{"a" : 1}']],
    ['an object over several lines', '{\n"a" : 1\n}\n', 'one', ['{\n"a" : 1\n}']],
    ['an array', '[{"a" : 1}, "text"]', 'many', ['{"a" : 1}', 'text']],
    ['an object a line', '{"a" : 1}\n{"b":2}\r\n\n', 'many', ['{"a" : 1}', '{"b":2}']],
    ['lines of which a later one is broken', '{"a":1}\n{"b"', 'many', ['{"a":1}', '{"b"']],
  ])('with the key beside the body takes %s for what it is', async (_what, text, form, expected) => {
    const { status, body } = await sekoia.post('/', text, withKey());
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([form === 'one' ? 'event_id' : 'event_ids']);
    expect(await sekoia.raws(form === 'one' ? [body.event_id] : body.event_ids)).toEqual(expected);
  });

  it.each([
    ['{"json":"a"', 'The body is not valid JSON: it ends too early'],
    ['text', 'The body must be JSON: one object, or an array'],
    ['', 'The body is empty'],
    ['{"a":1},\n{"b":2}', 'The body is not valid JSON: something follows its end'],
    ['[]', 'The array holds no events'],
  ])('refuses %j', async (text, error) => {
    expect(await sekoia.post('/', text, withKey())).toMatchObject(bad(error));
    expect(await sekoia.post('/', text, bare)).toMatchObject(bad(error));
  });

  it.each([{}, { json: null }, { message: 'a' }])('refuses a key with %j: no event', async (rest) => {
    expect(await sekoia.post('/', { intake_key: key, ...rest }, bare)).toMatchObject(bad(noJson));
  });

  it('refuses an event of more than 250 KiB with 413', async () => {
    const answer = await sekoia.post('/', { intake_key: key, json: oversize }, bare);
    expect(answer).toMatchObject({ status: 413, body: { error: `No event was accepted: ${tooLong}` } });
  });
});

describe.each(atBoth('/batch'))('POST %s', (path) => {
  it.each(['intake_key', 'intakey_key'])('takes each event with the key as %s', async (name) => {
    const answer = await sekoia.post(path, { [name]: key, jsons: [line, secondLine] }, bare);
    expect(answer).toMatchObject({ status: 200, body: { event_ids: [uuid, uuid] } });
    expect(await sekoia.raws(answer.body.event_ids)).toEqual([line, secondLine]);
  });
});

describe('POST /batch', () => {
  it('keeps objects exactly as written', async () => {
    const text = `{"jsons" : [ {"b" : 1.50,"a":[ ]} , "x",null ], "intake_key":"${key}"}`;
    const { body } = await sekoia.post('/batch', text, bare);
    expect(await sekoia.raws(body.event_ids)).toEqual(['{"b" : 1.50,"a":[ ]}', 'x', 'null']);
  });

  it.each(['{"jsons":["a"]}', '["a"]'])('refuses %s without a key', async (text) => {
    expect(await sekoia.post('/batch', text, bare)).toMatchObject(noCredential);
  });

  it.each([
    ['{}', noJsons],
    ['{"json":"a"}', noJsons],
    ['{"jsons":"[1]"}', noJsons],
    ['{"jsons":{"a":1}}', noJsons],
    ['{"jsons":null}', noJsons],
    ['{"jsons":[]}', 'The array holds no events'],
    ['{"jsons":["a"],"x":tru}', 'The body is not valid JSON'],
    ['{"jsons":["a" "b"]}', 'The body is not valid JSON (entry 0, counted from 0)'],
    ['{"jsons":["a"]', 'The body is not valid JSON: it ends too early'],
    ['{"jsons":["a"]}{}', 'The body is not valid JSON: something follows its end'],
    ['', 'The body is empty'],
    ['text', 'The body must be JSON: one object, or an array'],
  ])('refuses %j', async (text, error) => {
    expect(await sekoia.post('/batch', text, withKey())).toMatchObject(bad(error));
  });

  it('takes an array of events with the key beside the body', async () => {
    const { body } = await sekoia.post('/batch', '[{"message" : "a"},"b"]', withKey());
    expect(await sekoia.raws(body.event_ids)).toEqual(['{"message" : "a"}', 'b']);
  });

  it('takes an array of events with keys of their own', async () => {
    const { body } = await sekoia.post('/batch', [{ intake_key: key, json: 'a' }], bare);
    expect(await sekoia.raws(body.event_ids)).toEqual(['a']);
  });

  it('tells which of 1,000 events was refused', async () => {
    const jsons = Array.from({ length: 1000 }, (_, index) => (index === 999 ? oversize : `line ${index}`));
    const { status, body } = await sekoia.post('/batch', { intake_key: key, jsons }, bare);
    expect([status, body.event_ids.length]).toEqual([200, 999]);
    expect(body.events[999]).toEqual({ event_id: null, status: 'rejected', error: tooLong });
    expect(await sekoia.post('/batch', { intake_key: key, jsons: [oversize] }, bare)).toMatchObject({ status: 413 });
  });

  it('takes 10,000 events, and stores nothing of 10,001', async () => {
    const jsons = Array.from({ length: 10_000 }, (_, index) => `line ${index}`);
    const { status, body } = await sekoia.post('/batch', { intake_key: key, jsons }, bare);
    expect([status, new Set(body.event_ids).size]).toEqual([200, 10_000]);
    const before = await sekoia.totals();
    expect(await sekoia.post('/batch', { intake_key: key, jsons: [...jsons, 'x'] }, bare)).toMatchObject({
      status: 413,
    });
    expect(await sekoia.totals()).toEqual(before);
  });

  it('takes a body of nearly 10 MiB', async () => {
    const jsons = Array.from({ length: 41 }, () => 'x'.repeat(250_000));
    const { status, body } = await sekoia.post('/batch', { intake_key: key, jsons }, bare);
    expect([status, body.event_ids.length]).toEqual([200, 41]);
  });
});

describe.each(atBoth('/array'))('POST %s', (path) => {
  it('takes in each event by its own key', async () => {
    const elements = [
      { intake_key: key, json: 'mine' },
      { intake_key: otherKey, json: 'theirs' },
      { intakey_key: key, json: { also: 'mine' } },
    ];
    const { status, body } = await sekoia.post(path, elements, bare);
    expect([status, Object.keys(body)]).toEqual([200, ['event_ids']]);
    const [first = '', second = '', third = ''] = body.event_ids;
    expect(await sekoia.raws([first, third])).toEqual(['mine', '{"also":"mine"}']);
    expect(await sekoia.raws([second], otherToken)).toEqual(['theirs']);
    expect(await sekoia.stored(second)).toBeNull();
  });
});

describe('POST /array', () => {
  it('refuses the events of an unknown key, of none, and without json, and no others', async () => {
    const elements = [
      { intake_key: 'nobody', json: 'a' },
      { intake_key: key, json: 'b' },
      { json: 'c' },
      { intake_key: key },
      'd',
      { intake_key: otherKey, json: oversize },
    ];
    const { status, body } = await sekoia.post('/array', elements, bare);
    expect(status).toBe(200);
    const refused = (error: string) => ({ event_id: null, status: 'rejected', error });
    expect(body.event_ids).toEqual([uuid]);
    expect(body.events).toEqual([
      refused(unknownKey),
      { event_id: body.event_ids[0], status: 'accepted' },
      refused(unknownKey),
      refused(noJson),
      refused(unknownKey),
      refused(tooLong),
    ]);
  });

  it('takes the key beside the body for events that have none', async () => {
    const elements = [{ json: 'a' }, { intake_key: otherKey, json: 'b' }, 'c', { message: 'd' }];
    const { body } = await sekoia.post('/array', elements, withKey());
    const [a = '', b = '', c = '', d = ''] = body.event_ids;
    expect(await sekoia.raws([a, c, d])).toEqual(['a', 'c', '{"message":"d"}']);
    expect(await sekoia.raws([b], otherToken)).toEqual(['b']);
  });

  it('is 401 when no key is known, and stores nothing', async () => {
    const before = await sekoia.totals();
    const elements = [{ intake_key: 'nobody', json: 'a' }, { json: 'b' }];
    const unknown = { status: 401, body: { error: 'The credential is not known or not active' } };
    expect(await sekoia.post('/array', elements, bare)).toMatchObject(unknown);
    expect(await sekoia.post('/array', [{ json: 'b' }], bare)).toMatchObject(noCredential);
    expect(await sekoia.totals()).toEqual(before);
  });

  it('is 413 when every event of a known key is too long', async () => {
    const elements = [
      { intake_key: key, json: oversize },
      { intake_key: 'nobody', json: 'a' },
    ];
    const error = `No event was accepted: ${tooLong}; ${unknownKey}`;
    expect(await sekoia.post('/array', elements, bare)).toMatchObject({ status: 413, body: { error } });
  });

  it.each([
    ['{"intake_key":"k","json":"a"}', 'The body must be a JSON array'],
    ['[]', 'The array holds no events'],
    ['[{"intake_key":"k"}]', noJson],
    ['[{"intake_key":"k","json":"a"}', 'The body is not valid JSON: it ends too early'],
    ['', 'The body is empty'],
  ])('refuses %j', async (text, error) => {
    expect(await sekoia.post('/array', text, bare)).toMatchObject(bad(error));
  });

  it('looks up ten thousand wrong keys at once', async () => {
    const wrong = Array.from({ length: 9999 }, () => ({ intake_key: newSecret('INTAKE_KEY'), json: 'a' }));
    const { status, body } = await sekoia.post('/array', [...wrong, { intake_key: key, json: 'b' }], bare);
    expect([status, body.event_ids.length, body.events.length]).toEqual([200, 1, 10_000]);
  });
});

describe('the time of an event', () => {
  const given = '2026-11-20T10:30:45.123+02:00';
  const read = '2026-11-20T08:30:45.123Z';
  const timed = (time: string) => ({ ...withKey(), 'x-sekoiaio-event-timestamp': time });
  const timesOf = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await sekoia.stored(id)).occurredAt));

  it.each([
    ['/plain', 'a'],
    ['/plain/batch', 'a\nb'],
    ['/jsons', '["a","b"]'],
    ['/jsons?path=$.e', '{"e":["a"]}'],
    ['/', '{"json":"a"}'],
    ['/', '{"a":1}\n{"b":2}'],
    ['/batch', '{"jsons":["a","b"]}'],
    ['/array', '[{"json":"a"},"b"]'],
  ])('is the header’s for all events of POST %s %s', async (path, text) => {
    const { body } = await sekoia.post(path, text, timed(given));
    const ids = body.event_ids ?? [body.event_id];
    expect(await timesOf(ids)).toEqual(ids.map(() => read));
  });

  it.each([
    ['@timestamp', given],
    ['timestamp', given],
    ['@timestamp', 1795163445.123],
    ['timestamp', '1795163445123000000'],
  ])('is what the body says in %s: %j', async (name, time) => {
    const expected = '2026-11-20T08:30:45.123Z';
    for (const [path, content] of [
      ['/', { intake_key: key, json: 'a', [name]: time }],
      ['/batch', { intake_key: key, jsons: ['a'], [name]: time }],
      ['/array', [{ intake_key: key, json: 'a', [name]: time }]],
    ] as const) {
      const { body } = await sekoia.post(path, content, timed('2001-01-01'));
      expect(await timesOf(body.event_ids ?? [body.event_id])).toEqual([expected]);
    }
  });

  it('is each element’s own on /array, and the header’s for the rest', async () => {
    const elements = [{ json: 'a', timestamp: given }, { json: 'b' }, { json: 'c', timestamp: 'bad' }];
    const { body } = await sekoia.post('/array', elements, timed('2001-01-01'));
    const header = '2001-01-01T00:00:00.000Z';
    expect(await timesOf(body.event_ids)).toEqual([read, header, header]);
  });

  it('is that of receipt when the sender’s cannot be read, and the reply says so', async () => {
    const answer = await sekoia.post('/plain', 'a', timed('yesterday'));
    expect([answer.status, answer.headers.get('warning')]).toEqual([
      200,
      '199 - "X-SEKOIAIO-EVENT-TIMESTAMP is no time: it was not looked at"',
    ]);
    const event = await sekoia.stored(answer.body.event_id);
    expect(event.occurredAt).toBe(event.receivedAt);
  });
});
