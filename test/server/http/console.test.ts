import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const built = join(import.meta.dirname, '../../../dist/console');
const assets = readdirSync(join(built, 'assets'));
const page = readFileSync(join(built, 'index.html'), 'utf8');
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

/** Without decompression, which `fetch` would do. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(gateway.url + path, { method, headers: { 'Accept-Encoding': 'identity', ...headers }, redirect: 'manual' });

describe('GET /', () => {
  it.each(['/', '/alerts', '/alerts/0191', '/setup', '/sign-in', '/settings/users/new', '/connect?x=1'])(
    'answers %s with the console and its policy',
    async (path) => {
      const reply = await get(path);

      expect(reply.status).toBe(200);
      expect(await reply.text()).toBe(page);
      expect(Object.fromEntries(reply.headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      });
    },
  );

  it('leads a link of a notification to its alert group', async () => {
    const reply = await get('/?alertGroup=01%2F91');

    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/alerts/01%2F91']);
  });

  it.each([
    '/alertsx',
    '/assets',
    '/assets/',
    '/assets/missing.js',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html.br',
    '/index.html.br',
    '/persisted-operations.json',
    '/.inputs',
    '/api/v1/nothing',
  ])('does not answer %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('leaves POST / to the intake that lives there', async () => {
    const reply = await get('/', {}, 'POST');

    expect([reply.status, reply.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
  });

  it('answers HEAD without a body', async () => {
    const reply = await get('/', {}, 'HEAD');
    expect([reply.status, await reply.text()]).toEqual([200, '']);
  });
});

describe('GET /assets/', () => {
  it('answers every file of the build, for good, as the type that it is', async () => {
    for (const name of assets.filter((each) => !/\.(?:gz|br)$/.test(each))) {
      const reply = await get(`/assets/${name}`);
      expect([name, reply.status, reply.headers.get('cache-control')]).toEqual([
        name,
        200,
        'public, max-age=31536000, immutable',
      ]);
      expect(Buffer.from(await reply.arrayBuffer())).toEqual(readFileSync(join(built, 'assets', name)));
    }
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('answers as %s where that is taken', async (encoding, decompress) => {
    const name = assets.find((each) => /^index-.*\.js$/.test(each));
    const { request } = await import('node:http');
    const reply = await new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const asked = request(`${gateway.url}/assets/${name}`, { headers: { 'Accept-Encoding': encoding } }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
      });
      asked.on('error', reject);
      asked.end();
    });

    expect(reply.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
    expect(decompress(reply.body)).toEqual(readFileSync(join(built, 'assets', name ?? '')));
  });
});

describe('the build', () => {
  it('loads at most 350 kB of compressed JavaScript before the first screen', () => {
    const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
    const bytes = first.reduce((sum, path) => sum + readFileSync(join(built, `${path}.gz`)).length, 0);

    expect(first.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(350_000);
  });

  it('has neither inline scripts nor inline styles', () => {
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });

  it('names every operation by the SHA-256 of its text', async () => {
    const { createHash } = await import('node:crypto');
    const persisted: Record<string, string> = JSON.parse(
      readFileSync(join(built, 'persisted-operations.json'), 'utf8'),
    );
    const scripts = assets
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(built, 'assets', name), 'utf8'));

    expect(Object.keys(persisted).length).toBeGreaterThan(5);
    for (const [hash, text] of Object.entries(persisted)) {
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      expect(scripts.some((script) => script.includes(hash))).toBe(true);
    }
  });
});
