import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openListFile } from '../../../server/cli/list-file.ts';
import { type Environment, runTocsin, settingsOf } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let env: Environment;
let web: Server;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  env = settingsOf(database);
  web = createServer(({ url: path = '' }, reply) => {
    const [, to] = /^\/to\?(.*)/.exec(path) ?? [];
    if (to !== undefined) reply.writeHead(302, { Location: decodeURIComponent(to) }).end();
    else if (path === '/round') reply.writeHead(302, { Location: '/round' }).end();
    else if (path.startsWith('/exits')) reply.end('192.0.2.1\n192.0.2.2\n');
    else if (path === '/dead')
      reply.writeHead(200, { 'Content-Length': 100 }).write('192.0.2.1\n', () => reply.destroy());
    else if (path === '/slow') reply.write('192.0.2.1\n');
    else reply.writeHead(404).end('192.0.2.1\n');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});

afterAll(async () => {
  web.closeAllConnections();
  web.close();
  await database.drop();
});

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(database.dataDir, name);
  await writeFile(path, text);
  return path;
}

async function bytesOf(place: string, limits?: { bytes: number; ms: number }): Promise<string> {
  const { bytes } = await openListFile(place, limits);
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('tocsin import', () => {
  it('imports a file and says what became of it', async () => {
    const path = await fileOf('relays.txt', '# exits\n192.0.2.1\nnonsense\n2001:db8::1\n');

    const { code, stdout, stderr } = await runTocsin(['import', 'tor-relays', path], env);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('tor-relays holds 2 from relays.txt (3 entries read)\n1 could not be read: number 2\n');
  });

  it('prints one JSON object, and its progress on stderr', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `h${index}.evil.example`);
    const path = await fileOf('domains.txt', lines.join('\n'));

    const { code, stdout, stderr } = await runTocsin(['import', 'misp-domains', path, '--json'], env);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      kind: 'MISP_DOMAIN',
      source: 'domains.txt',
      read: 60_000,
      count: 60_000,
      bad: 0,
      firstBad: [],
      skipped: 0,
    });
    expect(stderr).toBe('misp-domains: 50000 read, 50000 stored\n');
  });

  it('imports from a URL, and names it without what may be secret', async () => {
    const { code, stdout } = await runTocsin(['import', 'misp-ips', `${url}/exits?key=secret`, '--json'], env);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: `${url}/exits`, count: 2 });
  });

  it('refuses a file without one entry of the kind, and a file that is not there, with code 1', async () => {
    const empty = await runTocsin(['import', 'misp-ips', await fileOf('empty.txt', '# none\n')], env);
    const missing = await runTocsin(['import', 'misp-ips', '/nowhere/at-all.txt'], env);

    expect(empty).toMatchObject({ code: 1, stdout: '' });
    expect(empty.stderr).toBe('list: holds no address (it is empty); the list of before, if any, is kept\n');
    expect(missing).toMatchObject({ code: 1, stderr: 'list: /nowhere/at-all.txt is no file that can be read\n' });
  });
});

describe('a list from a URL', () => {
  it('is read through redirects', async () => {
    expect(await bytesOf(`${url}/to?/exits`)).toBe('192.0.2.1\n192.0.2.2\n');
  });

  it.each([
    ['answers another status', '/none', /answered 404$/],
    ['redirects to another scheme', '/to?file:///etc/passwd', /a redirect must lead to http or https$/],
    ['redirects for ever', '/to?%2Fto%3F%252Fto%253F', /answered 404$|redirects more than/],
    ['breaks off', '/dead', /could not be read to its end$/],
  ])('is refused when it %s', async (_, path, reason) => {
    await expect(bytesOf(url + path)).rejects.toThrow(reason);
  });

  it.each(['ftp://192.0.2.1/list', 'file:///etc/passwd'])('is refused by another scheme: %s', async (place) => {
    await expect(openListFile(place)).rejects.toThrow('list: the URL must lead to http or https');
  });

  it('is refused with a name and password in it, which are not repeated', async () => {
    await expect(openListFile('https://me:hush@192.0.2.1/list')).rejects.toThrow(/^(?!.*hush).*must not hold a name/);
  });

  it('is refused when it is too large or too slow', async () => {
    await expect(bytesOf(`${url}/exits`, { bytes: 12, ms: 60_000 })).rejects.toThrow(/is larger than 12 bytes/);
    await expect(bytesOf(`${url}/slow`, { bytes: 1000, ms: 200 })).rejects.toThrow(/took too long$/);
  });
});
