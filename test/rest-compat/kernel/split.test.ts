import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jutsuFailures } from '../../../rest-compat/jutsu/failures.ts';
import {
  type AnySplitRoute,
  type Dialect,
  type Operations,
  type Reply,
  RequestFailure,
  type Variables,
} from '../../../rest-compat/kernel/route.ts';
import { type Served, serveDialects } from './serve-dialects.ts';

/** A body of `secret=text` lines: each is a part. The reply says what each part's operation was run with. */
const lines: AnySplitRoute = {
  method: 'post',
  path: '/lines',
  operation: 'lines',
  split: ({ text }, secret) => ({
    parts: text.split('\n').map((line) => {
      const [own = '', value] = line.split('=');
      return { secret: own || secret, variables: { value } };
    }),
  }),
  encode: (results: readonly (Variables | undefined)[]): Reply => ({
    status: 200,
    body: results.map((result) => result?.value ?? null),
  }),
};

const dialect: Dialect = {
  name: 'lines',
  credential: { kinds: ['INTAKE_KEY'], read: ({ headers }) => headers['x-key']?.toString() },
  failures: jutsuFailures,
  routes: [lines],
};

let served: Served;
const execute: Operations['execute'] = async (_operation, variables) => {
  if (variables.value === 'fail') throw new RequestFailure({ code: 'OVERLOADED', message: 'full' });
  return variables;
};

beforeAll(async () => {
  served = await serveDialects([dialect], { bytes: 100_000, bytesAtOnce: 100_000 }, execute);
});

afterAll(() => served[Symbol.asyncDispose]());

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/lines`, { method: 'POST', body, headers });
  return { status: response.status, body: await response.json() };
}

const none = { success: false, error: 'No credential was sent' };
const unknown = { success: false, error: 'The credential is not known or not active' };

describe('a request whose body brings its credentials', () => {
  it('runs the operation for each part whose secret is known', async () => {
    const before = served.executed.length;
    expect(await post('good=a\nbad=b\ngood=c\n=d')).toEqual({ status: 200, body: ['a', null, 'c', null] });
    expect(served.executed.slice(before)).toEqual([{ value: 'a' }, { value: 'c' }]);
  });

  it('is 401 when no secret is known, and runs nothing', async () => {
    const before = served.executed.length;
    expect(await post('bad=a\nworse=b')).toEqual({ status: 401, body: unknown });
    expect(await post('=a')).toEqual({ status: 401, body: none });
    expect(served.executed).toHaveLength(before);
  });

  it('fails as a whole when one of its operations fails, once all have ended', async () => {
    const before = served.executed.length;
    expect(await post('good=fail\ngood=a')).toEqual({ status: 503, body: { success: false, error: 'full' } });
    expect(served.executed).toHaveLength(before + 2);
  });
});

describe('a credential beside a body that may bring one', () => {
  it('is there for the parts that have none', async () => {
    expect(await post('=a\nbad=b', { 'x-key': 'good' })).toEqual({ status: 200, body: ['a', null] });
  });

  it('is refused before the body counts when it is unknown', async () => {
    const reply = await post('not gzip', { 'x-key': 'bad', 'content-encoding': 'gzip' });
    expect(reply).toEqual({ status: 401, body: unknown });
  });
});

describe('bodies of senders who are not known yet', () => {
  it('get half of the memory for all bodies, so that they keep nobody out', async () => {
    const slow = connect(served.port, '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write(`POST /lines HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n=${'x'.repeat(40_000)}`);
    const large = `good=${'x'.repeat(20_000)}`;

    await expect.poll(async () => (await post(large)).status, { timeout: 5000 }).toBe(503);
    expect((await post(large, { 'x-key': 'good' })).status).toBe(200);
    slow.destroy();
    await expect.poll(async () => (await post(large)).status, { timeout: 5000 }).toBe(200);
  });
});
