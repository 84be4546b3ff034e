import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { type Environment, runTocsin, settingsOf } from '../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;
let env: Environment;

beforeAll(async () => {
  gateway = await startTestGateway();
  env = settingsOf(gateway.config);
  await gateway.ingestWazuh([aWazuhAlert(), aWazuhAlert({ rule: { level: 2 } }), { not: 'an alert' }]);
});

afterAll(() => gateway.close());

describe('tocsin doctor', () => {
  it('finds all well beside a running server: guarantees, integrity, counters', async () => {
    const { code, stdout, stderr } = await runTocsin(['doctor', '--json'], env);
    const { ok, version, checks } = JSON.parse(stdout);

    expect({ code, stderr, ok }).toEqual({ code: 0, stderr: '', ok: true });
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const found = Object.fromEntries(checks.map((check: { name: string; found: string }) => [check.name, check.found]));
    expect(found).toMatchObject({
      configuration: 'fits',
      'tenant Default':
        '2 events, 1 alerts, 1 alertGroups, 1 rejectedEvents, 0 networkAlerts, 1 serverAlerts, 2 events by intake, 1 rejected by intake',
      ...(inject('postgresUrl') === undefined
        ? { 'journal_mode is WAL': 'wal', 'synchronous is FULL': '2', 'integrity of the database': 'ok' }
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
