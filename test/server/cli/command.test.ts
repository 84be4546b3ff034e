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

/** The one JSON object that makes up all of the standard output. */
function onlyJson(stdout: string): unknown {
  expect(stdout.endsWith('\n')).toBe(true);
  expect(stdout.trimEnd()).not.toContain('\n');
  return JSON.parse(stdout);
}

describe('tocsin', () => {
  it('--help lists what there is, on stdout, and succeeds', async () => {
    const { code, stdout, stderr } = await runTocsin(['--help'], env);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['serve', 'tenant', 'credential', 'doctor', '--json', '--version'])
      expect(stdout).toContain(word);
  });

  it('credential create --help names kinds and permissions', async () => {
    const { code, stdout } = await runTocsin(['credential', 'create', '--help'], env);

    expect(code).toBe(0);
    for (const word of ['ingest-key', 'intake-key', 'device-key', 'api-token', 'perm_alerts_r', '--tenant'])
      expect(stdout).toContain(word);
  });

  it('--version prints the version of package.json', async () => {
    expect(await runTocsin(['--version'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it('alone shows its help and ends with code 2', async () => {
    expect(await runTocsin([], env)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage: tocsin'),
    });
  });

  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['tenant', 'create'], /required option '--name <name>' not specified/],
    [['tenant', 'create', '--name', 'A', '--colour', 'red'], /unknown option '--colour'/],
    [['credential', 'create', '--kind', 'skeleton-key', '--name', 'x'], /'skeleton-key' is invalid.*ingest-key/],
    [['credential', 'create', '--kind', 'api-token', '--name', 'x', '--permissions', 'perm_all'], /perm_all/],
    [['credential', 'revoke'], /missing required argument 'id'/],
  ])('%j is called wrongly: the reason on stderr, code 2', async (args, reason) => {
    expect(await runTocsin(args, env)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(reason) });
  });
});

describe('--json', () => {
  it.each([[['--json', 'tenant', 'list']], [['tenant', '--json', 'list']], [['tenant', 'list', '--json']]])(
    'may stand anywhere: %j',
    async (args) => {
      const { code, stdout, stderr } = await runTocsin(args, env);

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(onlyJson(stdout)).toEqual({ tenants: expect.any(Array) });
    },
  );

  it.each([
    ['refused', 1, ['credential', 'revoke', 'nobody', '--json'], env],
    ['called wrongly', 2, ['tenant', 'create', '--json'], env],
    ['called by a name that is not there', 2, ['--json', 'frobnicate'], env],
    ['configured wrongly', 1, ['tenant', 'list', '--json'], { PORT: 'http' }],
  ])('of a command %s prints one object with the error, code %i', async (_, exitCode, args, settings = env) => {
    const { code, stdout } = await runTocsin(args, settings);

    expect(code).toBe(exitCode);
    expect(onlyJson(stdout)).toEqual({ error: expect.stringMatching(/\S/) });
  });
});
