import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTocsin, type ServerProcess, settingsOf, startServer } from '../../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.ts';
import { basic } from '../open-sekoia.ts';

let database: TestDatabase;
let server: ServerProcess;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const env = { ...settingsOf(database), TOCSIN_LOG_LEVEL: 'trace' };
  server = await startServer(env);
  const args = ['credential', 'create', '--kind', 'intake-key', '--name', 'firewall', '--json'];
  const { stdout } = await runTocsin(args, env);
  const made = JSON.parse(stdout) as { kind: string; secret: string };
  expect(made.kind).toBe('intake-key');
  key = made.secret;
});

afterAll(async () => {
  await server.stop('SIGKILL');
  await database.drop();
});

const post = async (path: string, body: string, headers: Record<string, string>) => {
  const response = await fetch(server.url + path, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
};

describe('a key, wherever a sender puts it', () => {
  it('shows neither in the log at its most talkative nor in a reply', async () => {
    // The vendor's own keys, which a sender still has before it is given ours, look like this.
    const theirs = 'k7Qm2ZxW9rTbN4vD8sLpG5hYcJ3fA6eU';
    const statuses = new Set<number>();
    for (const secret of [key, theirs]) {
      const agent = { 'user-agent': `sekoiaio-connector-${secret}` };
      const requests: [string, string, Record<string, string>][] = [
        ['/plain', 'a', { ...agent, 'x-sekoiaio-intake-key': secret }],
        ['/plain', 'a', { ...agent, ...basic('u', secret) }],
        ['/plain', '', { ...agent, 'x-sekoiaio-intake-key': secret }],
        [`/plain?intake_key=${secret}`, 'a', agent],
        [`/plain?intake_key=${secret}&status_code=999`, 'a', agent],
        [`/plain?header_X-SEKOIAIO-INTAKE-KEY=${secret}`, 'x'.repeat(300_000), agent],
        [`/plain?intake_key=${secret}`, 'a', { 'x-sekoiaio-intake-key': 'other' }],
        [`/nowhere?intake_key=${secret}`, 'a', agent],
        [`/%?intake_key=${secret}`, 'a', agent],
        ['/', `{"intake_key":"${secret}","json":"a"}`, agent],
        ['/', `{"intake_key":"${secret}"`, agent],
        ['/', `{"intake_key":"${secret}"}`, agent],
        ['/batch', `{"intake_key":"${secret}","jsons":[${'['.repeat(100)}`, agent],
        ['/array', `[{"intake_key":"${secret}","json":"a"},{"intake_key":"${secret}"}]`, agent],
      ];
      for (const request of requests) {
        const { status, text } = await post(...request);
        statuses.add(status);
        expect(text).not.toContain(secret);
      }
    }
    const { stdout, stderr } = await server.stop();

    expect([...statuses].sort()).toEqual([200, 400, 401, 404, 413]);
    expect(stdout).toContain('Tocsin has stopped');
    for (const secret of [key.replace('tocsin_intake_', ''), theirs]) {
      expect(stdout + stderr).not.toContain(secret.slice(0, 8));
    }
  });
});
