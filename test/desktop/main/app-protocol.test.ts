import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, isOwnPage, policyFor, serveAppFile } from '../../../desktop/main/app-protocol.ts';
import { traversals } from '../support/traversals.ts';

const secret = 'not to be served';
let parent: string;
let root: string;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'tocsin-protocol-'));
  root = join(parent, 'a/b/c/renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'index-1.js'), 'export {}');
  writeFileSync(join(root, '.hidden.js'), secret);
  writeFileSync(join(root, 'notes.txt'), secret);
  // Something to find in every folder above, and in one whose name begins like the root's.
  for (const above of [parent, join(parent, 'a'), join(parent, 'a/b'), join(parent, 'a/b/c')]) {
    mkdirSync(join(above, 'renderer-secrets'));
    for (const folder of ['', 'renderer-secrets']) writeFileSync(join(above, folder, 'secret.json'), secret);
  }
  symlinkSync(join(parent, 'secret.json'), join(root, 'linked.json'));
  symlinkSync('..', join(root, 'up'));
});

afterAll(() => rmSync(parent, { recursive: true }));

/** Fetches an address as Electron hands it over; `new Request` would already have resolved the dots that a URL parser knows. */
const get = (url: string, method = 'GET') => serveAppFile({ url, method } as Request, root);

describe('GET app://tocsin/', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/index-1.js', 'text/javascript; charset=utf-8', 'export {}'],
    ['/assets/index-1.js?v=1#top', 'text/javascript; charset=utf-8', 'export {}'],
  ])('answers %s with the file, its type and the policy', async (path, type, text) => {
    const response = await get(`app://tocsin${path}`);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-cache',
      'content-security-policy': contentSecurityPolicy,
      'content-type': type,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(await response.text()).toBe(text);
  });

  it.each(['/missing.js', '/assets', '/assets/', '/notes.txt', '/.hidden.js', '/linked.json', '/up/secret.json'])(
    'does not answer %s',
    async (path) => {
      const response = await get(`app://tocsin${path}`);
      expect([response.status, await response.text()]).toEqual([404, '']);
    },
  );

  it.each(['/alerts', '/alerts/019a0000-0000-7000-8000-000000000001', '/settings/users/7?tab=1', '/sign-in/'])(
    "answers the console's own address %s with the page",
    async (path) => {
      const response = await get(`app://tocsin${path}`);
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html>']);
    },
  );

  it.each(['/alerts/a.js', '/alerts/..%2f..%2fsecret.json', '/assets/alerts', '/a%00b'])(
    'does not take %s for one',
    async (path) => {
      expect((await get(`app://tocsin${path}`)).status).toBe(404);
    },
  );

  it('lets the page reach the remote server that it is for, and no other', async () => {
    const request = { url: 'app://tocsin/', method: 'GET' } as Request;
    const response = await serveAppFile(request, root, 'https://soc.example:8443');
    expect(response.headers.get('content-security-policy')).toBe(policyFor('https://soc.example:8443'));
    expect(policyFor('https://soc.example:8443')).toContain('; connect-src wss://soc.example:8443; ');
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('refuses %s', async (method) => {
    const response = await get('app://tocsin/index.html', method);
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([405, 'GET', '']);
  });

  it('lets none of 200 spellings of a way out escape', async () => {
    const escaped: string[] = [];
    for (const path of traversals(200)) {
      const response = await get(`app://tocsin/${path}`);
      const text = await response.text();
      if (text !== '' || response.status !== 404) escaped.push(`${path} -> ${response.status} ${text}`);
    }
    expect(escaped).toEqual([]);
  });

  it('would let many of them escape if it only decoded and joined', () => {
    const finds = (path: string) => {
      try {
        return readFileSync(join(root, decodeURIComponent(path)), 'utf8') === secret;
      } catch {
        return false;
      }
    };
    expect(new Set(traversals(200)).size).toBe(200);
    expect(traversals(200).filter(finds).length).toBeGreaterThan(40);
  });
});

describe('isOwnPage', () => {
  it.each(['app://tocsin/', 'app://tocsin', 'app://tocsin/index.html?a=app://x#b'])('knows %s', (url) => {
    expect(isOwnPage(url)).toBe(true);
  });

  it.each([
    'http://x.example/?next=app://tocsin',
    'https://app//tocsin/',
    'app://tocsin.example/',
    'app://evil/tocsin',
    'app://tocsin@evil/',
    'app://user@tocsin/',
    'app://tocsin:8080/',
    'app:tocsin',
    'apps://tocsin/',
    'file:///app/tocsin',
    'data:text/html,app://tocsin/',
    'javascript:alert(1)',
    'about:blank',
    '',
    'tocsin',
  ])('does not take %s for its own', (url) => {
    expect(isOwnPage(url)).toBe(false);
  });
});
