import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestFailure } from '../../../rest-compat/kernel/route.ts';
import { type ErrorCode, errorCodes } from '../../../schema/errors.ts';
import { type Served, serveDialects } from './serve-dialects.ts';

const fault = (variables: Record<string, unknown>): never => {
  const code = variables.fault as ErrorCode | 'bug';
  if (code === 'bug') throw new TypeError("cannot read 'x' of undefined at /srv/app/server.ts:1:1");
  throw new RequestFailure({ code, message: 'in words', retryAfterSeconds: 2.5 });
};

let served: Served;

beforeAll(async () => {
  served = await serveDialects(undefined, undefined, async (_operation, variables) =>
    typeof variables.fault === 'string' ? fault(variables) : variables,
  );
});

afterAll(() => served[Symbol.asyncDispose]());

function send(method: string, path: string, body?: string, headers: Record<string, string> = { 'x-key': 'good' }) {
  return fetch(served.url + path, { method, headers, ...(body !== undefined && { body }) });
}

/** Sends text over a raw socket and collects what comes back until the other side closes, or a moment has passed. */
async function exchange(text: string, patience = 3000): Promise<string> {
  const socket = connect(served.port, '127.0.0.1');
  let reply = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    reply += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await Promise.race([once(socket, 'close'), wait(patience)]);
  socket.destroy();
  return reply;
}

describe('a route', () => {
  it('answers with what it made of the request', async () => {
    const response = await send('POST', '/echo', 'four');

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ length: 4 });
  });

  it.each(['/echo', '/echo/', '/echo?x=1', '/echo/?x=1'])('answers at %s', async (path) => {
    expect((await send('POST', path, 'a')).status).toBe(200);
  });

  it.each(['/echo//', '/Echo', '/echo/x', '/ech'])('leaves %s to others', async (path) => {
    expect(await (await send('POST', path, 'a')).text()).toBe('not a dialect');
  });

  it('sees the parameters of its path and query', async () => {
    const response = await send('GET', '/things/a%20b/?q=1%2B1');
    expect(await response.json()).toEqual({ id: 'a b', q: '1+1', text: '' });
  });

  it('may answer with a status alone', async () => {
    const response = await send('DELETE', '/things/7');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([204, null, '']);
  });

  it('reads the body of a GET', async () => {
    const outgoing = request(`${served.url}/things/7`, { method: 'GET', headers: { 'x-key': 'good' } });
    outgoing.setHeader('content-length', 2).end('{}');
    const [response] = await once(outgoing, 'response');
    expect(JSON.parse(Buffer.concat(await response.toArray()).toString())).toEqual({ id: '7', q: null, text: '{}' });
  });
});

describe('a method that a known path does not have', () => {
  it.each([
    ['GET', '/echo', 'POST'],
    ['PUT', '/echo/', 'POST'],
    ['POST', '/things/7', 'GET, HEAD, DELETE'],
  ])('%s %s is 405 in the words of the dialect, and says what is allowed', async (method, path, allow) => {
    const response = await send(method, path, undefined, {});

    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    expect(await response.json()).toEqual({ success: false, error: `Use ${allow} here` });
  });

  it('HEAD is the reply of GET without its body, where there is GET, and 405 elsewhere', async () => {
    const head = await send('HEAD', '/things/7');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await send('HEAD', '/echo')).status).toBe(405);
  });

  it('OPTIONS says what is allowed', async () => {
    const response = await send('OPTIONS', '/echo', undefined, {});
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'POST']);
  });
});

describe('a request without a good credential', () => {
  it.each([
    ['none', {}, 'No credential was sent'],
    ['an unknown one', { 'x-key': 'bad' }, 'The credential is not known or not active'],
  ])('with %s is 401 before its body counts', async (_name, headers: Record<string, string>, error) => {
    const before = served.executed.length;
    const response = await send('POST', '/echo', '\xff not gzip', { ...headers, 'content-encoding': 'gzip' });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ success: false, error });
    expect(served.executed.length).toBe(before);
  });

  it('is answered before its body has come', async () => {
    const reply = await exchange('POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n{"a":', 2500);
    expect(reply).toMatch(/^HTTP\/1\.1 401 [\s\S]*\r\nconnection: close\r\n[\s\S]*"No credential was sent"}$/i);
  });

  it('may send another request on the same connection if its body was small', async () => {
    const refused = 'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd';
    const accepted =
      'POST /echo HTTP/1.1\r\nHost: a\r\nX-Key: good\r\nConnection: close\r\nContent-Length: 4\r\n\r\nabcd';
    expect((await exchange(refused + accepted)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
  });
});

describe('a failure', () => {
  const statuses: Record<ErrorCode, number> = {
    UNAUTHENTICATED: 401,
    FORBIDDEN: 403,
    BAD_USER_INPUT: 400,
    NOT_FOUND: 404,
    CONFLICT: 409,
    TOO_LARGE: 413,
    OVERLOADED: 503,
    RATE_LIMITED: 429,
    GRAPHQL_PARSE_FAILED: 500,
    GRAPHQL_VALIDATION_FAILED: 500,
    PERSISTED_QUERY_NOT_FOUND: 500,
    INTERNAL: 500,
  };

  it.each(errorCodes)('of code %s is answered by the dialect', async (code) => {
    const response = await send('POST', `/echo?fault=${code}`, 'a');

    expect(response.status).toBe(statuses[code]);
    const error = statuses[code] === 500 ? 'The server could not handle the request' : 'in words';
    expect(await response.json()).toEqual({ success: false, error });
    expect(response.headers.get('retry-after')).toBe(statuses[code] === 503 || statuses[code] === 429 ? '3' : null);
  });

  it.each([
    ['an operation', '/echo?fault=bug', 'good', /cannot read 'x'/],
    ['the look at a credential', '/echo', 'broken', /disk I\/O error/],
  ])('nobody foresaw in %s is reported, and not described to the sender', async (_part, path, key, reported) => {
    const response = await send('POST', path, 'a', { 'x-key': key });

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ success: false, error: 'The server could not handle the request' });
    expect(String(served.faults.at(-1))).toMatch(reported);
  });
});
