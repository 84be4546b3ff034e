import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

const hashOf = (document: string) => createHash('sha256').update(document).digest('hex');
const about = 'query About($named: Boolean = false) { about { version @skip(if: $named) } alerts { totalCount } }';
const raised = 'subscription Raised { alertRaised { alert { title } } }';
let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  const persistedOperations = new Map([about, raised].map((document) => [hashOf(document), document]));
  gateway = await startTestGateway({ persistedOperations });
  token = await gateway.key('API_TOKEN');
});

afterAll(() => gateway.close());

const naming = (document: string, version = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash: hashOf(document) } },
});
const post = async (body: object) => {
  const reply = await gateway.post('/graphql', body, { Authorization: `Bearer ${token}` });
  return { status: reply.status, body: await reply.json() };
};
const get = async (parameters: Record<string, string>) => {
  const url = `${gateway.url}/graphql?${new URLSearchParams(parameters)}`;
  const reply = await fetch(url, { headers: { Authorization: `Bearer ${token}`, 'Apollo-Require-Preflight': '1' } });
  return { status: reply.status, body: await reply.json() };
};
const unknown = {
  status: 200,
  body: { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
};

describe('a persisted operation', () => {
  it('is run by its hash, with variables, by POST and by GET', async () => {
    const found = { status: 200, body: { data: { about: {}, alerts: { totalCount: 0 } } } };
    expect(await post({ ...naming(about), variables: { named: true } })).toEqual(found);
    const extensions = JSON.stringify(naming(about).extensions);
    expect(await get({ extensions, variables: '{"named":true}' })).toEqual(found);
  });

  it('needs the permissions that its fields need', async () => {
    const reply = await gateway.post('/graphql', naming(about));
    expect(await reply.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('is said to be unknown when the server has none of that hash, and is not registered by whoever sends it', async () => {
    const other = '{ alertGroups { totalCount } }';
    expect(await post(naming(other))).toEqual(unknown);
    expect(await post({ query: other, ...naming(other) })).toMatchObject({ body: { data: { alertGroups: {} } } });
    expect(await post(naming(other))).toEqual(unknown);
    expect(await get({ extensions: JSON.stringify(naming(other).extensions) })).toEqual(unknown);
  });

  it('of another version is refused', async () => {
    expect(await post(naming(about, 2))).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  it('is run over WebSocket too', async () => {
    const socket = await GraphqlSocket.connect(gateway.url, token);
    const subscribe = (id: string, document: string) =>
      socket.send({ type: 'subscribe', id, payload: { query: '', ...naming(document) } });
    subscribe('known', about);
    expect((await socket.next()).payload.data.alerts).toEqual({ totalCount: 0 });
    await socket.next();
    subscribe('unknown', '{ about { version } }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    socket.drop();
  });
});

describe('GET /schema.graphql', () => {
  it('is the committed schema, for anybody, whether or not introspection is on', async () => {
    const reply = await fetch(`${gateway.url}/schema.graphql`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await reply.text()).toBe(readFileSync('schema/schema.graphql', 'utf8'));
  });
});
