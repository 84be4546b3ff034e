import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runTocsin, startServer } from '../support/server-process.ts';

/** Every file under a folder, by what it is called there. */
function filesIn(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true }).map(String);
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path))]));
}

it('keeps no secret in the database, its write-ahead log, a backup or the log, wherever senders put theirs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-plaintext-'));
  const env = { PORT: '0', TOCSIN_DATA_DIR: join(folder, 'data'), TOCSIN_LOG_LEVEL: 'trace' };
  const server = await startServer(env);
  try {
    const [, link = ''] = /#token=(\S+)/.exec(server.output) ?? [];
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: server.url, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const password = 'correct horse battery staple';
    const person = { token: link, email: 'ann@example.org', name: 'Ann', password };
    const entered = await post('/auth/setup', person);
    const [, session = ''] = /tocsin_session=([^;]+)/.exec(entered.headers.get('set-cookie') ?? '') ?? [];
    const ask = async (query: string) => {
      const reply = await post('/graphql', { query: `mutation { ${query} }` }, { Cookie: `tocsin_session=${session}` });
      const { data, errors } = (await reply.json()) as {
        data: Record<string, Record<string, string>>;
        errors?: unknown;
      };
      expect(errors).toBeUndefined();
      return Object.values(data)[0] ?? {};
    };
    const integration = 'f00dface'.repeat(4);
    const secrets: Record<string, string | undefined> = {
      link,
      password,
      session,
      integration,
      token: (await ask('createApiToken(input: { name: "me" }) { secret }'))['secret'],
      intake: (await ask('createIntake(input: { name: "Lines", kind: HTTPS_INTAKE }) { secret }'))['secret'],
      webhook: (await ask('createIntake(input: { name: "Wazuh", kind: WEBHOOK }) { secret }'))['secret'],
      device: (await ask('registerDevice(input: { name: "edge-01" }) { deviceKey }'))['deviceKey'],
      signing: (
        await ask(
          'createEventSink(input: { name: "Hook", webhook: { url: "https://hooks.example.com/x" } }) { signingSecret }',
        )
      )['signingSecret'],
    };
    await ask(
      `createEventSink(input: { name: "Pager", pagerDuty: { integrationKey: "${integration}" } }) { sink { id } }`,
    );
    const known = Object.values(secrets).map((secret) => String(secret));
    expect(known.filter((secret) => secret.length < 20)).toEqual([]);
    // As they belong, and everywhere else.
    for (const secret of known) {
      const places: [path: string, body: unknown, headers: Record<string, string>][] = [
        ['/api/v1/webhooks/wazuh', { hello: 'there' }, { 'X-API-Key': secret }],
        ['/api/v1/webhooks/wazuh', 'broken', { Authorization: `Basic ${btoa(`me:${secret}`)}` }],
        ['/plain', 'a line', { 'X-SEKOIAIO-INTAKE-KEY': secret }],
        ['/batch', { intake_key: secret, jsons: ['a line'] }, {}],
        ['/batch', `{"intake_key":"${secret}`, {}],
        ['/v1/ingest', '[]', { 'X-Device-Key': secret }],
        [`/graphql?key=${encodeURIComponent(secret)}`, { query: '{ about { version } }' }, {}],
        ['/graphql', { query: '{ about { version } }' }, { Authorization: `Bearer ${secret}` }],
        ['/graphql', { query: 'query ($secret: Int) { about { version } }', variables: { secret } }, {}],
        ['/auth/sign-in', { email: 'ann@example.org', password: `${secret} ` }, { Cookie: `tocsin_session=${secret}` }],
        [`/nowhere/${encodeURIComponent(secret)}`, '', {}],
      ];
      const replies = await Promise.all(places.map(([path, body, headers]) => post(path, body, headers)));
      expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
    }
    const { code } = await runTocsin(['backup', join(folder, 'copy.db')], env);
    expect(code).toBe(0);
    // Ended so that nothing is tidied up.
    const { stdout } = await server.stop('SIGKILL');
    const places = filesIn(folder).set('the log', Buffer.from(stdout));
    expect([...places.keys()]).toEqual(expect.arrayContaining(['copy.db', 'data/tocsin.db', 'data/tocsin.db-wal']));
    const found = Object.entries(secrets).flatMap(([name, secret]) =>
      [...places].flatMap(([place, bytes]) => (bytes.includes(String(secret)) ? [`${name} in ${place}`] : [])),
    );
    expect(found).toEqual([]);
    expect([...places].filter(([, bytes]) => bytes.includes('ann@example.org')).length).toBeGreaterThan(1);
  } finally {
    await server.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
