import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { countSubscriptions, openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Operations');
});

afterEach(dropSockets);

afterAll(() => gateway.close());

const connect = () => GraphqlSocket.connect(gateway.url, tenant.token);
const subscription = 'subscription ($filter: AlertFilter) { alertRaised(filter: $filter) { alert { severity } } }';
const nested = (depth: number) => `${'{a'.repeat(depth)}${'}'.repeat(depth)}`;

describe('an operation that is wrong', () => {
  it.each<[fault: string, code: string, query: string, variables?: object]>([
    ['a document that is not GraphQL', 'GRAPHQL_PARSE_FAILED', 'subscription {'],
    ['an empty document', 'GRAPHQL_PARSE_FAILED', ''],
    ['a field that the schema lacks', 'GRAPHQL_VALIDATION_FAILED', 'subscription { alertLowered { cursor } }'],
    ['a variable that is not declared', 'GRAPHQL_VALIDATION_FAILED', '{ alert(id: $id) { id } }'],
    ['a variable of the wrong type', 'BAD_USER_INPUT', subscription, { filter: { severity: 'WORST' } }],
    ['a member that the input lacks', 'BAD_USER_INPUT', subscription, { filter: { colour: 'red' } }],
    ['a time that is none', 'BAD_USER_INPUT', subscription, { filter: { occurredAt: { from: 'noon' } } }],
    [
      'a time in the document that is none',
      'GRAPHQL_VALIDATION_FAILED',
      'subscription { alertRaised(filter: { occurredAt: { from: "noon" } }) { cursor } }',
    ],
    [
      'two subscriptions at once',
      'GRAPHQL_VALIDATION_FAILED',
      'subscription { a: alertRaised { cursor } b: alertRaised { cursor } }',
    ],
    ['a document nested deeper than any screen', 'GRAPHQL_PARSE_FAILED', nested(15_000)],
    ['a document of more than 1,000 tokens', 'GRAPHQL_PARSE_FAILED', `{ about { ${'version '.repeat(1001)} } }`],
  ])('is answered with an error, and the socket stays open: %s', async (_, code, query, variables) => {
    const socket = await connect();
    socket.subscribe('wrong', query, variables);
    const { type, payload } = await socket.next();
    const errors = type === 'error' ? payload : payload.errors;
    expect(errors[0]).toMatchObject({ message: expect.any(String), extensions: { code } });
    expect(JSON.stringify(errors)).not.toMatch(/\bat .+:\d+|node_modules|stack/i);
    socket.subscribe('right', '{ about { version } }');
    let answer = await socket.next();
    if (answer.id === 'wrong') answer = await socket.next();
    expect(answer).toMatchObject({ id: 'right', type: 'next' });
  });

  it.each([
    ['an operation name that the document lacks', { query: 'query A { about { version } }', operationName: 'B' }],
    ['two operations and no name', { query: 'query A { about { version } } query B { about { version } }' }],
  ])('is answered with BAD_USER_INPUT: %s', async (_, payload) => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: '1', payload });
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('leaves no subscription behind when its undeclared variables are nested deep', async () => {
    const socket = await connect();
    socket.subscribe('deep', 'subscription { alertRaised { cursor } }', { left: { over: 1 } });
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    socket.send(
      `{"type":"subscribe","id":"deeper","payload":{"query":"subscription { alertRaised { cursor } }","variables":{"x":${deep}}}}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.drop();
    await socket.closed;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await countSubscriptions(gateway)).toBe(0);
  });
});

describe('a query or mutation over a WebSocket', () => {
  it('is answered once and completed', async () => {
    const socket = await connect();
    socket.subscribe('m', 'mutation ($i: IngestEventsInput!) { ingestEvents(input: $i) { tenantId received } }', {
      i: { format: 'SYSLOG_RECORD', events: [{ full_log: 'over a socket' }] },
    });
    const payload = { data: { ingestEvents: { tenantId: tenant.id, received: 1 } } };
    expect(await socket.next()).toEqual({ id: 'm', type: 'next', payload });
    expect(await socket.next()).toEqual({ id: 'm', type: 'complete' });
    socket.subscribe('q', '{ events { nodes { message } } }');
    const found = { data: { events: { nodes: [{ message: 'over a socket' }] } } };
    expect(await socket.next()).toEqual({ id: 'q', type: 'next', payload: found });
    expect(await socket.next()).toEqual({ id: 'q', type: 'complete' });
  });

  it('carries the errors of its fields with their codes', async () => {
    const socket = await connect();
    socket.subscribe('q', '{ alerts(first: 0) { totalCount } }');
    expect(await socket.next()).toMatchObject({
      type: 'next',
      payload: { data: null, errors: [{ path: ['alerts'], extensions: { code: 'BAD_USER_INPUT', field: 'first' } }] },
    });
  });
});

describe('introspection', () => {
  const document = '{ __schema { queryType { name } } }';

  it('is answered over HTTP and over a WebSocket by default', async () => {
    expect((await tenant.graphql(document)).errors).toBeUndefined();
    const socket = await connect();
    socket.subscribe('1', document);
    expect(await socket.next()).toMatchObject({ type: 'next', payload: { data: { __schema: expect.any(Object) } } });
  });

  it('is refused over HTTP and over a WebSocket where it is turned off, but to who may let others in', async () => {
    await using closed = await startTestGateway({ config: { introspection: false } });
    // The same document each time: what was answered to one caller opens nothing to the next.
    for (const permission of ['USERS_WRITE', 'USERS_READ'] as const) {
      const { secret } = await closed.createCredential('API_TOKEN', { permissions: [permission] });
      const errors = permission === 'USERS_WRITE' ? undefined : [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }];
      const reply = await closed.post('/graphql', { query: document }, { Authorization: `Bearer ${secret}` });
      if (errors) expect(await reply.json()).toMatchObject({ errors });
      else expect(await reply.json()).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
      const socket = await GraphqlSocket.connect(closed.url, secret);
      socket.subscribe('1', document);
      const { type, payload } = await socket.next();
      expect(type).toBe(errors ? 'error' : 'next');
      if (errors) expect(payload.slice(0, 1)).toMatchObject(errors);
    }
  });
});
