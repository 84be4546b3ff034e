import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../../server/persistence/database.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aJournalGroup, idsOf, type JournalRecord } from '../../../support/journal-rows.ts';
import { type OpenedDatabase, openAt, openTestDatabase } from '../../../support/open-database.ts';

let opened: OpenedDatabase;
/** Two openings of one database, as two processes have them. */
let nodes: Database[];

beforeAll(async () => {
  opened = await openTestDatabase();
  nodes = [opened.database, await openAt(opened.place)];
});

afterAll(async () => {
  await nodes[1]?.close();
  await opened[Symbol.asyncDispose]();
});

/** A record in small numbers, so that fingerprints, ids and contents meet again and again. */
const record = fc.record({
  tenant: fc.nat(1),
  /** Null: without an id of the sender's; what has the same number is the same record sent again. */
  resend: fc.option(fc.nat(12), { nil: null }),
  fingerprint: fc.option(fc.nat(3), { nil: null }),
  severity: fc.integer({ min: 1, max: 6 }),
  occurredAt: fc.integer({ min: 0, max: 1_000_000 }),
});
type Small = typeof record extends fc.Arbitrary<infer Value> ? Value : never;

const group = fc.record({
  records: fc.array(record, { maxLength: 25 }),
  rejected: fc.array(fc.nat(1), { maxLength: 3 }),
  node: fc.nat(1),
});

interface GroupState {
  count: number;
  severity: number;
  first_seen: number;
  last_seen: number;
}

/** What the tables of two tenants must hold, in memory. */
class Model {
  readonly groups = new Map<string, GroupState>();
  readonly counters = new Map<string, number>();
  readonly #seen = new Set<string>();

  add({ tenant, resend, fingerprint, severity, occurredAt }: Small): void {
    if (resend !== null && this.#seen.has(`${tenant} ${resend}`)) return;
    this.#seen.add(`${tenant} ${resend}`);
    this.count(tenant, 'events');
    if (fingerprint === null) return;
    this.count(tenant, 'alerts');
    this.count(tenant, 'networkAlerts');
    const known = this.groups.get(`${tenant} ${fingerprint}`);
    if (!known) this.count(tenant, 'alertGroups');
    this.groups.set(`${tenant} ${fingerprint}`, {
      count: (known?.count ?? 0) + 1,
      severity: Math.max(known?.severity ?? 0, severity),
      first_seen: Math.min(known?.first_seen ?? occurredAt, occurredAt),
      last_seen: Math.max(known?.last_seen ?? occurredAt, occurredAt),
    });
  }

  count(tenant: number, name: string): void {
    this.counters.set(`${tenant} ${name}`, (this.counters.get(`${tenant} ${name}`) ?? 0) + 1);
  }
}

const sorted = (map: Map<string, unknown>) => [...map].sort(([left], [right]) => (left < right ? -1 : 1));

describe('groups committed by two nodes at once', () => {
  it('come to the very counts, groups and answers of a model in memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(group, { minLength: 1, maxLength: 10 }), async (plan) => {
        const tenants = [uuidV7(Date.now()), uuidV7(Date.now())];
        const intakes = [uuidV7(Date.now()), uuidV7(Date.now())];
        const model = new Model();
        const sample = new Map<string, Small>();
        const written = plan.map(({ records, rejected, node }) => {
          // A resend is the same record in every part, whatever was drawn.
          const sent = records.map((each) => {
            const key = `${each.tenant} ${each.resend}`;
            if (each.resend === null) return each;
            if (!sample.has(key)) sample.set(key, each);
            return sample.get(key)!;
          });
          for (const each of sent) model.add(each);
          for (const tenant of rejected) model.count(tenant, 'rejectedEvents');
          const rows = sent.map(
            ({ tenant, resend, fingerprint, severity, occurredAt }): JournalRecord => ({
              tenantId: tenants[tenant]!,
              intakeId: intakes[tenant]!,
              externalId: resend === null ? null : `id ${resend}`,
              fingerprint: fingerprint === null ? null : `print ${fingerprint}`,
              severity,
              occurredAt,
            }),
          );
          return {
            sent,
            node,
            rows: aJournalGroup(
              rows,
              rejected.map((tenant) => tenants[tenant]!),
            ),
          };
        });
        const answers = await Promise.all(
          written.map(async ({ sent, node, rows }) => {
            const ids = idsOf(rows, (await nodes[node]!.commit(rows)).repeats);
            return sent.map((each, index) => [each, ids[index]!] as const);
          }),
        );

        const groups = new Map<string, unknown>();
        const counters = new Map<string, unknown>();
        for (const [tenant, tenantId] of tenants.entries()) {
          const stored = await nodes[0]!.read<GroupState & { fingerprint: string }>(
            'select fingerprint, count, severity, first_seen, last_seen from alert_group where tenant_id = ?',
            [tenantId],
          );
          for (const { fingerprint, ...state } of stored) groups.set(`${tenant} ${fingerprint.slice(6)}`, state);
          const kept = await nodes[0]!.read<{ name: string; value: number }>(
            'select name, value from counter where tenant_id = ?',
            [tenantId],
          );
          for (const { name, value } of kept) counters.set(`${tenant} ${name}`, value);
          await expectRowsAgree(tenantId);
        }
        expect(sorted(groups)).toEqual(sorted(model.groups));
        expect(sorted(counters)).toEqual(sorted(model.counters));
        const idOf = new Map<string, string>();
        for (const [{ tenant, resend }, id] of answers.flat()) {
          if (resend === null) continue;
          expect(id).toBe(idOf.get(`${tenant} ${resend}`) ?? id);
          idOf.set(`${tenant} ${resend}`, id);
        }
        const ids = new Set(answers.flat().map(([, id]) => id));
        expect(ids.size).toBe((model.counters.get('0 events') ?? 0) + (model.counters.get('1 events') ?? 0));
      }),
      { numRuns: 25 },
    );
  });
});

/**
 * Every alert is in a group of its tenant, is in the feed once, and is the group's last where the group says so; every event and
 * every rejected record is in the activity of its intake.
 */
async function expectRowsAgree(tenantId: string): Promise<void> {
  const [row] = await nodes[0]!.read<Record<string, number>>(
    `select (select count(*) from alert where tenant_id = ?) as alerts,
       (select count(distinct f.subject) from feed f join alert a on a.id = f.subject and a.tenant_id = f.tenant_id where f.tenant_id = ?) as fed,
       (select count(*) from feed where tenant_id = ?) as steps,
       (select coalesce(sum(count), 0) from alert_group where tenant_id = ?) as counted,
       (select count(*) from alert_group g where tenant_id = ? and last_alert_id <> (select max(id) from alert a where a.group_id = g.id)) as wrong,
       (select count(*) from event where tenant_id = ?) - (select coalesce(sum(events), 0) from intake_activity where tenant_id = ?) as uncounted,
       (select count(*) from rejected_event where tenant_id = ?) - (select coalesce(sum(rejected), 0) from intake_activity where tenant_id = ?) as untold`,
    Array(9).fill(tenantId),
  );
  const { alerts } = row!;
  expect(row).toMatchObject({ fed: alerts, steps: alerts, wrong: 0 });
  expect([row!['counted'], row!['uncounted'], row!['untold']].map(Number)).toEqual([alerts, 0, 0]);
}
