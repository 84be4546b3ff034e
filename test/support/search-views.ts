import { expect } from 'vitest';
import type { Household } from './network-views.ts';
import { refusesOthers } from './user-views.ts';

const create =
  'mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { id name isShared isMine } }';
const list = '{ savedViews { id name isMine } }';

/** What tenants see of each other's searches, for each root field that shows or changes them. */
export function searchViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  const saved = async ({ name, tenant }: Household): Promise<{ id: string }> => {
    const input = { name: `Of ${name}`, screen: 'alerts', query: '{"search":"status:new"}', isShared: true };
    return (await tenant.read(create, { input })).createSavedView;
  };
  const isListedAlone = async (home: Household): Promise<void> => {
    const { id } = await saved(home);
    for (const { tenant } of all()) {
      const ids = (await tenant.read(list)).savedViews.map((view: { id: string }) => view.id);
      expect(ids.includes(id)).toBe(tenant === home.tenant);
    }
  };
  const isRefused = async (home: Household, document: string): Promise<void> => {
    for (const each of all()) await saved(each);
    await refusesOthers(home, all(), list, ({ savedViews }) => savedViews as { id: string }[], document);
  };
  return {
    'Query.searchFields': async ({ tenant }) => {
      const document = '{ searchFields(of: ALERT_GROUP) { name examples } }';
      const answers = await Promise.all(all().map((each) => each.tenant.read(document)));
      // It tells of the language, which is the same for everybody.
      expect(answers).toEqual(all().map(() => answers[0]));
      expect(await tenant.read(document)).toEqual(answers[0]);
    },
    'Query.savedViews': isListedAlone,
    'Mutation.createSavedView': isListedAlone,
    'Mutation.updateSavedView': (home) =>
      isRefused(home, 'mutation ($id: ID!) { updateSavedView(id: $id, input: { name: "Mine" }) { id } }'),
    'Mutation.deleteSavedView': (home) => isRefused(home, 'mutation ($id: ID!) { deleteSavedView(id: $id) { id } }'),
  };
}
