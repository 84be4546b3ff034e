import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { type Environment, runTocsin, settingsOf } from '../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;
let env: Environment;

beforeAll(async () => {
  gateway = await startTestGateway();
  env = settingsOf(gateway.config);
  for (let network = 1; network <= 6; network++) {
    await gateway.graphql(
      `mutation { createNetwork(input: { name: "${network}", cidr: "10.0.${network}.0/24" }) { id } }`,
    );
  }
  await gateway.ingestWazuh([aWazuhAlert(), aWazuhAlert({ rule: { level: 2 } }), { not: 'an alert' }]);
});

afterAll(() => gateway.close());

const swap =
  'update audit_entry set sequence = -2 where sequence = 2;update audit_entry set sequence = 2 where sequence = 5;update audit_entry set sequence = 5 where sequence = -2';
const putIn =
  "insert into audit_entry (id, tenant_id, at, credential_id, action, subject, details) select '01940000-0000-7000-8000-000000000000', tenant_id, at, credential_id, action, subject, details from audit_entry where sequence = 1";

describe('tocsin doctor', () => {
  it('finds all well beside a running server: guarantees, integrity, counters', async () => {
    const { code, stdout, stderr } = await runTocsin(['doctor', '--json'], env);
    const { ok, version, checks } = JSON.parse(stdout);

    expect({ code, stderr, ok }).toEqual({ code: 0, stderr: '', ok: true });
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const found = Object.fromEntries(checks.map((check: { name: string; found: string }) => [check.name, check.found]));
    expect(found).toMatchObject({
      configuration: 'fits',
      'audit log of Default': expect.stringMatching(/^6 entries, whole, ends with [0-9a-f]{64}$/),
      'tenant Default':
        '2 events, 1 alerts, 1 alertGroups, 1 rejectedEvents, 0 networkAlerts, 1 serverAlerts, 2 events by intake, 1 rejected by intake',
      ...(inject('postgresUrl') === undefined
        ? {
            'journal_mode is WAL': 'wal',
            'synchronous is FULL': '2',
            'integrity of the database': 'ok',
            'automatic backups': expect.stringMatching(/^none yet; /),
          }
        : { 'fsync is on': expect.any(String), 'server_encoding is UTF8': 'UTF8' }),
    });
  });

  it('shows people a line for each check', async () => {
    const { code, stdout } = await runTocsin(['doctor'], env);

    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .every((line) => /^ok {5}\S.*: ./.test(line)),
    ).toBe(true);
  });

  it.each([
    ['edited', "update audit_entry set subject = 'other' where sequence = 3", 'entry 3 (', 'is not what was written'],
    ['dropped', 'delete from audit_entry where sequence = 4', 'entry 4 is missing', '3 entries before it are whole'],
    ['swapped', swap, 'entry 2 (', 'is not what was written'],
    ['cut off', 'delete from audit_entry where sequence > 4', 'entry 5 is missing', 'and all after it up to 6'],
    ['put in', putIn, 'entry 0 ', '1 entries stand outside of the chain'],
    [
      'cut off with its head',
      'update audit_head set sequence = 5',
      'entry 5 is what the head says',
      "not this server's",
    ],
  ])('ends with code 1 and names the first entry of the audit log that is %s', async (_, tampering, ...told) => {
    const em = gateway.store.database.em();
    for (const table of ['audit_entry', 'audit_head'])
      await em.execute(`create table kept_${table} as select * from ${table}`);
    for (const statement of tampering.split(';')) await em.execute(statement);
    const { code, stdout } = await runTocsin(['doctor', '--json'], env);
    for (const table of ['audit_entry', 'audit_head']) {
      await em.execute(`delete from ${table}`);
      await em.execute(`insert into ${table} select * from kept_${table}`);
      await em.execute(`drop table kept_${table}`);
    }

    const { ok, checks } = JSON.parse(stdout);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const wrong = checks.filter((check: { ok: boolean }) => !check.ok);
    expect(wrong).toEqual([{ name: 'audit log of Default', found: expect.any(String), ok: false }]);
    for (const words of told) expect(wrong[0].found).toContain(words);
  });

  it('finds entries of before there were chains chained once the server has started', async () => {
    const em = gateway.store.database.em();
    await em.execute('update audit_entry set sequence = null, hash = null');
    await em.execute('delete from audit_head');
    const before = await runTocsin(['doctor', '--json'], env);
    await gateway.restart();
    const after = await runTocsin(['doctor', '--json'], env);

    expect([before.code, after.code]).toEqual([1, 0]);
    expect(before.stdout).toContain('6 entries stand outside of the chain');
    expect(after.stdout).toContain('6 entries, whole, ends with ');
  });

  it('ends with code 1 and says what is wrong when a counter is off', async () => {
    const em = gateway.store.database.em();
    await em.execute(
      `update counter set value = value + 1 where tenant_id = '${gateway.tenantId}' and name = 'events'`,
    );
    const { code, stdout } = await runTocsin(['doctor', '--json'], env);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([
        {
          name: 'tenant Default',
          found:
            '2 events but 3 counted, 1 alerts, 1 alertGroups, 1 rejectedEvents, 0 networkAlerts, 1 serverAlerts, 2 events by intake, 1 rejected by intake',
          ok: false,
        },
      ]),
    });
  });
});
