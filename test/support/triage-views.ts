import { expect } from 'vitest';
import { aWazuhAlert } from './builders.ts';
import type { Household } from './network-views.ts';
import { refusesOthers } from './user-views.ts';

const groups = '{ alertGroups { nodes { id status } } }';
const close =
  'mutation ($type: [String!]!) { updateAlertGroups(filter: { type: $type }, change: { status: RESOLVED }) { id total } }';

/** What tenants see of each other's triage, for each root field that shows or changes it. */
export function triageViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  /** Closes the only group of a kind, which every tenant has one of; answers the change. */
  const closeMine = async ({ name, tenant }: Household): Promise<{ id: string; total: number }> => {
    const type = `triage-${name}-${crypto.randomUUID()}`;
    const alert = { rule: { id: type, level: 5, groups: [type] } };
    for (const { tenant: other } of all()) await other.ingest(aWazuhAlert({ ...alert, location: other.id }));
    return (await tenant.read(close, { type: [type] })).updateAlertGroups;
  };
  return {
    'Mutation.updateAlertGroup': async (home) => {
      const list = '{ nodes: alertGroups { nodes { id } } }';
      const document = 'mutation ($id: ID!) { updateAlertGroup(id: $id, version: 1, change: { note: "mine" }) { id } }';
      const rowsOf = ({ nodes }: Record<string, unknown>) => (nodes as { nodes: { id: string }[] }).nodes;
      await refusesOthers(home, all(), list, rowsOf, document);
    },
    'Mutation.updateAlertGroups': async (home) => {
      const open = async ({ tenant }: Household) =>
        (await tenant.read(groups)).alertGroups.nodes.filter(({ status }: { status: string }) => status === 'NEW')
          .length;
      const others = all().filter((each) => each !== home);
      const { total, id } = await closeMine(home);
      expect(total).toBe(1);
      const before = await Promise.all(others.map(open));
      const done = async () => (await home.tenant.read(`{ bulkChange(id: "${id}") { status } }`)).bulkChange.status;
      await expect.poll(done).toBe('DONE');
      expect(await Promise.all(others.map(open))).toEqual(before);
    },
    'Query.bulkChange': async (home) => {
      const { id } = await closeMine(home);
      for (const { tenant } of all()) {
        const { bulkChange } = await tenant.read('query ($id: ID!) { bulkChange(id: $id) { id } }', { id });
        expect(bulkChange).toEqual(tenant === home.tenant ? { id } : null);
      }
    },
    'Mutation.undoBulkChange': async (home) => {
      const { id } = await closeMine(home);
      for (const { tenant } of all().filter((each) => each !== home)) {
        const { errors } = await tenant.graphql('mutation ($id: ID!) { undoBulkChange(id: $id) { id } }', { id });
        expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
      }
    },
  };
}
