import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finds } from '../../../server/search/evaluate.ts';
import type { SearchSubject } from '../../../server/search/query.ts';
import { Dice } from '../../support/dice.ts';
import { aSearchCorpus, readCandidates } from '../../support/search-corpus.ts';
import { aSearch } from '../../support/search-queries.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenants, type TestTenant } from '../../support/test-tenant.ts';

const now = Date.parse('2026-06-04T09:00:00Z');
const queriesEach = 250;

let gateway: TestGateway;
let tenant: TestTenant;
let userId: string;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now });
  const [first, other] = await openTenants(gateway, 'searched', 'other');
  const dice = new Dice(17);
  await first!.ingest(aSearchCorpus(dice, 150, now));
  await other!.ingest(aSearchCorpus(dice, 20, now));
  const permissions = ['ALERTS_READ', 'ALERTS_WRITE', 'EVENTS_READ'] as const;
  const person = { email: 'kim@example.com', name: 'Kim Doe', permissions };
  const user = await gateway.store.users.create(first!.id, person);
  const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: first!.id, user, permissions });
  tenant = new (first!.constructor as typeof TestTenant)(gateway, first!.id, secret);
  userId = user.id;
  const { alertGroups } = await tenant.read('{ alertGroups(first: 200) { nodes { id version severity } } }');
  const change =
    'mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { id } }';
  const changes = [
    { status: 'RESOLVED', verdict: 'FALSE_POSITIVE' },
    { status: 'IN_PROGRESS', assigneeId: userId },
    { verdict: 'BENIGN' },
    {},
  ];
  for (const { id, version } of alertGroups.nodes) {
    const chosen = dice.pick(changes);
    if (Object.keys(chosen).length > 0) await tenant.read(change, { id, version, change: chosen });
  }
});

afterAll(() => gateway.close());

const lists: Readonly<Record<SearchSubject, string>> = {
  ALERT_GROUP:
    'query ($search: String) { list: alertGroups(first: 200, filter: { search: $search }) { totalCount nodes { id } } }',
  ALERT:
    'query ($search: String) { list: alerts(first: 200, filter: { search: $search }) { totalCount nodes { id } } }',
  EVENT:
    'query ($search: String) { list: events(first: 200, filter: { search: $search }) { totalCount nodes { id } } }',
};

describe('a search', () => {
  it.each(['ALERT_GROUP', 'ALERT', 'EVENT'] as const)('of %s finds what it says, whoever is asked', async (subject) => {
    const candidates = (await readCandidates(gateway.store.database, tenant.id))[subject];
    const dice = new Dice(subject.length);
    const sizes = new Set<number>();
    for (let count = 0; count < queriesEach; count++) {
      const search = aSearch(dice, subject);
      const read = await gateway.store.search.read({ tenantId: tenant.id, userId }, subject, search);
      const expected = [...candidates].filter(([, each]) => read === null || finds(read, each)).map(([id]) => id);
      const { data, errors } = await tenant.graphql(lists[subject], { search });
      const found = data?.list.nodes.map(({ id }: { id: string }) => id).sort();
      expect([search, errors, found, data?.list.totalCount]).toEqual([
        search,
        undefined,
        expected.sort(),
        expected.length,
      ]);
      sizes.add(expected.length);
    }
    expect(sizes.size).toBeGreaterThan(20);
  });
});
