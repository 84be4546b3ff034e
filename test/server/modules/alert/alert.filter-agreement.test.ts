import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWazuhAlert } from '../../../support/builders.ts';
import { watchFilters } from '../../../support/filter-watch.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { countSubscriptions, openTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
const seed = Date.now() % 1_000_000;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

// Small pools, so that conditions are often met.
const addresses = ['10.0.0.1', '10.0.0.2', '203.0.113.10', '2001:db8::1'];
const agents = ['001', '002', 'edge', 'Edge'];
const groups = ['sshd', 'web', 'ids'];
const words = [
  'login',
  'Login',
  'log',
  'failed',
  'naïve',
  'Übung',
  'user_7',
  '10.0.0.1',
  '12e34ab',
  'x86-64',
  '#',
  'Ω',
];
const minutes = [0, 1, 2, 3, 4].map((minute) => `2026-11-21T06:0${minute}:00Z`);

const phrase = fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((chosen) => chosen.join(' '));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const some = (pool: readonly string[]) => maybe(fc.subarray([...pool]));

const alert = fc.record({
  rule: fc.record({
    id: fc.constantFrom('1', '2', '3'),
    level: fc.constantFrom(4, 7, 12, 15),
    description: phrase.map((text) => `title ${text}`),
    groups: fc.subarray(groups),
  }),
  agent: fc.record({ id: fc.constantFrom(...agents), name: fc.constantFrom(...agents) }),
  data: fc.record({ srcip: maybe(fc.constantFrom(...addresses)), dstip: maybe(fc.constantFrom(...addresses)) }),
  full_log: phrase,
  timestamp: fc.constantFrom(...minutes),
});

const filter = fc.record(
  {
    severity: some(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    kind: some(['NETWORK', 'SERVER']),
    type: some([...groups, 'wazuh']),
    agent: some(agents),
    address: some(addresses),
    sourceIp: some(addresses),
    destinationIp: some(addresses),
    status: some(['NEW', 'RESOLVED']),
    text: maybe(fc.tuple(fc.constantFrom(...words), fc.nat(6)).map(([word, end]) => word.slice(0, end + 1))),
    occurredAt: maybe(fc.record({ from: maybe(fc.constantFrom(...minutes)), to: maybe(fc.constantFrom(...minutes)) })),
  },
  { requiredKeys: [] },
);

describe('a live filter', () => {
  it(`lets through what a query with the same filter finds, whatever the alerts (seed ${seed})`, async () => {
    const tenant = await openTenant(gateway, 'Agreement');
    const filters = Object.fromEntries(
      fc.sample(filter, { numRuns: 90, seed }).map((one, index) => [String(index), one]),
    );
    const live = await watchFilters(tenant, filters, 'id', null);
    await vi.waitFor(async () => expect(await countSubscriptions(gateway)).toBe(90), 5000);
    const alerts = fc.sample(alert, { numRuns: 150, seed }).map((one) => aWazuhAlert(one));
    for (let start = 0; start < alerts.length; start += 15) await tenant.ingest(alerts.slice(start, start + 15));
    const queried = new Map<string, string[]>();
    for (const [id, one] of Object.entries(filters)) {
      const document = `query ($filter: AlertFilter) {
        alerts(first: 200, filter: $filter, orderBy: { field: RECEIVED_AT, direction: ASC }) { nodes { id } } }`;
      const { nodes } = (await tenant.read(document, { filter: one })).alerts;
      queried.set(
        id,
        nodes.map((node: { id: string }) => node.id),
      );
    }
    const expected = [...queried.values()].flat().length;
    const pushed = await live.found(expected);
    const replayed = await (await watchFilters(tenant, filters, 'id', '0')).found(expected);

    const disagreements = Object.entries(filters).flatMap(([id, one]) => {
      const [asked, live, again] = [queried, pushed, replayed].map((found) => found.get(id)?.join());
      return asked === live && asked === again ? [] : [{ filter: one, asked, live, again }];
    });
    expect(disagreements).toEqual([]);
  });
});
