import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Environment, runTocsin, settingsOf } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let env: Environment;

beforeAll(async () => {
  database = await createTestDatabase();
  env = settingsOf(database);
});

afterAll(() => database.drop());

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

describe('tocsin tenant create', () => {
  it('prints the id and name of a new tenant, which tenant list then shows', async () => {
    const made = await runTocsin(['tenant', 'create', '--name', ' North Wing ', '--json'], env);
    const { id } = JSON.parse(made.stdout);
    const listed = await runTocsin(['tenant', 'list', '--json'], env);

    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toEqual({ id: uuid, name: 'North Wing' });
    expect(JSON.parse(listed.stdout).tenants).toContainEqual({ id, name: 'North Wing' });
  });

  it('speaks to people without --json', async () => {
    expect(await runTocsin(['tenant', 'create', '--name', 'South Wing'], env)).toEqual({
      code: 0,
      signal: null,
      stderr: '',
      stdout: expect.stringMatching(/^Tenant South Wing has the id [0-9a-f-]{36}\n$/),
    });
  });

  it('refuses a name that is taken, with code 1', async () => {
    expect(await runTocsin(['tenant', 'create', '--name', 'South Wing'], env)).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: 'A tenant named "South Wing" exists already\n',
    });
  });

  it.each([
    ['that is blank', '   '],
    ['of 201 characters', 'x'.repeat(201)],
  ])('refuses a name %s', async (_, name) => {
    expect(await runTocsin(['tenant', 'create', '--name', name, '--json'], env)).toMatchObject({
      code: 1,
      stdout: '{"error":"name: must have 1 to 200 characters"}\n',
    });
  });
});

describe('tocsin tenant backup-module', () => {
  it('switches the module of a tenant, by default of Default', async () => {
    const made = await runTocsin(['tenant', 'create', '--name', 'East Wing', '--json'], env);
    const { id } = JSON.parse(made.stdout);
    const off = await runTocsin(['tenant', 'backup-module', 'off', '--tenant', id, '--json'], env);

    expect(off).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(off.stdout)).toEqual({ id, backupModule: false });
    expect(await runTocsin(['tenant', 'backup-module', 'on'], env)).toMatchObject({
      code: 0,
      stdout: 'The Backup module of Default is on\n',
    });
  });

  it('refuses another state with code 2, and an unknown tenant with code 1', async () => {
    expect(await runTocsin(['tenant', 'backup-module', 'maybe'], env)).toMatchObject({ code: 2 });
    expect(await runTocsin(['tenant', 'backup-module', 'on', '--tenant', 'x'], env)).toMatchObject({
      code: 1,
      stderr: 'Tenant x does not exist\n',
    });
  });
});
