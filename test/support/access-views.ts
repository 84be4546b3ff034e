import { expect } from 'vitest';
import { Browser } from './browser.ts';
import type { Household } from './network-views.ts';
import { refusesOthers } from './user-views.ts';

const createRole =
  'mutation ($name: String!) { createRole(input: { name: $name, permissions: [ALERTS_READ] }) { id name } }';

/** A user of a tenant, signed in. */
function personOf({ name, tenant }: Household, mailbox: string) {
  return Browser.of(tenant.gateway, `${mailbox}-${name}@example.org`, { tenantId: tenant.id });
}

/** What tenants see of each other's roles, sessions and settings, for each root field that shows or changes them. */
export function accessViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  const everyone = async (make: (household: Household) => Promise<unknown>) => {
    for (const household of all()) await make(household);
  };
  return {
    'Query.me': async (home) => {
      const { browser, user } = await personOf(home, 'me');
      const { data } = await browser.graphql('{ me { user { id } tenant { id name } } }');
      expect(data.me).toEqual({ user: { id: user.id }, tenant: { id: home.tenant.id, name: home.name } });
    },
    'Query.tenant': async ({ name, tenant }) => {
      expect(await tenant.read('{ tenant { id name } }')).toEqual({ tenant: { id: tenant.id, name } });
    },
    'Query.roles': async (home) => {
      // The same name in every tenant: names are unique in one alone.
      const { createRole: made } = await home.tenant.read(createRole, { name: 'Night shift' });
      for (const { tenant } of all()) {
        const { roles } = await tenant.read('{ roles { id } }');
        expect(roles.some(({ id }: { id: string }) => id === made.id)).toBe(tenant === home.tenant);
      }
    },
    'Query.sessions': async (home) => {
      const { browser } = await personOf(home, 'sessions');
      const { id } = (await browser.graphql('{ sessions { id isCurrent } }')).data.sessions.find(
        ({ isCurrent }: { isCurrent: boolean }) => isCurrent,
      );
      for (const { tenant } of all()) {
        const { sessions } = await tenant.read('{ sessions { id } }');
        expect(sessions.some((session: { id: string }) => session.id === id)).toBe(tenant === home.tenant);
      }
    },
    'Mutation.createRole': async ({ name, tenant }) => {
      const { createRole: made } = await tenant.read(createRole, { name: `Of ${name}` });
      expect(made).toEqual({ id: expect.any(String), name: `Of ${name}` });
    },
    'Mutation.updateRole': async (home) => {
      await everyone(({ tenant }) => tenant.read(createRole, { name: `Changed for ${home.name}` }));
      const document = 'mutation ($id: ID!) { updateRole(id: $id, input: { name: "Theirs" }) { id } }';
      await refusesOthers(home, all(), '{ roles { id isBuiltIn } }', ownRoles, document);
    },
    'Mutation.deleteRole': async (home) => {
      await everyone(({ tenant }) => tenant.read(createRole, { name: `Deleted for ${home.name}` }));
      const document = 'mutation ($id: ID!) { deleteRole(id: $id) { id } }';
      await refusesOthers(home, all(), '{ roles { id isBuiltIn } }', ownRoles, document);
    },
    'Mutation.inviteUser': async (home) => {
      await everyone((household) => personOf(household, `invited-for-${home.name}`));
      const document = 'mutation ($id: ID!) { inviteUser(id: $id) { link } }';
      await refusesOthers(home, all(), '{ users { id } }', ({ users }) => users, document);
    },
    'Mutation.revokeSession': async (home) => {
      await everyone((household) => personOf(household, `revoked-for-${home.name}`));
      const document = 'mutation ($id: ID!) { revokeSession(id: $id) { id } }';
      await refusesOthers(home, all(), '{ sessions { id } }', ({ sessions }) => sessions, document);
    },
    'Mutation.rotateApiToken': async (home) => {
      const document = 'mutation ($id: ID!) { rotateApiToken(id: $id) { secret } }';
      await refusesOthers(home, all(), '{ credentials { id } }', ({ credentials }) => credentials, document);
    },
    'Mutation.changePassword': async (home) => {
      // Whose password it changes nobody can say but the credential.
      const { errors } = await home.tenant.graphql('mutation { changePassword(current: "x", new: "ten letters") }');
      expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    },
    'Mutation.updateTenant': async (home) => {
      await home.tenant.read('mutation { updateTenant(input: { alertThreshold: FATAL }) { id } }');
      for (const { tenant } of all()) {
        const threshold = (await tenant.read('{ tenant { alertThreshold } }')).tenant.alertThreshold;
        expect(threshold).toBe(tenant === home.tenant ? 'FATAL' : 'LOW');
      }
      await home.tenant.read('mutation { updateTenant(input: { alertThreshold: LOW }) { id } }');
    },
  };
}

function ownRoles({ roles = [] }: Record<string, { id: string }[]>) {
  return (roles as { id: string; isBuiltIn: boolean }[]).filter(({ isBuiltIn }) => !isBuiltIn);
}
