import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { allPermissions, permissions } from '../../../schema/permissions.ts';
import { readConfig } from '../../../server/config.ts';
import { createLog } from '../../../server/log.ts';
import { openStore, type Store } from '../../../server/store.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import {
  type Environment,
  runTocsin,
  type ServerProcess,
  settingsOf,
  startServer,
} from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let env: Environment;
let server: ServerProcess;
/** For what a test needs besides the command it is about. */
let store: Store;
/** Every secret that a test has been shown. */
const secrets: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  env = settingsOf(database);
  server = await startServer({ ...env, TOCSIN_LOG_LEVEL: 'trace' });
  store = await openStore(readConfig(env), createLog('silent'), Date.now);
});

afterAll(async () => {
  await server.stop('SIGKILL');
  await store.database.close();
  await database.drop();
});

async function tocsin(...args: string[]) {
  const ended = await runTocsin([...args, '--json'], env);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const answer = JSON.parse(ended.stdout);
  if (answer.secret) secrets.push(answer.secret);
  return answer;
}

const create = (kind: string, name: string, ...rest: string[]) =>
  tocsin('credential', 'create', '--kind', kind, '--name', name, ...rest);

function send(key: string): Promise<Response> {
  return fetch(`${server.url}/api/v1/webhooks/wazuh`, {
    method: 'POST',
    headers: { 'X-API-Key': key },
    body: JSON.stringify(aWazuhAlert()),
  });
}

async function ask(token: string, query: string) {
  const reply = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await reply.json()) as { data: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

describe('tocsin credential create', () => {
  it.each([
    ['ingest-key', 'tocsin_ingest_'],
    ['intake-key', 'tocsin_intake_'],
    ['device-key', 'tocsin_device_'],
    ['provisioning-key', 'tocsin_provisioning_'],
    ['api-token', 'tocsin_api_'],
  ])('makes one of kind %s whose secret begins with %s', async (kind, prefix) => {
    expect(await create(kind, `a ${kind}`)).toEqual({
      id: uuid,
      kind,
      tenantId: uuid,
      secret: expect.stringMatching(new RegExp(`^${prefix}[0-9A-Za-z]{36}$`)),
    });
  });

  it('makes a key of the tenant Default that works at once in a server that was running before', async () => {
    const { secret, tenantId } = await create('ingest-key', 'wazuh');

    expect((await send(secret)).status).toBe(200);
    expect(await store.tenants.find()).toMatchObject({ id: tenantId, name: 'Default' });
  });

  it('ends an api-token after the days that are given', async () => {
    const { id } = await create('api-token', 'short', '--days', '7');
    const { credentials } = await tocsin('credential', 'list');
    const { createdAt, expiresAt } = credentials.find((each: { id: string }) => each.id === id);

    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeGreaterThan(6.9 * 86_400_000);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeLessThan(7.1 * 86_400_000);
    const never = ['credential', 'create', '--kind', 'api-token', '--name', 'x', '--days', '0'];
    expect((await runTocsin(never, env)).code).toBe(2);
  });

  it('gives an api-token just the permissions that are listed', async () => {
    const { secret } = await create('api-token', 'viewer', '--permissions', 'perm_devices_r,perm_alerts_r');
    const { data } = await ask(secret, '{ alerts { totalCount } }');
    const refused = await ask(secret, '{ events { totalCount } }');

    expect(data).toMatchObject({ alerts: { totalCount: expect.any(Number) } });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('lets an api-token without --permissions do everything in its tenant', async () => {
    await create('api-token', 'owner', '--permissions', 'perm_data_w');
    await create('api-token', 'owner');
    const { credentials } = await tocsin('credential', 'list');
    const owners = credentials.filter(({ name }: { name: string }) => name === 'owner');

    expect(owners).toMatchObject([
      { permissions: ['perm_data_w'] },
      { permissions: allPermissions.map((permission) => permissions[permission]) },
    ]);
  });

  it('makes it for the tenant that --tenant names, whose events Default does not see', async () => {
    const { id: tenant } = await store.tenants.create('Annex');
    const { secret: key, tenantId } = await create('ingest-key', 'annex', '--tenant', tenant);
    const { secret: token } = await store.credentials.create('API_TOKEN', 'annex', { tenantId: tenant });
    await send(key);

    expect(tenantId).toBe(tenant);
    expect((await ask(token, '{ events { totalCount } }')).data).toEqual({ events: { totalCount: 1 } });
  });

  it.each([
    ['019aa5c2-3c00-7000-8000-000000000000', 'Tenant 019aa5c2-3c00-7000-8000-000000000000 does not exist'],
    ["' or 1=1 --", "Tenant ' or 1=1 -- does not exist"],
  ])('refuses the unknown tenant %s with code 1', async (tenant, error) => {
    const args = ['credential', 'create', '--json', '--kind', 'ingest-key', '--name', 'x', `--tenant=${tenant}`];

    expect(await runTocsin(args, env)).toMatchObject({ code: 1, stdout: `${JSON.stringify({ error })}\n` });
  });

  it('refuses permissions for a key that has none of its own', async () => {
    const args = ['credential', 'create', '--kind', 'ingest-key', '--name', 'x', '--permissions', 'perm_alerts_r'];

    expect(await runTocsin(args, env)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^permissions: /),
    });
  });

  it('shows people the secret on a line of its own, and the id to revoke it by', async () => {
    const { code, stdout } = await runTocsin(['credential', 'create', '--kind', 'device-key', '--name', 'edge'], env);
    const [secret = ''] = stdout.split('\n');
    secrets.push(secret);

    expect(code).toBe(0);
    expect(secret).toMatch(/^tocsin_device_[0-9A-Za-z]{36}$/);
    expect(stdout).toMatch(/shown this once.*Its id, to revoke it by, is [0-9a-f-]{36}\.\n$/);
  });
});

describe('tocsin credential list', () => {
  it('shows what a credential is, never its secret', async () => {
    const { id, tenantId } = await store.credentials.create('INTAKE_KEY', 'firewall');
    const { credentials } = await tocsin('credential', 'list');

    expect(credentials.find((each: { id: string }) => each.id === id)).toEqual({
      id,
      kind: 'intake-key',
      name: 'firewall',
      tenantId,
      userId: null,
      permissions: ['perm_events_w'],
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastUsedAt: null,
      expiresAt: null,
      revokedAt: null,
    });
    expect(JSON.stringify(credentials)).not.toMatch(/tocsin_[a-z]+_|[hH]ash/);
  });

  it('tells people which are revoked', async () => {
    const { id } = await store.credentials.create('INGEST_KEY', 'old');
    await store.credentials.revoke(id);
    const { stdout } = await runTocsin(['credential', 'list'], env);

    expect(stdout).toMatch(new RegExp(`^${id}  ingest-key +revoked  old$`, 'm'));
  });
});

describe('tocsin credential revoke', () => {
  it('closes what a key opened within 5 s, in a server that has just used it', async () => {
    const { id, secret } = await store.credentials.create('INGEST_KEY', 'laptop');
    expect((await send(secret)).status).toBe(200);
    expect(await tocsin('credential', 'revoke', id)).toEqual({ id, revoked: true });
    const revokedAt = performance.now();
    while ((await send(secret)).status === 200) await new Promise((resolve) => setTimeout(resolve, 50));

    expect(performance.now() - revokedAt).toBeLessThan(5000);
    expect((await send(secret)).status).toBe(401);
  });

  it('may be repeated', async () => {
    const { id } = await store.credentials.create('INGEST_KEY', 'again');
    await store.credentials.revoke(id);

    expect(await tocsin('credential', 'revoke', id)).toEqual({ id, revoked: true });
  });

  it('refuses an id that is not there, with code 1', async () => {
    const id = '019aa5c2-3c00-7000-8000-000000000000';

    expect(await runTocsin(['credential', 'revoke', id], env)).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `Credential ${id} does not exist\n`,
    });
  });
});

describe('a secret, after it was shown', () => {
  it('is in no file of the data folder, no row and no log', async () => {
    for (const secret of secrets) await send(secret);
    const [, token = ''] = /\/setup#token=(\S+)/.exec(server.output) ?? [];
    const form = { token, email: 'ann@example.org', name: 'Ann', password: 'correct horse battery' };
    const signedIn = await fetch(`${server.url}/auth/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(form),
    });
    expect(signedIn.status).toBe(204);
    secrets.push(String(/^tocsin_session=(\w+)/.exec(String(signedIn.headers.get('set-cookie')))?.[1]));
    await server.stop();
    const tables = ['credential', 'setup_link', 'app_user', 'audit_entry'];
    const rows = await Promise.all(tables.map((table) => store.database.read(`select * from ${table}`, [])));
    const files = readdirSync(database.dataDir).map((name) => readFileSync(join(database.dataDir, name), 'latin1'));
    const places = [...files, JSON.stringify(rows), server.output];

    expect(secrets.length).toBeGreaterThan(8);
    expect(files.length).toBeGreaterThan(inject('postgresUrl') === undefined ? 1 : 0);
    expect(secrets.filter((secret) => places.some((place) => place.includes(secret.slice(-36))))).toEqual([]);
    // The link is told to whoever started the server, and to nobody else.
    const kept = [...files, JSON.stringify(rows)];
    expect([token, form.password].filter((secret) => kept.some((place) => place.includes(secret)))).toEqual([]);
    expect(server.output).not.toContain(form.password);
  });
});

describe('what commands change', () => {
  it('is in the audit log of the tenant, in the name of the command, without a secret', async () => {
    const { id: tenantId } = await tocsin('tenant', 'create', '--name', 'Told');
    const made = await create('api-token', 'told', '--tenant', tenantId);
    await tocsin('credential', 'revoke', made.id);
    const ann = await tocsin('user', 'create', '--email', 'told@example.org', '--tenant', tenantId);
    await tocsin('user', 'disable', ann.id);

    const { edges } = await store.audit.page(tenantId, {}, { first: 10 });
    const entries = edges.map(({ node }) => node).reverse();
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['CREATE_TENANT', tenantId],
      ['CREATE_CREDENTIAL', made.id],
      ['REVOKE_CREDENTIAL', made.id],
      ['CREATE_USER', ann.id],
      ['UPDATE_USER', ann.id],
    ]);
    expect(new Set(entries.map(({ credentialId }) => credentialId))).toEqual(new Set(['tocsin command']));
    expect(JSON.stringify(entries)).not.toContain(made.secret);
    expect(await store.audit.verify(tenantId)).toMatchObject({ entries: 5, firstBreak: null });
  });
});
