import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEvent, type Monozu, openMonozu, printed } from '../open-monozu.ts';

let monozu: Monozu;

beforeAll(async () => {
  monozu = await openMonozu();
});

afterAll(() => monozu.close());

let counter = 0;
/** Log events that differ from all others. */
const logs = (count: number) =>
  Array.from({ length: count }, () => anEvent('log', { level: 'info', message: `line ${++counter}` }));

const accepted = { status: 204, text: '' };

describe('a batch', () => {
  it.each([1, 2, 999, 1000])('of %i events is stored whole', async (count) => {
    const before = await monozu.totals();
    expect(await monozu.ingest(logs(count))).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual({ ...before, events: before.events + count });
  });

  it('of more than 1,000 events is 413, and nothing of it is stored', async () => {
    const before = await monozu.totals();
    expect(await monozu.ingest(logs(1001))).toMatchObject({
      status: 413,
      body: { error: 'The body holds more than 1000 entries' },
    });
    expect(await monozu.totals()).toEqual(before);
  });

  it('of more than 5 MiB is 413 as sent and once inflated, and one of nearly 5 MiB is stored', async () => {
    const before = await monozu.totals();
    const batch = (bytes: number) => {
      const [event] = logs(1) as [Record<string, unknown>];
      const empty = JSON.stringify([{ ...event, pad: '' }]);
      return JSON.stringify([{ ...event, pad: 'x'.repeat(bytes - empty.length) }]);
    };
    const most = 5 * 1024 * 1024;
    const tooMuch = { status: 413, body: { error: `The body holds more than ${most} bytes` } };
    expect(await monozu.ingest(batch(most + 1))).toMatchObject(tooMuch);
    const zipped = gzipSync(batch(most + 1));
    expect(await monozu.ingest(zipped, { 'x-device-key': monozu.key, 'content-encoding': 'gzip' })).toMatchObject(
      tooMuch,
    );
    expect(await monozu.totals()).toEqual(before);
    expect(await monozu.ingest(batch(most))).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual({ ...before, events: before.events + 1 });
  });

  it('of no events is 204, and nothing happens', async () => {
    const before = await monozu.totals();
    expect(await monozu.ingest('[]')).toMatchObject(accepted);
    expect(await monozu.ingest(' [ ]\n')).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual(before);
  });

  it.each([
    ['a single event', JSON.stringify(printed.log), 'The body must be an array of events'],
    ['nothing', '', 'The body is empty'],
    ['a text', '"log"', 'The body must be JSON: one object, or an array'],
    ['null', 'null', 'The body must be JSON: one object, or an array'],
    ['half an array', '[{"kind":"log"},', 'The body is not valid JSON: it ends too early'],
    ['JSON and more', '[] []', 'The body is not valid JSON: something follows its end'],
    ['invalid UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 'The body is not valid UTF-8'],
    ['too deep a nest', '['.repeat(65) + ']'.repeat(65), 'The body is nested deeper than 64 levels'],
  ])('that is %s is 400', async (_, body, error) => {
    const before = await monozu.totals();
    expect(await monozu.ingest(body)).toMatchObject({ status: 400, body: { error } });
    expect(await monozu.totals()).toEqual(before);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])('may say that it is "%s"', async (type) => {
    expect(await monozu.ingest(logs(1), { 'X-DEVICE-KEY': monozu.key, 'content-type': type })).toMatchObject(accepted);
  });

  it('may be compressed', async () => {
    const headers = { 'x-device-key': monozu.key, 'content-encoding': 'gzip' };
    expect(await monozu.ingest(gzipSync(JSON.stringify(logs(3))), headers)).toMatchObject(accepted);
  });
});

describe('one bad event', () => {
  it.each([
    [0, 1],
    [0, 1000],
    [499, 1000],
    [999, 1000],
  ])('at place %i of %i refuses them all and is not kept as rejected either', async (index, count) => {
    const before = await monozu.totals();
    const batch: unknown[] = [...logs(count - 1)];
    batch.splice(index, 0, { ...printed.security_alert, data: { severity: 'high' } });
    expect(await monozu.ingest(batch)).toMatchObject({
      status: 400,
      body: { error: 'data.title is required: a non-empty string', index },
    });
    expect(await monozu.totals()).toEqual(before);
  });

  it('is named by its place when it is null, and the first of several is', async () => {
    const notAnObject = 'an event is a JSON object with kind, timestamp and data';
    expect(await monozu.ingest([...logs(2), null, 7])).toMatchObject({
      status: 400,
      body: { error: notAnObject, index: 2 },
    });
    expect(await monozu.ingest([logs(1)])).toMatchObject({ status: 400, body: { error: notAnObject, index: 0 } });
  });
});

describe('a batch sent again', () => {
  it('is 204 and stores nothing twice, also beside new events and twice in one batch', async () => {
    const batch = [...logs(5), anEvent('security_alert', { title: 'Resent' })];
    expect(await monozu.ingest(batch)).toMatchObject(accepted);
    const before = await monozu.totals();
    expect(await monozu.ingest(batch)).toMatchObject(accepted);
    expect(await monozu.ingest([...batch, ...batch])).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual(before);
    expect(await monozu.ingest([...batch, ...logs(2)])).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual({ ...before, events: before.events + 2 });
  });

  it('at the same time is stored once', async () => {
    const before = await monozu.totals();
    const batch = logs(20);
    const answers = await Promise.all(Array.from({ length: 6 }, () => monozu.ingest(batch)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 204]);
    expect(await monozu.totals()).toEqual({ ...before, events: before.events + 20 });
  });

  it('with another time, another kind or other data is another event, as is the same from another device', async () => {
    const before = await monozu.totals();
    const event = anEvent('log', { message: 'told apart' });
    const other = await monozu.gateway.createCredential('DEVICE_KEY', { name: 'another device' });
    expect(await monozu.ingest([event])).toMatchObject(accepted);
    expect(await monozu.ingest([{ ...event, timestamp: '2026-06-06T10:00:01.5Z' }])).toMatchObject(accepted);
    expect(await monozu.ingest([anEvent('log', { message: 'told apart.' })])).toMatchObject(accepted);
    expect(await monozu.ingest([event], { 'x-device-key': other.secret })).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual({ ...before, events: before.events + 4 });
  });
});

describe('the device key', () => {
  const unauthorized = { status: 401, body: { error: 'A valid key is needed' } };

  it('is asked for before anything else of the request is looked at', async () => {
    for (const body of ['not JSON', JSON.stringify(logs(1001)), 'x'.repeat(6 * 1024 * 1024)]) {
      expect(await monozu.ingest(body, {})).toMatchObject(unauthorized);
    }
  });

  it('is refused with one text when it is missing, empty, unknown, of another kind or sent twice', async () => {
    const { gateway, key } = monozu;
    const others = await Promise.all(
      (['INGEST_KEY', 'INTAKE_KEY', 'PROVISIONING_KEY', 'API_TOKEN'] as const).map((kind) => gateway.key(kind)),
    );
    const flipped = `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`;
    const texts = new Set<string>();
    for (const sent of ['', 'tocsin_device_', flipped, key.toLowerCase(), `${key}, ${key}`, ...others]) {
      const answer = await monozu.ingest(logs(1), { 'x-device-key': sent });
      expect(answer).toMatchObject(unauthorized);
      texts.add(answer.text);
    }
    texts.add((await monozu.ingest(logs(1), {})).text);
    texts.add((await monozu.ingest(logs(1), { authorization: `Bearer ${key}` })).text);
    expect(texts.size).toBe(1);
  });

  it('opens nothing a second after it was revoked', async () => {
    const { id, secret } = await monozu.gateway.createCredential('DEVICE_KEY', { name: 'to be revoked' });
    const send = () => monozu.ingest(logs(1), { 'x-device-key': secret });
    expect(await send()).toMatchObject(accepted);
    await monozu.gateway.store.credentials.revoke(id);
    await expect.poll(async () => (await send()).status, { timeout: 3000, interval: 50 }).toBe(401);
    expect(await send()).toMatchObject(unauthorized);
  });

  it('reaches its own tenant alone', async () => {
    const { gateway } = monozu;
    const tenantId = await gateway.createTenant('Neighbours');
    const theirs = await gateway.key('DEVICE_KEY', tenantId);
    const before = await monozu.totals();
    expect(await monozu.ingest([printed.security_alert], { 'x-device-key': theirs })).toMatchObject(accepted);
    expect(await monozu.totals()).toEqual(before);
    const { data } = await gateway.graphql(
      '{ alerts { nodes { tenantId } } }',
      {},
      await gateway.key('API_TOKEN', tenantId),
    );
    expect(data.alerts.nodes).toEqual([{ tenantId }]);
  });
});

describe('another method', () => {
  it('is 405 and says which is right', async () => {
    const response = await fetch(`${monozu.gateway.url}/v1/ingest`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('the Backup module', () => {
  const latest = async () => (await monozu.query('{ events(first: 1) { nodes { title message } } }')).events.nodes[0];

  it('flags the events it does not process while it is off, and accepts them with 204', async () => {
    const { gateway } = monozu;
    let run = 0;
    const sendAndRead = async () => {
      expect(await monozu.ingest([anEvent('backup_event', { job_id: `job-${++run}` })])).toMatchObject(accepted);
      const event = await latest();
      expect(event.message).toContain(`job-${run}`);
      return event.title;
    };
    expect(await sendAndRead()).toBeNull();
    await gateway.store.tenants.setBackupModule(gateway.tenantId, false);
    await expect.poll(sendAndRead, { timeout: 3000 }).toBe('Not processed: the Backup module is off');
    await monozu.ingest(logs(1));
    expect((await latest()).title).toBeNull();
    await gateway.store.tenants.setBackupModule(gateway.tenantId, true);
    await expect.poll(sendAndRead, { timeout: 3000 }).toBeNull();
  });
});

describe('other limits', () => {
  it('are taken from the configuration', async () => {
    const small = await openMonozu({ config: { maxBatchEvents: 3, maxBatchBytes: 2048 } });
    try {
      expect(await small.ingest(logs(3))).toMatchObject(accepted);
      expect(await small.ingest(logs(4))).toMatchObject({ status: 413 });
      expect(await small.ingest([anEvent('log', { message: 'x'.repeat(2048) })])).toMatchObject({ status: 413 });
    } finally {
      await small.close();
    }
  });
});
