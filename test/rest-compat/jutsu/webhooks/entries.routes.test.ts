import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

let jutsu: Jutsu;

beforeAll(async () => {
  jutsu = await openJutsu();
});

afterAll(() => jutsu.close());

describe(`POST ${wazuhPath}`, () => {
  it.each([
    [3, 'INFORMATIONAL', false],
    [4, 'LOW', true],
    [7, 'MEDIUM', true],
    [12, 'HIGH', true],
    [15, 'CRITICAL', true],
  ])('says of rule level %i that it is %s, alert: %j', async (level, severity, isAlert) => {
    const { body } = await jutsu.post(wazuhPath, { ...wazuhAlert, rule: { ...wazuhAlert.rule, level } });
    expect(body.results).toEqual([{ ...accepted, isAlert }]);
    expect(await jutsu.stored(body.results[0]!.id)).toMatchObject({ format: 'WAZUH', severity, isAlert });
  });

  it.each([
    '2026-11-20T10:30:45+0000',
    '2026-11-20T10:30:45.000+0000',
    '2026-11-20T10:30:45.000000+0000',
    '2026-11-20T11:30:45+0100',
  ])('understands the time %s', async (timestamp) => {
    const { body } = await jutsu.post(wazuhPath, { ...wazuhAlert, timestamp });
    expect((await jutsu.stored(body.results[0]!.id)).occurredAt).toBe('2026-11-20T10:30:45.000Z');
  });

  it('refuses an entry that is no Wazuh alert, and only that', async () => {
    const { status, body } = await jutsu.post(wazuhPath, [syslogRecord, wazuhAlert]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, received: 2, indexed: 1, failed: 1 });
    expect(body.results).toEqual([refused(null, expect.stringContaining('rule'), 0), { ...accepted, isAlert: true }]);
  });
});

describe(`POST ${syslogPath}`, () => {
  it('refuses a whole batch that holds a Wazuh alert, and names the right endpoint', async () => {
    const before = await jutsu.totals();
    expect(await jutsu.post(syslogPath, [syslogRecord, { ...wazuhAlert, full_log: 'text' }])).toEqual({
      status: 400,
      body: {
        success: false,
        error: 'This payload is shaped like a Wazuh alert: send it to /api/v1/webhooks/wazuh',
        expected_endpoint: '/api/v1/webhooks/wazuh',
      },
    });
    expect(await jutsu.totals()).toEqual(before);
  });

  it('takes a custom event with message, host and source, and keeps its other fields', async () => {
    const event = {
      message: 'USB disk attached',
      host: 'pos-7',
      source: 'agent',
      severity: 'Low',
      details: { port: 3 },
    };
    const { body } = await jutsu.post(syslogPath, event);
    expect(body.results).toEqual([{ ...accepted, isAlert: true }]);
    expect(await jutsu.stored(body.results[0]!.id)).toMatchObject({
      format: 'SYSLOG_RECORD',
      message: 'USB disk attached',
      host: 'pos-7',
      app: 'agent',
      severity: 'LOW',
      raw: JSON.stringify(event),
    });
  });

  it.each([
    ['critical', 'CRITICAL'],
    ['High', 'HIGH'],
    ['MEDIUM', 'MEDIUM'],
    ['low', 'LOW'],
    ['info', 'INFORMATIONAL'],
    ['Informational', 'INFORMATIONAL'],
    ['emerg', 'CRITICAL'],
    ['alert', 'CRITICAL'],
    ['crit', 'CRITICAL'],
    ['err', 'HIGH'],
    ['warning', 'MEDIUM'],
    ['notice', 'LOW'],
    ['debug', 'INFORMATIONAL'],
    [0, 'CRITICAL'],
    [3, 'HIGH'],
    ['4', 'MEDIUM'],
    [5, 'LOW'],
    [7, 'INFORMATIONAL'],
    ['whatever', 'INFORMATIONAL'],
    [undefined, 'INFORMATIONAL'],
  ])('takes severity %j for %s', async (severity, expected) => {
    const { body } = await jutsu.post(syslogPath, { ...syslogRecord, severity });
    expect(body.results).toEqual([{ ...accepted, isAlert: expected !== 'INFORMATIONAL' }]);
    expect((await jutsu.stored(body.results[0]!.id)).severity).toBe(expected);
  });

  it.each(['2026-11-20T10:30:45Z', '2026-11-20T11:30:45+01:00', 1795170645, 1795170645000, '1795170645'])(
    'understands the time %j',
    async (timestamp) => {
      const { body } = await jutsu.post(syslogPath, { ...syslogRecord, timestamp });
      expect((await jutsu.stored(body.results[0]!.id)).occurredAt).toBe('2026-11-20T10:30:45.000Z');
    },
  );

  it('takes the time of receipt where there is none', async () => {
    const { body } = await jutsu.post(syslogPath, syslogRecord);
    const { occurredAt, receivedAt } = await jutsu.stored(body.results[0]!.id);
    expect(occurredAt).toBe(receivedAt);
  });

  it.each([
    [{ ...syslogRecord, full_log: undefined, id: 'e1' }, 'e1', /^full_log is required/],
    [{ ...syslogRecord, full_log: '', id: 'e2' }, 'e2', /^full_log is required/],
    [{ ...syslogRecord, full_log: 7, id: 3 }, '3', /^full_log must be a string/],
    [{ ...syslogRecord, timestamp: 'yesterday' }, null, /^timestamp /],
    [null, null, /object/],
    ['text', null, /object/],
    [[syslogRecord], null, /object/],
  ])('refuses the entry %j', async (entry, id, reason) => {
    const { status, body } = await jutsu.post(syslogPath, [syslogRecord, entry]);
    expect([status, body.indexed, body.failed]).toEqual([200, 1, 1]);
    expect(body.results[1]).toEqual(refused(id, expect.stringMatching(reason), 1));
  });
});
