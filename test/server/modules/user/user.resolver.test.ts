import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allPermissions } from '../../../../schema/permissions.ts';
import { inJournalTurn } from '../../../../server/persistence/transaction.ts';
import { runTocsin, settingsOf } from '../../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const create =
  'mutation ($input: CreateUserInput!) { createUser(input: $input) { id email name permissions disabledAt } }';
const update =
  'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { permissions disabledAt } }';
const issue =
  'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret credential { id userId } } }';
const revoke = 'mutation ($id: ID!) { revokeCredential(id: $id) { revokedAt } }';

async function ask(query: string, variables: object, token?: string) {
  const { data, errors } = await gateway.graphql(query, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

async function faultOf(query: string, variables: object, token?: string) {
  const { errors } = await gateway.graphql(query, variables, token);
  return errors?.map(({ message, extensions }) => `${extensions['code']} ${message}`);
}

/** A user and a token of that user, both with all of `permissions`. */
async function member(email: string, permissions: string[]) {
  const user = (await ask(create, { input: { email, permissions } })).createUser;
  const token = (await ask(issue, { input: { name: email, userId: user.id } })).createApiToken;
  return { id: user.id as string, secret: token.secret as string, credential: token.credential };
}

const alerts = '{ alerts { totalCount } }';

describe('an API token of a user', () => {
  it('may do what its user may, and no more', async () => {
    const { id, secret, credential } = await member('ann@example.org', ['ALERTS_READ']);
    expect(credential.userId).toBe(id);
    await ask(alerts, {}, secret);
    expect(await faultOf('{ events { totalCount } }', {}, secret)).toEqual([
      'FORBIDDEN This needs the permission EVENTS_READ',
    ]);
  });

  it('loses what is taken from its user', async () => {
    const { id, secret } = await member('ben@example.org', ['ALERTS_READ', 'EVENTS_READ']);
    await ask(alerts, {}, secret);
    await ask(update, { id, input: { permissions: ['EVENTS_READ'] } });
    await vi.waitFor(
      async () =>
        expect(await faultOf(alerts, {}, secret)).toEqual(['FORBIDDEN This needs the permission ALERTS_READ']),
      { timeout: 5000 },
    );
    await ask('{ events { totalCount } }', {}, secret);
  });

  it.each(['disabled', 'revoked'])('opens nothing once it is %s', async (how) => {
    const { id, secret, credential } = await member(`${how}@example.org`, ['ALERTS_READ']);
    await ask(alerts, {}, secret);
    if (how === 'disabled') await ask(update, { id, input: { disabled: true } });
    else await ask(revoke, { id: credential.id });
    await vi.waitFor(
      async () => expect(await faultOf(alerts, {}, secret)).toEqual(['UNAUTHENTICATED This needs a valid credential']),
      { timeout: 5000 },
    );
  });

  it('is not made with more than its user has', async () => {
    const { id } = await member('cat@example.org', ['ALERTS_READ']);
    const input = { name: 'more', userId: id, permissions: ['ALERTS_READ', 'DATA_WRITE'] };
    expect(await faultOf(issue, { input })).toEqual([
      'BAD_USER_INPUT permissions: the user cat@example.org does not have DATA_WRITE',
    ]);
  });
});

describe('a caller with USERS_WRITE', () => {
  it('grants nothing that it does not hold, and makes tokens of its own user', async () => {
    const { id, secret } = await member('dan@example.org', ['USERS_WRITE', 'ALERTS_READ']);
    const refused = ['FORBIDDEN This needs the permission DATA_WRITE'];
    const permissions = ['DATA_WRITE'];
    expect(await faultOf(create, { input: { email: 'x@example.org', permissions } }, secret)).toEqual(refused);
    expect(await faultOf(update, { id, input: { permissions } }, secret)).toEqual(refused);
    expect(await faultOf(issue, { input: { name: 'x', permissions } }, secret)).toEqual(refused);
    const other = await member('eve@example.org', ['DATA_WRITE']);
    await ask(update, { id: other.id, input: { disabled: true } });
    expect(await faultOf(update, { id: other.id, input: { disabled: false } }, secret)).toEqual(refused);
    const { createApiToken } = await ask(issue, { input: { name: 'own' } }, secret);
    expect(createApiToken.credential.userId).toBe(id);
  });
});

describe('an e-mail address', () => {
  it('is one user whatever its case, its spaces and its composition', async () => {
    const made = await ask(create, { input: { email: '  J\u00d6RG@Example.org ', permissions: [] } });
    expect(made.createUser.email).toBe('j\u00f6rg@example.org');
    expect(await faultOf(create, { input: { email: 'jo\u0308rg@example.org', permissions: [] } })).toEqual([
      'CONFLICT A user with the e-mail address j\u00f6rg@example.org exists already',
    ]);
  });

  it.each(['', 'nobody', 'a@b@c', 'a b@c', `${'a'.repeat(250)}@b.org`, 'a\u0000@b'])('is not %j', async (email) => {
    const input = { email, permissions: [] };
    expect(await faultOf(create, { input })).toEqual([
      'BAD_USER_INPUT email: must be an e-mail address of at most 254 characters',
    ]);
  });
});

describe('tocsin user', () => {
  it('makes, limits and disables a user, and shows the password nowhere', async () => {
    const env = settingsOf(gateway.config);
    const password = 'correct horse battery';
    const made = await runTocsin(
      ['user', 'create', '--email', 'Fay@example.org', '--permissions', 'perm_alerts_r', '--password-stdin', '--json'],
      env,
      `${password}\n`,
    );
    expect(JSON.parse(made.stdout)).toMatchObject({ email: 'fay@example.org', permissions: ['perm_alerts_r'] });
    const token = ['credential', 'create', '--kind', 'api-token', '--name', 'fay', '--user', 'FAY@example.org'];
    const issued = await runTocsin([...token, '--json'], env);
    await ask(alerts, {}, JSON.parse(issued.stdout).secret);
    const refused = await runTocsin([...token, '--permissions', 'perm_data_w'], env);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('does not have DATA_WRITE') });
    const ended = await runTocsin(['user', 'disable', 'fay@example.org', '--json'], env);
    expect(JSON.parse(ended.stdout).disabledAt).toEqual(expect.any(String));
    const rows = await gateway.store.database.read('select * from app_user', []);
    expect(JSON.stringify(rows)).toMatch(/scrypt\$N=32768,r=8,p=3\$/);
    expect(JSON.stringify([rows, made, issued, ended])).not.toContain(password);
    const short = ['user', 'create', '--email', 'short@example.org', '--password-stdin'];
    expect(await runTocsin(short, env, 'too short')).toMatchObject({
      code: 1,
      stderr: 'password: must have 10 to 1,000 characters\n',
    });
  });
});

describe('what no name and no id can be', () => {
  it.each<[field: string, operation: string, code: string]>([
    ['updateRole', 'mutation ($text: ID!) { updateRole(id: $text, input: {}) { id } }', 'NOT_FOUND'],
    ['deleteRole', 'mutation ($text: ID!) { deleteRole(id: $text) { id } }', 'NOT_FOUND'],
    [
      'createUser',
      'mutation ($text: ID!) { createUser(input: { email: "nul@example.org", roleId: $text }) { id } }',
      'NOT_FOUND',
    ],
    ['updateTenant', 'mutation ($text: String!) { updateTenant(input: { name: $text }) { id } }', 'BAD_USER_INPUT'],
  ])('is refused by %s on every database', async (_, operation, code) => {
    for (const text of ['\0', 'a\0b', '\ud800']) {
      const { errors } = await gateway.graphql(operation, { text });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
    }
  });
});

describe('a role', () => {
  it('is not deleted under those who are given it at the same moment', async () => {
    const { roles, users } = gateway.store;
    const user = await users.create(gateway.tenantId, { email: 'race@example.org', roleId: 'VIEWER' });
    const caller = { tenantId: gateway.tenantId, credentialId: 'test', permissions: new Set(allPermissions) };
    for (let turns = 0; turns < 12; turns++) {
      const { id } = await roles.create(caller, { name: `Fleeting ${turns}`, permissions: [] });
      const given = users.updateFor(caller, user.id, { roleId: id });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      const done = await Promise.allSettled([given, roles.delete(caller, id)]);
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await users.updateFor(caller, user.id, { roleId: 'VIEWER' });
    }
  });
});

describe('a changed password', () => {
  it('is not outrun by a sign-in with the one before', async () => {
    const user = await gateway.store.users.create(gateway.tenantId, {
      email: 'eva@example.org',
      permissions: [],
      password: 'the first one',
    });
    const hash = await gateway.store.users.hashPassword('the second one');
    const { database, sessions, users } = gateway.store;
    await inJournalTurn(database, (within) => users.setPassword(within, user.id, hash));
    await expect(sessions.start(user)).rejects.toThrow('has another password by now');
    expect(await sessions.start({ ...user, passwordHash: hash })).toMatch('tocsin_session_');
  });
});
