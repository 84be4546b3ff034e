import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../support/raw-http.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const raw = (lines: string) => sendRaw(gateway.url, `${lines}\r\nHost: x\r\nConnection: close\r\n\r\n`);

describe('a path that nothing answers', () => {
  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])('is 404 in JSON for %s', async (method) => {
    for (const path of ['/nothing', '/api/v1', '/graphql2', '/.env', '/livez/x', '/admin?x=1']) {
      const reply = await fetch(gateway.url + path, { method });
      expect(reply.status).toBe(404);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await reply.json()).toEqual({ error: 'There is nothing here' });
    }
  });

  it('is 404 without a body for HEAD', async () => {
    const reply = await fetch(`${gateway.url}/nothing`, { method: 'HEAD' });
    expect(reply.status).toBe(404);
    expect(await reply.text()).toBe('');
  });
});

describe('a request that is malformed', () => {
  it.each(['/%', '/%E0%A4%A', '/..%2f..%2fetc%2fpasswd', '/../../etc/passwd', '//', '/\\', `/${'x'.repeat(8000)}`])(
    'for %.30s is answered with 400 or 404 and no word of our insides',
    async (path) => {
      const { status, body } = await raw(`GET ${path} HTTP/1.1`);
      expect([400, 404]).toContain(status);
      expect(body.toString()).not.toMatch(/\bat .+:\d+|node_modules|URIError|\/work\//);
    },
  );

  it.each([
    ['no HTTP', 'nonsense'],
    ['an unknown method', 'FETCH / HTTP/1.1'],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2'],
    ['a length and chunks', 'POST /graphql HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked'],
    ['a header without a name', 'GET /livez HTTP/1.1\r\n: x'],
  ])('by %s is answered with 400', async (_, lines) => {
    expect((await raw(lines)).status).toBe(400);
  });

  it('by headers too large is answered with 431', async () => {
    expect((await raw(`GET /livez HTTP/1.1\r\nX-Large: ${'x'.repeat(20_000)}`)).status).toBe(431);
  });
});

describe('every answer', () => {
  it.each(['/livez', '/readyz', '/metrics', '/graphql', '/nothing', '/%', '/api/v1/webhooks/wazuh'])(
    'of %s says nothing of what the server is made of',
    async (path) => {
      const { headers } = await fetch(gateway.url + path);
      expect([...headers.keys()]).not.toContain('x-powered-by');
      expect([...headers.keys()]).not.toContain('server');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );
});
