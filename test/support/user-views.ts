import { expect } from 'vitest';
import type { Household } from './network-views.ts';

/** A mutation that names a row of another tenant finds nothing. */
export async function refusesOthers(
  home: Household,
  households: readonly Household[],
  list: string,
  rowsOf: (data: Record<string, { id: string }[]>) => { id: string }[] | undefined,
  document: string,
): Promise<void> {
  for (const { tenant: other } of households.filter((each) => each !== home)) {
    for (const { id } of rowsOf(await other.read(list)) ?? []) {
      const { errors } = await home.tenant.graphql(document, { id });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
  }
}

/** A new user of a tenant. */
async function userOf(tenant: Household['tenant'], mailbox: string): Promise<{ id: string; tenantId: string }> {
  const document = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { id tenantId } }';
  return (await tenant.read(document, { input: { email: `${mailbox}@example.org`, permissions: [] } })).createUser;
}

/** What tenants see of each other's users, for each root field that shows or changes them. */
export function userViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  return {
    'Query.users': async ({ name, tenant }) => {
      const { id } = await userOf(tenant, `list-${name}`);
      for (const { tenant: other } of all()) {
        const { users } = await other.read('{ users { id tenantId } }');
        expect(users.some((user: { id: string }) => user.id === id)).toBe(other === tenant);
        expect(users.filter(({ tenantId }: { tenantId: string }) => tenantId !== other.id)).toEqual([]);
      }
    },
    'Query.user': async ({ name, tenant }) => {
      const { id } = await userOf(tenant, `one-${name}`);
      for (const { tenant: other } of all()) {
        const { user } = await other.read('query ($id: ID!) { user(id: $id) { id } }', { id });
        expect(user).toEqual(other === tenant ? { id } : null);
      }
    },
    'Mutation.createUser': async ({ name, tenant }) => {
      expect((await userOf(tenant, `made-${name}`)).tenantId).toBe(tenant.id);
    },
    'Mutation.updateUser': async (home) => {
      for (const { tenant } of all()) await userOf(tenant, `for-${home.name}-${tenant.id}`);
      const document = 'mutation ($id: ID!) { updateUser(id: $id, input: { disabled: true }) { id } }';
      await refusesOthers(home, all(), '{ users { id } }', ({ users }) => users, document);
    },
    'Mutation.createApiToken': async (home) => {
      for (const { tenant } of all()) await userOf(tenant, `token-${home.name}-${tenant.id}`);
      const document = 'mutation ($id: ID!) { createApiToken(input: { name: "theirs", userId: $id }) { secret } }';
      await refusesOthers(home, all(), '{ users { id } }', ({ users }) => users, document);
    },
    'Mutation.revokeCredential': async (home) => {
      const document = 'mutation ($id: ID!) { revokeCredential(id: $id) { id } }';
      await refusesOthers(home, all(), '{ credentials { id } }', ({ credentials }) => credentials, document);
    },
  };
}
