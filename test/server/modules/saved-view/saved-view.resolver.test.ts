import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenants, TestTenant } from '../../../support/test-tenant.ts';

const now = Date.parse('2026-11-21T09:30:00Z');
const fields = 'id name screen query isShared isMine ownerId createdAt updatedAt';
const create = `mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { ${fields} } }`;
const update = `mutation ($id: ID!, $input: UpdateSavedViewInput!) { updateSavedView(id: $id, input: $input) { ${fields} } }`;
const remove = 'mutation ($id: ID!) { deleteSavedView(id: $id) { id } }';
const list = `query ($screen: String) { savedViews(screen: $screen) { ${fields} } }`;

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now });
  const [opened] = await openTenants(gateway, 'viewing');
  tenant = opened!;
});

afterAll(() => gateway.close());

/** A new user of the tenant, as somebody who asks. */
async function somebody(name: string): Promise<{ readonly id: string; readonly tenant: TestTenant }> {
  const permissions = ['ALERTS_READ'] as const;
  const user = await gateway.store.users.create(tenant.id, { email: `${name}@example.com`, name, permissions });
  const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, user, permissions });
  return { id: user.id, tenant: new TestTenant(gateway, tenant.id, secret) };
}

const input = { name: ' Mine ', screen: 'alerts', query: '{"search":"assignee:me"}' };

describe('a saved view', () => {
  it("is its user's, whatever token the user comes with, until it is shared", async () => {
    const [kim, lee] = [await somebody('kim'), await somebody('lee')];
    const { createSavedView: made } = await kim.tenant.read(create, { input });
    const at = new Date(now).toISOString();
    const expected = {
      ...input,
      name: 'Mine',
      isShared: false,
      isMine: true,
      ownerId: kim.id,
      createdAt: at,
      updatedAt: at,
    };
    expect(made).toEqual({ id: made.id, ...expected });
    const { secret } = await gateway.createCredential('API_TOKEN', {
      tenantId: tenant.id,
      user: await gateway.store.users.find(kim.id),
      permissions: [],
    });
    expect((await new TestTenant(gateway, tenant.id, secret).read(list)).savedViews).toEqual([made]);
    expect((await lee.tenant.read(list)).savedViews).toEqual([]);
    expect((await kim.tenant.read(list, { screen: 'devices' })).savedViews).toEqual([]);

    const changes = { name: 'Ours', isShared: true };
    const { updateSavedView: shared } = await kim.tenant.read(update, { id: made.id, input: changes });
    expect(shared).toEqual({ ...made, ...changes });
    expect((await lee.tenant.read(list)).savedViews).toEqual([{ ...shared, isMine: false }]);
    for (const [document, more] of [
      [update, { input: changes }],
      [remove, {}],
    ] as const) {
      const { errors } = await lee.tenant.graphql(document, { id: made.id, ...more });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
    expect((await kim.tenant.read(remove, { id: made.id })).deleteSavedView).toEqual({ id: made.id });
    expect((await lee.tenant.read(list)).savedViews).toEqual([]);

    const { auditLog } = await tenant.read(
      'query ($id: String!) { auditLog(filter: { subject: [$id] }) { nodes { action subject details } } }',
      { id: made.id },
    );
    expect(auditLog.nodes).toEqual([
      { action: 'DELETE_SAVED_VIEW', subject: made.id, details: { name: 'Ours', screen: 'alerts' } },
      { action: 'UPDATE_SAVED_VIEW', subject: made.id, details: { name: 'Ours', screen: 'alerts' } },
      { action: 'CREATE_SAVED_VIEW', subject: made.id, details: { name: 'Mine', screen: 'alerts' } },
    ]);
  });

  it("is the token's own where that is nobody's, and there are a hundred of them at most", async () => {
    for (let count = 0; count < 100; count++) await tenant.read(create, { input: { ...input, name: `View ${count}` } });
    const { errors } = await tenant.graphql(create, { input });
    expect(errors).toMatchObject([
      { message: 'There are 100 saved views already: delete one first', extensions: { code: 'CONFLICT' } },
    ]);
    const { savedViews } = await tenant.read(list);
    expect(savedViews).toHaveLength(100);
    expect(savedViews[0]).toMatchObject({ name: 'View 0', isMine: true, ownerId: null });
    const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, name: 'another' });
    const other = new TestTenant(gateway, tenant.id, secret);
    expect((await other.read(list)).savedViews).toEqual([]);
    await other.read(create, { input });
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'a'.repeat(201) }],
    ['screen', { screen: 'no/screen' }],
    ['query', { query: 'search' }],
    ['query', { query: JSON.stringify('a'.repeat(8000)) }],
  ])('with a %s like %j is refused', async (field, changes) => {
    const { errors } = await tenant.graphql(create, { input: { ...input, ...changes } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });
});
