import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCleanErrors } from '../../support/clean-reply.ts';
import { type GraphqlReply, startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Bodies');
});

afterAll(() => gateway.close());

/** Posts a body as it is; answers the status and what the errors say. */
async function post(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const reply = await gateway.post('/graphql', body, { Authorization: `Bearer ${tenant.token}`, ...headers });
  const text = await reply.text();
  const { errors } = JSON.parse(text);
  expectCleanErrors(errors);
  return { status: reply.status, code: errors[0].extensions.code, field: errors[0].extensions.field };
}

const get = (search: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/graphql?${search}`, { headers: { Authorization: `Bearer ${tenant.token}`, ...headers } });
const preflight = { 'Apollo-Require-Preflight': 'true' };
const about = '{ about { eventCount } }';
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const typesNested = (depth: number) =>
  `{ __schema { types { ${'ofType{'.repeat(depth - 3)}name${'}'.repeat(depth - 3)} } } }`;
const ingestOf = (data: string) =>
  `mutation { ingestEvents(input: { format: WAZUH, events: [{ data: ${data}, rule: { id: "1", level: 9 } }] }) { received } }`;
const ingest = 'mutation ($i: IngestEventsInput!) { ingestEvents(input: $i) { received } }';

describe('POST /graphql', () => {
  it.each<[body: string, text: string | Uint8Array]>([
    ['broken JSON', '{"query": "{ about { version } }"'],
    ['a trailing comma', '{"query": "{ about { version } }",}'],
    ['an empty body', ''],
    ['white space', '  \n'],
    ['a lone BOM', '\ufeff'],
    ['a NUL', '\0'],
    ['a string', '"{ about { version } }"'],
    ['a number', '1'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['an empty array', '[]'],
    ['a batch', JSON.stringify([{ query: about }, { query: about }])],
    ['a query that is no text', '{"query": 1}'],
    ['a query that is null', '{"query": null}'],
    ['an empty query', '{"query": ""}'],
    ['variables that are no object', JSON.stringify({ query: about, variables: 'x' })],
    ['variables that are an array', JSON.stringify({ query: about, variables: [1] })],
    ['an operation name that is no text', JSON.stringify({ query: about, operationName: 1 })],
    ['extensions that are no object', JSON.stringify({ query: about, extensions: 1 })],
    ['a GraphQL document for JSON', about],
    ['200,000 brackets', deep(100_000)],
    [
      'invalid UTF-8',
      Buffer.concat([
        Buffer.from('{"query":"{ alert(id: \\"'),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('\\") { id } }"}'),
      ]),
    ],
    [
      'half a UTF-8 character',
      Buffer.concat([Buffer.from(`{"query":"${about}","x":"`), Buffer.from([0xe2, 0x82]), Buffer.from('"}')]),
    ],
  ])('refuses %s with 400', async (_, body) => {
    const { status, code } = await post(body);
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    '',
  ])('refuses a body of type "%s", which a web page could send unasked, with 400', async (type) => {
    const { status, code } = await post(JSON.stringify({ query: about }), { 'Content-Type': type });
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it('refuses more than 10 MiB with 413, also where that shows only once it is inflated', async () => {
    const body = JSON.stringify({ query: about, variables: { x: 'x'.repeat(10 * 1024 * 1024) } });
    expect(await post(body)).toEqual({ status: 413, code: 'TOO_LARGE' });
    const zipped = gzipSync(body);
    expect(await post(zipped, { 'Content-Encoding': 'gzip' })).toEqual({ status: 413, code: 'TOO_LARGE' });
  });

  it.each([
    ['gzip that is none', 'gzip'],
    ['an unknown encoding', 'x-snappy'],
  ])('refuses %s with 400 or 415', async (_, encoding) => {
    const { status, code } = await post('plain', { 'Content-Encoding': encoding });
    expect([400, 415]).toContain(status);
    expect(code).toBe('BAD_USER_INPUT');
  });

  it('refuses bytes in an unknown character set with 400 or 415', async () => {
    const { status, code } = await post('{}', { 'Content-Type': 'application/json; charset=klingon' });
    expect([400, 415]).toContain(status);
    expect(code).toBe('BAD_USER_INPUT');
  });

  it.each<[fault: string, code: string, query: string, variables?: unknown]>([
    ['a document that is not GraphQL', 'GRAPHQL_PARSE_FAILED', '{ about { version }'],
    ['a document of comments', 'GRAPHQL_PARSE_FAILED', '# nothing'],
    ['a document nested 200,000 deep', 'GRAPHQL_PARSE_FAILED', '{a'.repeat(200_000)],
    ['a list nested 200,000 deep', 'GRAPHQL_PARSE_FAILED', `{ about(x: ${deep(200_000)}) { version } }`],
    ['more than 1,000 tokens', 'GRAPHQL_PARSE_FAILED', `{ about { ${'version '.repeat(1001)} } }`],
    ['an unknown field', 'GRAPHQL_VALIDATION_FAILED', '{ about { colour } }'],
    ['an unknown root field', 'GRAPHQL_VALIDATION_FAILED', '{ secrets }'],
    ['an unknown argument', 'GRAPHQL_VALIDATION_FAILED', '{ alerts(last: 1) { totalCount } }'],
    ['an unknown enum value', 'GRAPHQL_VALIDATION_FAILED', '{ alerts(filter: { severity: [WORST] }) { totalCount } }'],
    ['a missing argument', 'GRAPHQL_VALIDATION_FAILED', '{ alert { id } }'],
    ['no selection', 'GRAPHQL_VALIDATION_FAILED', '{ about }'],
    [
      'fragments in a ring',
      'GRAPHQL_VALIDATION_FAILED',
      'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
    ['an unknown directive', 'GRAPHQL_VALIDATION_FAILED', '{ about @log { version } }'],
    [
      'a time that is none',
      'GRAPHQL_VALIDATION_FAILED',
      '{ alerts(filter: { occurredAt: { from: "noon" } }) { totalCount } }',
    ],
    ['a variable that is missing', 'BAD_USER_INPUT', 'query ($id: ID!) { alert(id: $id) { id } }'],
    ['a variable that is null', 'BAD_USER_INPUT', 'query ($id: ID!) { alert(id: $id) { id } }', { id: null }],
    ['an id that is an object', 'BAD_USER_INPUT', 'query ($id: ID!) { alert(id: $id) { id } }', { id: {} }],
    [
      'an id nested deep',
      'BAD_USER_INPUT',
      'query ($id: ID!) { alert(id: $id) { id } }',
      { id: JSON.parse(deep(3000)) },
    ],
    ['a number that is a text', 'BAD_USER_INPUT', 'query ($n: Int!) { alerts(first: $n) { totalCount } }', { n: '5' }],
    ['a number with a fraction', 'BAD_USER_INPUT', 'query ($n: Int!) { alerts(first: $n) { totalCount } }', { n: 1.5 }],
    ['a number too large', 'BAD_USER_INPUT', 'query ($n: Int!) { alerts(first: $n) { totalCount } }', { n: 2 ** 40 }],
    [
      'a variable time that is none',
      'BAD_USER_INPUT',
      'query ($t: DateTime) { alerts(filter: { occurredAt: { from: $t } }) { totalCount } }',
      { t: 'noon' },
    ],
    ['a format that is none', 'BAD_USER_INPUT', ingest, { i: { format: 'CSV', events: [] } }],
    ['an event that is null', 'BAD_USER_INPUT', ingest, { i: { format: 'WAZUH', events: [null] } }],
    ['a raw text that is a number', 'BAD_USER_INPUT', ingest, { i: { format: 'WAZUH', events: [{}], raw: [1] } }],
  ])('refuses %s with its code', async (_, code, query, variables) => {
    const reply = await post(JSON.stringify({ query, variables }));
    expect(reply).toMatchObject({ code });
    expect([200, 400]).toContain(reply.status);
  });

  it.each([
    ['that the document lacks', { query: 'query A { about { version } }', operationName: 'B' }],
    ['though there are two operations', { query: 'query A { about { version } } query B { about { version } }' }],
  ])('refuses an operation name %s', async (_, body) => {
    expect(await post(JSON.stringify(body))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses a JSON variable nested 200,000 deep as the fault of its caller, and stores nothing', async () => {
    const before = (await tenant.read(about)).about;
    const events = `{"query":"${ingest}","variables":{"i":{"format":"WAZUH","events":[{"rule":{"id":"1","level":9},"data":${deep(200_000)}}]}}}`;
    expect(await post(events)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await tenant.read(about)).about).toEqual(before);
  });

  it.each([
    ['a JSON literal nested 2,000 deep', ingestOf(deep(2000))],
    ['a JSON literal nested 129 deep', ingestOf(deep(124))],
    ['types nested 129 deep', typesNested(129)],
    ['types nested 600 deep', typesNested(600)],
  ])('refuses %s, however warm the process is', async (_, query) => {
    for (let turn = 0; turn < 3; turn++) {
      expect(await post(JSON.stringify({ query }))).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
      const got = await get(new URLSearchParams({ query }).toString(), preflight);
      expect([got.status, await got.json()]).toMatchObject([
        400,
        { errors: [{ message: 'The document is nested too deeply' }] },
      ]);
    }
  });

  it('takes a document nested 128 deep', async () => {
    expect((await tenant.read(typesNested(128))).__schema.types.length).toBeGreaterThan(100);
  });

  it('reads brackets in texts and comments as no levels of nesting', async () => {
    const brackets = '{[('.repeat(200);
    const query = `{ about { eventCount } # ${brackets}\n alerts(filter: { text: "${brackets}", agent: """${brackets}""" }) { totalCount } }`;
    expect(await tenant.read(query)).toEqual({ about: { eventCount: 0 }, alerts: { totalCount: 0 } });
  });

  it('refuses a query by the hash of one that nobody has sent', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'x' } };
    expect(await post(JSON.stringify({ extensions }))).toMatchObject({
      status: 200,
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
  });

  it('answers what is well-formed, whatever else the object holds', async () => {
    const reply = await gateway.post(
      '/graphql',
      JSON.stringify({ query: about, variables: null, operationName: null, id: 7 }),
      { Authorization: `bearer ${tenant.token}`, 'Content-Type': 'application/json; charset=utf-8' },
    );
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await reply.json()).toEqual({ data: { about: { eventCount: 0 } } });
  });
});

describe('GET /graphql', () => {
  const search = (query: string, more: Record<string, string> = {}) =>
    new URLSearchParams({ query, ...more }).toString();

  it('answers a query, with variables, of a caller that no web page can be', async () => {
    const query = 'query ($n: Int!) { alerts(first: $n) { totalCount } }';
    const reply = await get(search(query, { variables: '{"n":1}' }), preflight);
    expect(await reply.json()).toEqual({ data: { alerts: { totalCount: 0 } } });
  });

  it('refuses a query that a web page could send unasked', async () => {
    const reply = await get(search(about));
    expect(reply.status).toBe(400);
    expectCleanErrors(((await reply.json()) as GraphqlReply).errors);
  });

  it.each([
    [
      'a mutation',
      search('mutation { ingestEvents(input: { format: SYSLOG_RECORD, events: [{ full_log: "x" }] }) { received } }'),
    ],
    [
      'a mutation among queries',
      search(
        `query A { about { version } } mutation B { ingestEvents(input: { format: SYSLOG_RECORD, events: [{ full_log: "x" }] }) { received } }`,
        { operationName: 'B' },
      ),
    ],
    ['no query', ''],
    ['variables that are no JSON', search(about, { variables: '{' })],
    ['two queries', `${search(about)}&${search(about)}`],
    ['a percent sign alone', 'query=%'],
  ])('refuses %s and changes nothing', async (_, text) => {
    const reply = await get(text, preflight);
    expect([400, 405]).toContain(reply.status);
    expectCleanErrors(((await reply.json()) as GraphqlReply).errors);
    expect(await tenant.read(about)).toEqual({ about: { eventCount: 0 } });
  });
});

describe('another method on /graphql', () => {
  it.each(['PUT', 'PATCH', 'DELETE'])('%s is refused and changes nothing', async (method) => {
    const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/json' };
    const reply = await fetch(`${gateway.url}/graphql`, { method, headers, body: JSON.stringify({ query: about }) });
    expect([400, 404, 405]).toContain(reply.status);
  });
});
