import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../server/persistence/database.ts';
import type { SqlValue } from '../../../server/persistence/journal/journal-group.ts';
import { compileSearch } from '../../../server/search/compile.ts';
import { parseSearch } from '../../../server/search/parse.ts';
import type { SearchSubject } from '../../../server/search/query.ts';
import { Dice } from '../../support/dice.ts';
import { aSearchCorpus } from '../../support/search-corpus.ts';
import { type GraphqlReply, startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenants } from '../../support/test-tenant.ts';

const now = Date.parse('2026-06-04T09:00:00Z');

let gateway: TestGateway;
let token: string;
let tenantId: string;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now });
  const [tenant] = await openTenants(gateway, 'planned');
  token = tenant!.token;
  tenantId = tenant!.id;
  for (let part = 0; part < 4; part++) await tenant!.ingest(aSearchCorpus(new Dice(part), 250, now));
  if (gateway.store.database.kind === 'postgres') {
    for (const table of ['event', 'alert', 'alert_group', 'event_text'])
      await gateway.store.database.em().execute(`analyze ${table}`);
  }
});

afterAll(() => gateway.close());

const narrowed: readonly (readonly [SearchSubject, string])[] = (
  [
    ['failed', 'EVENT'],
    ['"invalid user"', 'EVENT'],
    ['severity:fatal', 'EVENT'],
    ['host:web-01', 'EVENT'],
    ['host:(web-01 or db-01)', 'EVENT'],
    ['host:web-*', 'EVENT'],
    ['app:sshd -host:web-01', 'EVENT'],
    ['source:203.0.113.0/24', 'EVENT'],
    ['ip:10.0.0.1..10.0.0.7', 'EVENT'],
    ['10.0.0.5', 'EVENT'],
    ['last:1h', 'EVENT'],
    ['time:2026-06-03', 'EVENT'],
    ['after:2026-06-03 before:2026-06-03T12:00', 'EVENT'],
    ['alert:yes', 'EVENT'],
    ['message:password', 'EVENT'],
    ['type:sshd', 'ALERT'],
    ['agent:edge-01', 'ALERT'],
    ['agent:edge-*', 'ALERT'],
    ['destination:2001:db8::/32', 'ALERT'],
    ['port:22', 'ALERT'],
    ['kind:network severity>=high', 'ALERT'],
    ['title:login', 'ALERT'],
    ['source:203.0.113.7', 'ALERT_GROUP'],
    ['failed', 'ALERT_GROUP'],
  ] as const
).map(([search, subject]) => [subject, search]);

/** Every statement that reads, with its plan, while the work is done. */
async function plansOf(database: Database, sql: string, params: readonly SqlValue[]): Promise<string[]> {
  const rows = await database.read<{ detail: string }>(`explain query plan ${sql}`, params);
  return rows.map(({ detail }) => detail);
}

describe('a search that full text narrows down', () => {
  it.each(narrowed)('of %s, such as %s, goes through no table of events or alerts', async (subject, search) => {
    const { database } = gateway.store;
    const asked = { subject, node: parseSearch(search, subject, now), now };
    const { condition, match } = compileSearch(database.kind, tenantId, asked);
    expect(match !== null || condition.sql.includes('event_text')).toBe(true);
    if (database.kind === 'postgres') return;
    const tables = {
      EVENT: 'event_text t cross join event e on e.seq = t.rowid',
      ALERT: 'event_text t cross join alert a on a.id = t.rowid cross join event e on e.seq = a.id',
      ALERT_GROUP: 'alert_group g',
    }[subject];
    const [order, tenant] =
      subject === 'ALERT_GROUP'
        ? ['g.last_alert_id', 'g.tenant_id']
        : ['t.rowid', subject === 'EVENT' ? 'e.tenant_id' : 'a.tenant_id'];
    const plans = await plansOf(
      database,
      `select 1 from ${tables} where ${tenant} = ? and ${condition.sql} ${match === null ? '' : 'and t.event_text match ?'} order by ${order} desc limit 51`,
      [tenantId, ...condition.params, ...(match === null ? [] : [match])],
    );
    expect(plans.filter((plan) => /^SCAN (?!t VIRTUAL|event_text VIRTUAL)|TEMP B-TREE/.test(plan))).toEqual([]);
    expect(plans.join('\n')).toMatch(/VIRTUAL TABLE INDEX \d+:M/);
    expect(plans.filter((plan) => /^SEARCH [ea] /.test(plan)).every((plan) => /rowid=|\bid=/.test(plan))).toBe(true);
  });

  it('goes on page by page to the end, each row once', async () => {
    const document =
      'query ($after: String, $search: String) { events(first: 50, after: $after, filter: { search: $search }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }';
    const ids: string[] = [];
    let after: string | null = null;
    let total = 0;
    do {
      const { data }: GraphqlReply = await gateway.graphql(document, { after, search: 'host:web-*' }, token);
      total = data.events.totalCount;
      ids.push(...data.events.nodes.map(({ id }: { id: string }) => id));
      after = data.events.pageInfo.hasNextPage ? data.events.pageInfo.endCursor : null;
    } while (after !== null);
    expect(total).toBeGreaterThan(200);
    expect(new Set(ids).size).toBe(total);
    expect(ids).toHaveLength(total);
  });
});

describe('a search that it cannot narrow down', () => {
  it.each<[SearchSubject, string]>([
    ['EVENT', '-host:web-01'],
    ['EVENT', 'host:*-01'],
    ['EVENT', '*ailed*'],
    ['EVENT', 'before:2026'],
    ['ALERT', 'status:new'],
  ])('of %s, such as %s, is kept from quick ones', (subject, search) => {
    const asked = { subject, node: parseSearch(search, subject, now), now };
    expect(compileSearch('sqlite', tenantId, asked).isSlow).toBe(true);
  });
});
