import { expect } from 'vitest';
import { anAlertGroup } from './alert-rows.ts';
import type { Household } from './network-views.ts';
import { openTenants } from './test-tenant.ts';

const pages = {
  NETWORK: '{ networkAlertPage(filter: { source: ["%"] }) { totalCount nodes { id tenantId } } }',
  SERVER: '{ serverAlertPage(filter: { hostname: ["%"] }) { totalCount nodes { id tenantId } } }',
};

/** What tenants see of each other's alerts by pages, for each root field that shows or deletes them. */
export function alertPageViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  /** Both ways a page is read: all of a kind, and what patterns match. */
  const sees = (kind: 'NETWORK' | 'SERVER') => {
    return async ({ tenant, alerts }: Household) => {
      const own = kind === 'NETWORK' ? alerts.slice(-1) : alerts.slice(0, -1);
      const nodes = own.map((id) => ({ id, tenantId: tenant.id })).reverse();
      const [field = ''] = /\w+Page/.exec(pages[kind]) ?? [];
      for (const document of [pages[kind], pages[kind].replace(/\(.*?\)/, '')]) {
        expect(await tenant.read(document)).toEqual({ [field]: { totalCount: own.length, nodes } });
      }
    };
  };

  /** Another tenant's alert is refused as if it were not there, and stays; one's own goes. A tenant of their own loses it. */
  const deletes = (kind: 'NETWORK' | 'SERVER', field: string) => {
    return async (home: Household) => {
      const { gateway } = home.tenant;
      const remove = `mutation ($id: ID!) { ${field}(id: $id) { id tenantId } }`;
      for (const other of all().filter((each) => each !== home)) {
        for (const id of other.alerts) {
          const { errors } = await home.tenant.graphql(remove, { id });
          expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
        }
        expect((await other.tenant.read('{ alerts { totalCount } }')).alerts.totalCount).toBe(other.alerts.length);
      }
      const [tenant] = await openTenants(gateway, `${field} of ${home.name}`);
      if (!tenant) throw new Error('No tenant was opened');
      await gateway.store.database.commit(anAlertGroup(tenant.id, [{ kind }]));
      const [{ id }] = (await tenant.read('{ alerts { nodes { id } } }')).alerts.nodes;
      expect(await tenant.read(remove, { id })).toEqual({ [field]: { id, tenantId: tenant.id } });
      expect((await tenant.read('{ alerts { totalCount } }')).alerts.totalCount).toBe(0);
    };
  };

  return {
    'Query.networkAlertPage': sees('NETWORK'),
    'Query.serverAlertPage': sees('SERVER'),
    'Mutation.deleteNetworkAlert': deletes('NETWORK', 'deleteNetworkAlert'),
    'Mutation.deleteServerAlert': deletes('SERVER', 'deleteServerAlert'),
  };
}
