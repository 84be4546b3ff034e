import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyWholeRoute, Dialect, Variables } from '../../../rest-compat/kernel/route.ts';
import { echo, type Served, serveDialects } from './serve-dialects.ts';

/** Answers the length of what it got. */
const lengthOf = (path: string, options: Partial<AnyWholeRoute>): AnyWholeRoute => ({
  method: 'post',
  path,
  operation: 'length',
  decode: ({ text }) => ({ text }),
  encode: ({ text }: Variables) => ({ status: 200, body: { length: String(text).length } }),
  ...options,
});

const apart: Dialect = {
  ...echo,
  routes: [
    lengthOf('/short', { maxBytes: 10 }),
    lengthOf('/own', { credential: { kinds: ['API_TOKEN'], read: ({ headers }) => headers['x-own']?.toString() } }),
  ],
  hubs: [
    {
      path: '/hub',
      credential: echo.credential,
      subscription: 'subscription Hub { hub }',
      gapOf: () => undefined,
      encode: () => ({}),
    },
  ],
};

let served: Served;

beforeAll(async () => {
  served = await serveDialects([apart]);
});

afterAll(() => served[Symbol.asyncDispose]());

const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(served.url + path, { method: 'POST', body, headers });
  return { status: response.status, body: await response.json() };
};

describe('a route with fewer bytes than others', () => {
  it('takes that many and refuses more with 413', async () => {
    expect(await post('/short', 'x'.repeat(10), { 'x-key': 'good' })).toMatchObject({ status: 200 });
    expect(await post('/short', 'x'.repeat(11), { 'x-key': 'good' })).toMatchObject({ status: 413 });
  });
});

describe('a route with a credential of its own', () => {
  it("is not opened by its dialect's", async () => {
    expect(await post('/own', 'x', { 'x-own': 'good' })).toMatchObject({ status: 200 });
    expect(await post('/own', 'x', { 'x-key': 'good' })).toMatchObject({ status: 401 });
  });
});

describe('the path of a hub', () => {
  it.each(['/hub', '/hub/', '/hub?token=good'])('asks who comes by %s without it to open a WebSocket', async (path) => {
    const response = await fetch(served.url + path);
    expect(response.status).toBe(426);
    expect(response.headers.get('upgrade')).toBe('websocket');
    expect(await response.json()).toMatchObject({ error: 'Open a WebSocket here' });
  });

  it('has no other method', async () => {
    const response = await fetch(`${served.url}/hub`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
  });
});
