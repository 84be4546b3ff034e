import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allPermissions } from '../../../../schema/permissions.ts';
import { Browser } from '../../../support/browser.ts';
import { GraphqlSocket } from '../../../support/graphql-socket.ts';
import { runTocsin, settingsOf } from '../../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

let gateway: TestGateway;
/** What the server does once a minute. */
const eachMinute: (() => Promise<void>)[] = [];
let now = Date.now();

beforeAll(async () => {
  const every = (ms: number, callBack: () => Promise<void>) => {
    if (ms === 60_000) eachMinute.push(callBack);
    return () => {};
  };
  gateway = await startTestGateway({ now: () => now, every });
});

afterAll(() => gateway.close());

async function ask(query: string, variables: object = {}, token?: string) {
  const { data, errors } = await gateway.graphql(query, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

async function faultOf(query: string, variables: object = {}, token?: string) {
  const { errors } = await gateway.graphql(query, variables, token);
  return errors?.map(({ message, extensions }) => `${extensions['code']} ${message}`);
}

const updateUser =
  'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { role { name } permissions } }';
const createRole =
  'mutation ($input: CreateRoleInput!) { createRole(input: $input) { id name permissions isBuiltIn } }';
const updateRole =
  'mutation ($id: ID!, $input: UpdateRoleInput!) { updateRole(id: $id, input: $input) { permissions } }';
const deleteRole = 'mutation ($id: ID!) { deleteRole(id: $id) { name } }';
const issue =
  'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret credential { id expiresAt } } }';
const rotate = `mutation ($id: ID!, $hours: Int) { rotateApiToken(id: $id, overlapHours: $hours) { secret credential { id name userId expiresAt } } }`;
const mayI = '{ me { permissions } }';

async function permissionsOf(browser: Browser): Promise<string[]> {
  return (await browser.graphql(mayI)).data?.me.permissions;
}

describe('a role', () => {
  it('is one of three in every tenant, which nobody changes', async () => {
    const { roles } = await ask('{ roles { id name isBuiltIn permissions } }');
    const [administrator, operator, viewer] = roles;
    expect(roles.map(({ name }: { name: string }) => name)).toEqual(['Administrator', 'Operator', 'Viewer']);
    expect(administrator.permissions).toEqual(allPermissions);
    expect(allPermissions.filter((each) => !operator.permissions.includes(each)).sort()).toEqual([
      'AUDIT_READ',
      'DATA_WRITE',
      'INTAKES_WRITE',
      'SINKS_WRITE',
      'USERS_READ',
      'USERS_WRITE',
    ]);
    expect(viewer.permissions).toContain('ALERTS_READ');
    expect(viewer.permissions.filter((each: string) => !each.endsWith('_READ') || /USERS|AUDIT/.test(each))).toEqual(
      [],
    );
    expect(await faultOf(updateRole, { id: 'VIEWER', input: { permissions: ['USERS_WRITE'] } })).toEqual([
      'CONFLICT A built-in role cannot be changed',
    ]);
    expect(await faultOf(deleteRole, { id: 'OPERATOR' })).toEqual(['CONFLICT A built-in role cannot be changed']);
    expect(await faultOf(createRole, { input: { name: ' viewer', permissions: [] } })).toEqual([
      'CONFLICT A role named "Viewer" exists already',
    ]);
  });

  it('is followed by its users as it changes, in sessions, tokens and open sockets, within a second or so', async () => {
    const input = { name: 'Night shift', permissions: ['ALERTS_READ', 'EVENTS_READ'] };
    const { id } = (await ask(createRole, { input })).createRole;
    expect(await faultOf(createRole, { input })).toEqual(['CONFLICT A role named "Night shift" exists already']);
    const { browser, user } = await Browser.of(gateway, 'ann@example.org', { roleId: id });
    const token = (await ask(issue, { input: { name: 'ann', userId: user.id } })).createApiToken.secret;
    const socket = await GraphqlSocket.connect(gateway.url, token);
    expect(await permissionsOf(browser)).toEqual(input.permissions);

    await ask(updateRole, { id, input: { permissions: ['ALERTS_READ', 'DEVICES_READ'] } });
    await vi.waitFor(async () => expect(await permissionsOf(browser)).toEqual(['ALERTS_READ', 'DEVICES_READ']), 5000);
    expect((await ask(mayI, {}, token)).me.permissions).toEqual(['ALERTS_READ']);
    expect(await socket.closed).toMatchObject({ code: 4403 });

    expect(await faultOf(deleteRole, { id })).toEqual(['CONFLICT The role "Night shift" is that of 1 user']);
    await ask(updateUser, { id: user.id, input: { roleId: 'VIEWER' } });
    expect((await ask(deleteRole, { id })).deleteRole).toEqual({ name: 'Night shift' });
    expect(await faultOf(deleteRole, { id })).toEqual([`NOT_FOUND Role ${id} does not exist`]);
    await ask(updateUser, { id: user.id, input: { permissions: ['DATA_READ'] } });
    await vi.waitFor(async () => expect(await permissionsOf(browser)).toEqual(['DATA_READ']), 5000);
    expect(await faultOf(updateUser, { id: user.id, input: { roleId: 'VIEWER', permissions: [] } })).toEqual([
      'BAD_USER_INPUT permissions: a user has a role, or permissions of its own, not both',
    ]);
  });

  it('is neither made, widened nor given by whoever holds less', async () => {
    const { secret } = await gateway.createCredential('API_TOKEN', { permissions: ['USERS_WRITE', 'USERS_READ'] });
    const refused = ['FORBIDDEN This needs the permission DATA_WRITE'];
    const { id } = (await ask(createRole, { input: { name: 'Narrow', permissions: [] } })).createRole;
    const { user } = await Browser.of(gateway, 'ben@example.org', { roleId: id });
    expect(await faultOf(createRole, { input: { name: 'Wide', permissions: ['DATA_WRITE'] } }, secret)).toEqual(
      refused,
    );
    expect(await faultOf(updateRole, { id, input: { permissions: ['DATA_WRITE'] } }, secret)).toEqual(refused);
    const administrator = { id: user.id, input: { roleId: 'ADMINISTRATOR' } };
    expect(await faultOf(updateUser, administrator, secret)).toMatchObject([expect.stringMatching(/^FORBIDDEN/)]);
    const { user: chief } = await Browser.of(gateway, 'chief@example.org');
    const invite = 'mutation ($id: ID!) { inviteUser(id: $id) { link } }';
    expect(await faultOf(invite, { id: chief.id }, secret)).toMatchObject([expect.stringMatching(/^FORBIDDEN/)]);
  });
});

describe('the last who can let people in', () => {
  it('cannot be disabled, nor lose that, by whatever way', async () => {
    const tenantId = await gateway.createTenant('Keeper');
    const token = (await gateway.createCredential('API_TOKEN', { tenantId })).secret;
    const input = { name: 'Keepers', permissions: ['USERS_WRITE'] };
    const { id: roleId } = (await ask(createRole, { input }, token)).createRole;
    const { user } = await Browser.of(gateway, 'keeper@example.org', { roleId, tenantId });
    const refused = ['CONFLICT This would leave no enabled user with USERS_WRITE, and so nobody to let people in'];
    const change = (given: object) => faultOf(updateUser, { id: user.id, input: given }, token);
    expect(await change({ disabled: true })).toEqual(refused);
    expect(await change({ roleId: 'VIEWER' })).toEqual(refused);
    expect(await change({ permissions: ['USERS_READ'] })).toEqual(refused);
    expect(await faultOf(updateRole, { id: roleId, input: { permissions: [] } }, token)).toEqual(refused);
    const { users } = await ask('{ users { disabledAt role { permissions } } }', {}, token);
    expect(users).toEqual([{ disabledAt: null, role: { permissions: ['USERS_WRITE'] } }]);

    const { user: second } = await Browser.of(gateway, 'second@example.org', { tenantId });
    expect(await change({ disabled: true })).toBeUndefined();
    const { user: third } = await Browser.of(gateway, 'third@example.org', { tenantId });
    const faults = await Promise.all(
      [second, third].map(({ id }) => faultOf(updateUser, { id, input: { disabled: true } }, token)),
    );
    expect(faults.filter((fault) => fault !== undefined)).toEqual([refused]);
  });
});

describe('an invitation', () => {
  it('sets a password once, signs in, and ends what was open before', async () => {
    const { browser, user } = await Browser.of(gateway, 'cat@example.org', { roleId: 'VIEWER' });
    const invite = 'mutation ($id: ID!) { inviteUser(id: $id) { link expiresAt } }';
    const stale = (await ask(invite, { id: user.id })).inviteUser.link;
    const { link, expiresAt } = (await ask(invite, { id: user.id })).inviteUser;
    expect(Date.parse(expiresAt)).toBe(now + 24 * 3_600_000);
    expect(link).toMatch(`${gateway.url}/setup#token=`);
    const tokenOf = (text: string) => text.split('#token=')[1];
    const page = new Browser(gateway);
    expect((await page.auth('link', { token: tokenOf(stale) })).status).toBe(403);
    const token = tokenOf(link);
    expect((await page.auth('link', { token })).body).toMatchObject({ kind: 'invitation', email: 'cat@example.org' });
    const form = { token, name: 'Cat', password: 'nine lives' };
    const rival = new Browser(gateway);
    const both = await Promise.all([page, rival].map((each) => each.auth('setup', form)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 403]);
    if (rival.cookie !== undefined) page.cookie = rival.cookie;
    const { data } = await page.graphql('{ me { user { id name hasPassword } } }');
    expect(data.me.user).toEqual({ id: user.id, name: 'Cat', hasPassword: true });
    await vi.waitFor(async () => expect((await browser.auth('session')).body['state']).not.toBe('signed-in'));

    const forgotten = await runTocsin(
      ['user', 'password', 'cat@example.org', '--password-stdin'],
      settingsOf(gateway.config),
      'the eleventh\n',
    );
    expect(forgotten.stdout).toBe('The password of cat@example.org is set\n');
    const reply = await new Browser(gateway).auth('sign-in', { email: 'cat@example.org', password: 'the eleventh' });
    expect(reply.status).toBe(204);
  });
});

describe('changePassword', () => {
  it('needs the present one, and ends all other sessions and invitations of the person', async () => {
    const change = 'mutation ($current: String!, $new: String!) { changePassword(current: $current, new: $new) }';
    const user = await gateway.store.users.create(gateway.tenantId, {
      email: 'dan@example.org',
      permissions: [],
      password: 'the first one',
    });
    const [browser, other] = await Promise.all([Browser.again(gateway, user), Browser.again(gateway, user)]);
    await other.graphql(mayI);
    const { link } = (await ask('mutation ($id: ID!) { inviteUser(id: $id) { link } }', { id: user.id })).inviteUser;
    const wrong = await browser.graphql(change, { current: 'another', new: 'the second one' });
    expect(wrong.errors).toMatchObject([{ message: 'current: is not the password', extensions: { field: 'current' } }]);
    const short = await browser.graphql(change, { current: 'the first one', new: 'short' });
    expect(short.errors).toMatchObject([{ extensions: { field: 'new' } }]);
    expect((await browser.graphql(change, { current: 'the first one', new: 'the second one' })).data).toEqual({
      changePassword: true,
    });
    await vi.waitFor(async () => expect((await other.auth('session')).body['state']).toBe('signed-out'));
    expect((await browser.auth('session')).body).toEqual({ state: 'signed-in' });
    const signIn = (password: string) => new Browser(gateway).auth('sign-in', { email: 'dan@example.org', password });
    expect((await signIn('the second one')).status).toBe(204);
    const token = link.split('#token=')[1];
    expect((await new Browser(gateway).auth('link', { token })).status).toBe(403);
  });
});

describe('an API token', () => {
  it('ends when it is said to, and is replaced with an overlap', async () => {
    const expiresAt = new Date(now + 3_600_000).toISOString();
    expect(await faultOf(issue, { input: { name: 'late', expiresAt: new Date(now).toISOString() } })).toEqual([
      'BAD_USER_INPUT expiresAt: must lie in the future',
    ]);
    const { secret, credential } = (
      await ask(issue, { input: { name: 'hour', permissions: ['DATA_READ'], expiresAt } })
    ).createApiToken;
    expect(credential.expiresAt).toBe(expiresAt);
    now += 60_000;
    const next = (await ask(rotate, { id: credential.id, hours: 0 })).rotateApiToken;
    expect(next.credential).toMatchObject({
      name: 'hour',
      userId: null,
      expiresAt: new Date(now + 3_600_000).toISOString(),
    });
    expect((await ask(mayI, {}, next.secret)).me.permissions).toEqual(['DATA_READ']);
    await vi.waitFor(async () => expect(await faultOf(mayI, {}, secret)).toHaveLength(1), 5000);
    expect(await faultOf(rotate, { id: credential.id })).toEqual([
      'CONFLICT The token opens nothing any more: make another',
    ]);
    now += 3_600_000;
    await vi.waitFor(async () => expect(await faultOf(mayI, {}, next.secret)).toHaveLength(1), 5000);
    const key = await gateway.createCredential('INGEST_KEY');
    expect(await faultOf(rotate, { id: key.id })).toEqual([`NOT_FOUND API token ${key.id} does not exist`]);
  });

  it('shows when it was last used, as all credentials do, written once a minute', async () => {
    const { secret, id } = await gateway.createCredential('API_TOKEN', { name: 'used' });
    const key = await gateway.createCredential('INGEST_KEY', { name: 'unused' });
    const lastUse = async () => {
      const { credentials } = await ask('{ credentials { id kind lastUsedAt } }');
      expect(credentials.some(({ kind }: { kind: string }) => kind === 'SESSION')).toBe(false);
      return [id, key.id].map((one) => credentials.find((each: { id: string }) => each.id === one).lastUsedAt);
    };
    await ask(mayI, {}, secret);
    expect(await lastUse()).toEqual([null, null]);
    for (const work of eachMinute) await work();
    expect(await lastUse()).toEqual([new Date(now).toISOString(), null]);
  });
});

describe('the tenant', () => {
  it('is renamed, and stays the one that the command line means', async () => {
    const update =
      'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { name alertThreshold backupModule } }';
    const input = { name: 'Office', alertThreshold: 'HIGH', backupModule: false };
    expect((await ask(update, { input })).updateTenant).toEqual(input);
    expect((await gateway.store.tenants.find()).id).toBe(gateway.tenantId);
    await expect(gateway.store.tenants.create('Default')).rejects.toThrow('A tenant named "Default" exists already');
    const { auditLog } = await ask('{ auditLog { nodes { action details } } }');
    expect(auditLog.nodes[0]).toEqual({ action: 'UPDATE_TENANT', details: { ...input, alertThreshold: 4 } });
    expect((await ask(update, { input: { name: 'Default' } })).updateTenant.name).toBe('Default');
  });
});

describe('tocsin user', () => {
  it('gives a role by its name, and lets a disabled user in again', async () => {
    const env = settingsOf(gateway.config);
    const { browser, user } = await Browser.of(gateway, 'eve@example.org');
    const given = await runTocsin(['user', 'role', 'Eve@example.org', '--role', 'viewer', '--json'], env);
    expect(JSON.parse(given.stdout)).toMatchObject({ id: user.id, role: { id: 'VIEWER', name: 'Viewer' } });
    await vi.waitFor(async () => expect(await permissionsOf(browser)).not.toContain('USERS_WRITE'), 5000);
    await gateway.store.users.setDisabled(user.id, true);
    await vi.waitFor(async () => expect((await browser.graphql(mayI)).errors).toHaveLength(1), 5000);
    await runTocsin(['user', 'enable', user.id], env);
    await vi.waitFor(async () => expect(await permissionsOf(browser)).toContain('ALERTS_READ'), 5000);
    expect(await runTocsin(['user', 'role', user.id, '--role', 'king'], env)).toMatchObject({
      code: 1,
      stderr: 'Role king does not exist\n',
    });
  });
});

describe('the audit log', () => {
  it('tells of everything that was done to people and roles', async () => {
    const { auditLog } = await ask('{ auditLog(first: 100) { nodes { action credentialId subject } } }');
    const nodes: { action: string; credentialId: string }[] = auditLog.nodes;
    const deeds = ['CREATE_USER', 'UPDATE_USER', 'CREATE_ROLE', 'UPDATE_ROLE', 'DELETE_ROLE', 'INVITE_USER', 'SETUP'];
    expect([...new Set(nodes.map(({ action }) => action))]).toEqual(
      expect.arrayContaining([...deeds, 'SIGN_IN', 'CHANGE_PASSWORD']),
    );
    expect(
      nodes.some(({ action, credentialId }) => action === 'UPDATE_USER' && credentialId === 'tocsin command'),
    ).toBe(true);
  });
});
