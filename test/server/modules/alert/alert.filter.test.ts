import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { watchFilters } from '../../../support/filter-watch.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const at = (time: string) => `2026-11-21T${time}Z`;

/** Alerts by the name that tells them apart, in the order they are sent; the name is their agent's. */
const sent: Readonly<Record<string, Record<string, unknown>>> = {
  low: aWazuhAlert({ rule: { level: 4 }, timestamp: at('06:00:00.000') }),
  medium: aWazuhAlert({ rule: { level: 7 }, timestamp: at('06:00:00.001') }),
  high: aWazuhAlert({ rule: { level: 12, groups: ['web', 'attack'] }, timestamp: at('07:00:00.000') }),
  critical: aWazuhAlert({ rule: { level: 15, groups: [] }, timestamp: at('08:00:00.000') }),
  inward: aNetworkAlert({ data: { srcip: '203.0.113.10', dstip: '192.168.1.20' } }),
  outward: aNetworkAlert({ data: { srcip: '192.168.1.20', dstip: '203.0.113.10' }, rule: { level: 12 } }),
  six: aNetworkAlert({ data: { srcip: '2001:DB8::1', dstip: 'fe80::1' } }),
  mapped: aNetworkAlert({ data: { srcip: '::ffff:198.51.100.7', dstip: '198.51.100.8' } }),
  halfway: aWazuhAlert({ data: { srcip: '198.51.100.9' } }),
  worded: aWazuhAlert({
    rule: { description: 'Über-sécurité: naïve Café_Crème', groups: ['words'] },
    full_log: 'GET /admin.php?id=42&x=<script> HTTP/1.1" 404 user=o\'brien hash=12e34ab9 МОСКВА ﬁle',
  }),
  spoken: aWazuhAlert({
    rule: { description: '한국어 경고 パスワード 密碼', groups: ['words'] },
    full_log: 'İstanbul STRASSE straße x86-64 snake_case_word 10.20.30.40:8080',
  }),
};

const names = Object.keys(sent);

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Filters');
  for (const name of names) {
    const { agent } = sent[name] as { agent: { id: string } };
    await tenant.ingest({ ...sent[name], agent: { ...agent, id: `id-${name}`, name } });
  }
});

afterAll(() => gateway.close());

type Filter = Readonly<Record<string, unknown>>;

async function queried(filter: Filter | null): Promise<string[]> {
  const document = `query ($filter: AlertFilter) {
    alerts(first: 200, filter: $filter, orderBy: { field: RECEIVED_AT, direction: ASC }) { nodes { agentName } totalCount } }`;
  const { alerts } = await tenant.read(document, { filter });
  expect(alerts.totalCount).toBe(alerts.nodes.length);
  return alerts.nodes.map(({ agentName }: { agentName: string }) => agentName);
}

const cases: readonly (readonly [filter: Filter | null, found: readonly string[]])[] = [
  [null, names],
  [{}, names],
  [{ severity: ['LOW'] }, ['low', 'inward', 'six', 'mapped', 'halfway', 'worded', 'spoken']],
  [{ severity: ['CRITICAL', 'MEDIUM'] }, ['medium', 'critical']],
  [{ severity: ['HIGH', 'HIGH'] }, ['high', 'outward']],
  [{ severity: ['CRITICAL', 'MEDIUM', 'HIGH', 'FATAL', 'INFORMATIONAL'] }, ['medium', 'high', 'critical', 'outward']],
  [{ severity: ['FATAL'] }, []],
  [{ kind: ['NETWORK'] }, ['inward', 'outward', 'six', 'mapped']],
  [{ kind: ['NETWORK', 'SERVER'] }, names],
  [{ type: ['web'] }, ['high']],
  [{ type: ['web', 'wazuh'] }, ['high', 'critical']],
  [{ type: ['WEB', 'we', 'attack'] }, []],
  [{ agent: ['low'] }, ['low']],
  [{ agent: ['id-low', 'high', 'nobody'] }, ['low', 'high']],
  [{ agent: ['LOW', 'id-'] }, []],
  [{ address: ['203.0.113.10'] }, ['inward', 'outward']],
  [{ address: ['192.168.1.20', '198.51.100.8'] }, ['inward', 'outward', 'mapped']],
  [{ address: ['198.51.100.9'] }, ['halfway']],
  [{ address: ['198.51.100.7'] }, ['mapped']],
  [{ address: [''] }, []],
  [{ address: ['2001:db8::1'] }, ['six']],
  [{ address: ['2001:DB8:0::1'] }, ['six']],
  [{ address: ['::FFFF:198.51.100.7'] }, ['mapped']],
  [{ sourceIp: ['203.0.113.10'] }, ['inward']],
  [{ sourceIp: ['198.51.100.9'] }, ['halfway']],
  [{ sourceIp: ['203.0.113.10', '192.168.1.20'] }, ['inward', 'outward']],
  [{ destinationIp: ['203.0.113.10'] }, ['outward']],
  [{ sourceIp: ['203.0.113.10'], destinationIp: ['203.0.113.10'] }, []],
  [{ sourceIp: ['203.0.113.10'], destinationIp: ['192.168.1.20'] }, ['inward']],
  [{ occurredAt: { from: at('07:00:00.000') } }, ['high', 'critical']],
  [{ occurredAt: { from: at('07:00:00.001') } }, ['critical']],
  [{ occurredAt: { to: at('06:00:00.001') } }, ['low']],
  [{ occurredAt: { from: at('06:00:00.000'), to: at('06:00:00.002') } }, ['low', 'medium']],
  [{ occurredAt: { from: '2026-11-21T08:00:00.001+01:00', to: '2026-11-21T09:00:00.001+01:00' } }, ['critical']],
  [{ occurredAt: { from: at('07:00:00.000'), to: at('07:00:00.000') } }, []],
  [{ occurredAt: { from: null, to: null } }, names],
  [{ status: ['NEW'] }, names],
  [{ status: ['RESOLVED', 'ARCHIVED'] }, []],
  [{ text: 'attempt' }, names.slice(0, -2)],
  [{ text: 'attem NON-exist' }, names.slice(0, -2)],
  [{ text: 'attempt impossible' }, []],
  [{ text: 'ttempt' }, []],
  [{ text: 'Invalid 4711' }, names.slice(0, -2)],
  [{ text: 'uber securite' }, ['worded']],
  [{ text: 'ÜBER' }, ['worded']],
  [{ text: 'na\u00efve' }, ['worded']],
  [{ text: 'nai\u0308ve' }, ['worded']],
  [{ text: 'cafe' }, ['worded']],
  [{ text: 'Café_Crème' }, ['worded']],
  [{ text: 'creme' }, ['worded']],
  [{ text: 'москва' }, ['worded']],
  [{ text: 'моск' }, ['worded']],
  [{ text: 'ﬁle' }, ['worded']],
  [{ text: '/admin.php?id=42' }, ['worded']],
  [{ text: '<script>' }, ['worded']],
  [{ text: "o'brien" }, ['worded']],
  [{ text: '12e34ab9' }, ['worded']],
  [{ text: '12e34a' }, ['worded']],
  [{ text: '"' }, names],
  [{ text: ' -- ; * % _ " \' \\ ' }, names],
  [{ text: 'script" OR "x' }, []],
  [{ text: 'script" "x' }, ['worded']],
  [{ text: 'script NOT admin' }, []],
  [{ text: 'script NEAR(admin)' }, []],
  [{ text: '한국어' }, ['spoken']],
  [{ text: '한국' }, ['spoken']],
  [{ text: 'パスワード' }, ['spoken']],
  [{ text: '密碼' }, ['spoken']],
  [{ text: 'istanbul' }, ['spoken']],
  [{ text: 'straße' }, ['spoken']],
  [{ text: 'X86-64' }, ['spoken']],
  [{ text: 'case' }, ['spoken']],
  [{ text: '10.20.30.40:8080' }, ['spoken']],
  [{ text: '10.20.30.4' }, ['spoken']],
  [{ text: '8080 20' }, ['spoken']],
  [{ text: 'a𞤀b' }, []],
  [{ text: 'x'.repeat(3000) }, []],
  [{ text: '\u0000' }, names],
  [{ type: ['\u0000'] }, []],
  [{ agent: ['\ud800'] }, []],
  [{ severity: ['LOW'], kind: ['SERVER'], text: 'sshd', occurredAt: { to: at('06:30:00.000') } }, ['low']],
];

const told = cases.map(([filter, found]) => ({ shown: JSON.stringify(filter).slice(0, 90), filter, found }));

describe('alerts(filter)', () => {
  it.each(told)('$shown finds just the alerts that are meant', async ({ filter, found }) => {
    expect(await queried(filter)).toEqual(found);
  });

  it.each(['severity', 'kind', 'type', 'agent', 'address', 'sourceIp', 'destinationIp', 'status'])(
    'takes an empty list and null for %s as not given',
    async (member) => {
      expect(await queried({ [member]: [] })).toEqual(names);
      expect(await queried({ [member]: null })).toEqual(names);
    },
  );

  it.each(['text', 'occurredAt'])('takes null for %s as not given', async (member) => {
    expect(await queried({ [member]: null })).toEqual(names);
  });

  it('takes an empty text as not given', async () => {
    expect(await queried({ text: '' })).toEqual(names);
  });

  it.each([
    { type: Array(70_000).fill('x') },
    { address: Array.from({ length: 40_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`) },
  ])('refuses more values than a database takes as the fault of its caller', async (filter) => {
    const document = 'query ($filter: AlertFilter) { alerts(filter: $filter) { nodes { id } } }';
    expect((await tenant.graphql(document, { filter })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('alertRaised(filter)', () => {
  let passed: Map<string, string[]>;

  beforeAll(async () => {
    const asked = Object.fromEntries(told.map(({ filter }, index) => [String(index), filter]));
    const expected = told.flatMap(({ found }) => found).length;
    passed = await (await watchFilters(tenant, asked, 'agentName', '0')).found(expected);
  });

  it.each(told)('$shown lets through just the alerts that are meant', ({ filter, found }) => {
    expect(passed.get(String(told.findIndex((one) => one.filter === filter)))).toEqual(found);
  });
});
