import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute, Dialect, Variables } from '../../../rest-compat/kernel/route.ts';
import { echo, type Served, serveDialects } from './serve-dialects.ts';

/** Answers the length of what it got. */
const lengthOf = (path: string, options: Partial<AnyRoute>): AnyRoute => ({
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
    lengthOf('/body', {
      credential: {
        kinds: ['API_TOKEN'],
        read: ({ headers }) => headers['x-own']?.toString(),
        inBody: { maxBytes: 20, read: (text) => /^secret=(.*)$/.exec(text)?.[1] },
      },
    }),
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

describe('a secret in the body', () => {
  it('opens, and the body is still there to be read', async () => {
    expect(await post('/body', 'secret=good')).toEqual({ status: 200, body: { length: 11 } });
  });

  it.each(['secret=bad', 'nothing', ''])('is looked for in "%s" in vain', async (body) => {
    expect(await post('/body', body)).toMatchObject({ status: 401 });
  });

  it('is not looked for where a header has one, and is in no large body', async () => {
    expect(await post('/body', 'secret=good', { 'x-own': 'bad' })).toMatchObject({ status: 401 });
    expect(await post('/body', 'x'.repeat(50), { 'x-own': 'good' })).toEqual({ status: 200, body: { length: 50 } });
    expect(await post('/body', 'x'.repeat(50))).toMatchObject({ status: 413 });
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
