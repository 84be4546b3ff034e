import { expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { runTocsin, settingsOf } from '../../support/server-process.ts';
import { startTestGateway } from '../../support/test-gateway.ts';

it('tocsin retention shows and sets how long data is kept, beside a running server', async () => {
  await using gateway = await startTestGateway();
  await gateway.ingestWazuh([aWazuhAlert(), 'no alert']);
  const env = settingsOf(gateway.config);
  const call = async (...args: string[]) => {
    const { code, stdout, stderr } = await runTocsin(['retention', ...args], env);
    return { code, out: stdout || stderr };
  };
  const set = await call('set', 'server-alerts', '--days', '30', '--bytes', '1.5GB', '--json');
  expect({ code: set.code, ...JSON.parse(set.out) }).toMatchObject({
    code: 0,
    dataSet: 'SERVER_ALERTS',
    keepDays: 30,
    keepBytes: 1_500_000_000,
    isDefault: false,
    rows: 1,
    due: { rows: 0 },
  });
  const shown = await call();
  expect(shown.out.split('\n')[1]).toMatch(/^SERVER_ALERTS {4}30 days, at most 1500000000 bytes {2}1 rows, about \d+/);
  expect(shown.out).toContain('REJECTED_EVENTS  90 days (default)  1 rows');
  for (const [args, code, problem] of [
    [['set', 'DNS', '--forever', '--days', '1'], 1, 'retention: give --days, --bytes or both; or --forever alone\n'],
    [['set', 'nothing', '--forever'], 1, expect.stringContaining('data-set: must be one of NETWORK_ALERTS, ')],
    [['set', 'DNS', '--bytes', 'much'], 2, expect.stringContaining('must be a size such as 500MB')],
  ] as const) {
    expect(await call(...args)).toEqual({ code, out: problem });
  }
  const { data } = await gateway.graphql('{ auditLog(first: 9) { nodes { action subject credentialId } } }');
  const entry = { action: 'UPDATE_RETENTION', subject: 'SERVER_ALERTS', credentialId: 'tocsin command' };
  expect(data.auditLog.nodes.filter(({ action }: { action: string }) => action === entry.action)).toEqual([entry]);
});
