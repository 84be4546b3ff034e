import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRoute, Dialect } from '../../../rest-compat/kernel/route.ts';
import { echo, type Served, serveDialects } from './serve-dialects.ts';

const route = (path: string, permission: 'DATA_READ' | 'DATA_WRITE'): AnyRoute => ({
  method: 'post',
  path,
  permission,
  operation: 'query Echo { about { version } }',
  decode: () => {
    throw new Error('The body was looked at');
  },
  encode: () => ({ status: 200 }),
});

let served: Served;

beforeAll(async () => {
  const guarded: Dialect = { ...echo, routes: [route('/read', 'DATA_READ'), route('/write', 'DATA_WRITE')] };
  served = await serveDialects([guarded]);
});

afterAll(() => served[Symbol.asyncDispose]());

describe('a route that names a permission', () => {
  const post = (path: string, headers: Record<string, string>) =>
    fetch(served.url + path, { method: 'POST', headers, body: '{' });

  it('refuses a caller without it before the body is looked at, and strangers before that', async () => {
    const known = await post('/write', { 'x-key': 'good' });
    expect(known.status).toBe(403);
    expect(await known.text()).toContain('perm_data_w');
    expect((await post('/write', { 'x-key': 'bad' })).status).toBe(401);
    expect(served.faults).toEqual([]);
  });

  it('looks at what a caller with it sends', async () => {
    expect((await post('/read', { 'x-key': 'good' })).status).toBe(500);
    expect(served.faults).toMatchObject([{ message: 'The body was looked at' }]);
  });
});
