import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeOfUuidV7 } from '../../../../server/uuid-v7.ts';
import { laterThanAnyId } from '../../../support/id-clock.ts';
import {
  accepted,
  type Jutsu,
  openJutsu,
  refused,
  syslogPath,
  syslogRecord,
  wazuhAlert,
  wazuhPath,
} from './open-jutsu.ts';

const good = { [wazuhPath]: wazuhAlert, [syslogPath]: syslogRecord };

let jutsu: Jutsu;

beforeAll(async () => {
  const receivedAt = laterThanAnyId(Date.now());
  jutsu = await openJutsu({ now: () => receivedAt });
});

afterAll(() => jutsu.close());

describe.each([wazuhPath, syslogPath] as const)('POST %s', (path) => {
  it('takes one object', async () => {
    expect(await jutsu.post(path, good[path])).toEqual({
      status: 200,
      body: { success: true, received: 1, indexed: 1, failed: 0, results: [{ ...accepted, isAlert: true }] },
    });
  });

  it('takes an array as one batch and answers in its order', async () => {
    const entries = [{ ...good[path], n: 1 }, 'no event', { ...good[path], n: 2 }];
    const { status, body } = await jutsu.post(path, entries);

    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, received: 3, indexed: 2, failed: 1 });
    expect(body.results.map((result) => 'position' in result)).toEqual([false, true, false]);
    expect((await jutsu.stored(body.results[0]!.id)).raw).toBe(JSON.stringify(entries[0]));
    expect((await jutsu.stored(body.results[2]!.id)).raw).toBe(JSON.stringify(entries[2]));
  });

  it('names the index by the tenant and the ISO week of receipt', async () => {
    const { body } = await jutsu.post(path, good[path]);
    const { id, index } = body.results[0]!;
    // The id tells when: other tests of this process may have put the clock of ids forward.
    const received = new Date(timeOfUuidV7(id));
    const thursday = new Date(received);
    thursday.setUTCDate(received.getUTCDate() + 4 - (received.getUTCDay() || 7));
    const year = thursday.getUTCFullYear();
    const week = Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7);
    expect(index).toBe(`org-${jutsu.gateway.tenantId}-${year}-w${String(week).padStart(2, '0')}-events`);
  });

  it('is a failure in a well-formed reply when nothing was indexed', async () => {
    const { status, body } = await jutsu.post(path, [{ id: 'a' }, {}, 7, null, [good[path]]]);

    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, received: 5, indexed: 0, failed: 5 });
    expect(body.results.map(({ id }) => id)).toEqual(['a', null, null, null, null]);
  });

  it('keeps what it refuses, with the reason', async () => {
    const entry = `{ "id" : "kept-${path.length}", "n": 1.0, "big": 12345678901234567890 }`;
    const { body } = await jutsu.post(path, `[ ${entry} ]`);
    const { rejectedEvents } = await jutsu.query<{ rejectedEvents: { nodes: unknown } }>(
      '{ rejectedEvents(first: 1) { nodes { reason raw } } }',
    );

    expect(body.results).toEqual([refused(`kept-${path.length}`, expect.any(String), 0)]);
    expect(rejectedEvents.nodes).toEqual([{ reason: body.results[0]!.error, raw: entry }]);
  });

  it('keeps the exact text of what it accepts', async () => {
    const text = JSON.stringify(good[path]).replace('{', '{ "big":12345678901234567890, "x": 1.0,\t"é":"\\u00e9",');
    const { body } = await jutsu.post(path, `[${text}\n, ${text}]`);
    for (const { id } of body.results) expect((await jutsu.stored(id)).raw).toBe(text);
  });

  it('stores an entry once that is sent again under its id', async () => {
    const entry = { ...good[path], id: `again-${path}` };
    const first = await jutsu.post(path, entry);
    const again = await jutsu.post(path, [entry, entry]);
    const changed = await jutsu.post(path, { ...entry, extra: 1 });

    const { id } = first.body.results[0]!;
    expect(again.body).toMatchObject({ received: 2, indexed: 2, failed: 0 });
    expect(again.body.results.map((result) => result.id)).toEqual([id, id]);
    expect(changed.body.results[0]!.id).not.toBe(id);
    expect((await jutsu.stored(id)).externalId).toBe(`again-${path}`);
  });

  it('stores an entry without an id as often as it comes', async () => {
    const { body } = await jutsu.post(path, [good[path], good[path]]);
    expect(body.results[0]!.id).not.toBe(body.results[1]!.id);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/x-www-form-urlencoded',
    '',
  ])('reads a body of the Content-Type %j', async (type) => {
    const { status } = await jutsu.post(`${path}/`, good[path], { 'x-api-key': jutsu.key, 'Content-Type': type });
    expect(status).toBe(200);
  });

  it.each(['X-API-Key', 'x-api-key'])('takes the key in %s', async (name) => {
    expect((await jutsu.post(path, good[path], { [name]: jutsu.key })).status).toBe(200);
  });

  it.each(['Bearer', 'bearer', 'BEARER'])('takes the key as Authorization: %s', async (scheme) => {
    expect((await jutsu.post(path, good[path], { authorization: `${scheme} ${jutsu.key}` })).status).toBe(200);
  });

  it('takes the same key in both headers and refuses two', async () => {
    const { secret: other } = await jutsu.gateway.createCredential('INGEST_KEY', { name: 'other' });
    expect(
      (await jutsu.post(path, good[path], { 'x-api-key': jutsu.key, authorization: `Bearer ${jutsu.key}` })).status,
    ).toBe(200);
    expect(await jutsu.post(path, good[path], { 'x-api-key': jutsu.key, authorization: `Bearer ${other}` })).toEqual({
      status: 401,
      body: { success: false, error: 'X-API-Key and Authorization disagree: send one ingest key' },
    });
  });

  it.each(['INTAKE_KEY', 'DEVICE_KEY', 'API_TOKEN'] as const)('does not know a credential of kind %s', async (kind) => {
    const secret = await jutsu.gateway.key(kind);
    for (const headers of [{ 'x-api-key': secret }, { authorization: `Bearer ${secret}` }]) {
      expect(await jutsu.post(path, good[path], headers)).toEqual({
        status: 401,
        body: { success: false, error: 'The credential is not known or not active' },
      });
    }
  });

  it('does not know a key that was revoked five seconds ago', async () => {
    const { id, secret } = await jutsu.gateway.createCredential('INGEST_KEY', { name: 'revoked' });
    const status = async () => (await jutsu.post(path, good[path], { 'x-api-key': secret })).status;
    await expect.poll(status).toBe(200);
    await jutsu.gateway.store.credentials.revoke(id);
    await expect.poll(status, { timeout: 5000, interval: 200 }).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['an unknown key', { 'x-api-key': 'tocsin_ingest_unknown' }],
    ['another scheme', { authorization: 'Basic dG9jc2lu' }],
  ])('stores nothing for %s, whatever the body', async (_name, headers) => {
    const before = await jutsu.totals();
    for (const body of [good[path], 'not json', '[]']) expect((await jutsu.post(path, body, headers)).status).toBe(401);
    expect(await jutsu.totals()).toEqual(before);
  });

  it('takes 10,000 entries and refuses one more', async () => {
    const before = await jutsu.totals();
    expect(await jutsu.post(path, `[${Array(10_001).fill('{}').join(',')}]`)).toEqual({
      status: 413,
      body: { success: false, error: 'The body holds more than 10000 entries' },
    });
    expect(await jutsu.totals()).toEqual(before);
    expect((await jutsu.post(path, `[${Array(10_000).fill('{}').join(',')}]`)).body).toMatchObject({
      received: 10_000,
      failed: 10_000,
    });
  });

  it('answers another method with 405', async () => {
    const response = await fetch(jutsu.gateway.url + path);
    expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([
      405,
      'POST',
      { success: false, error: 'Use POST here' },
    ]);
  });
});
