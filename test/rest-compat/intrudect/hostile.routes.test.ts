import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intrudect as dialect } from '../../../rest-compat/intrudect/index.ts';
import { tellsOfInside } from '../../support/clean-reply.ts';
import { aDevice, aService } from '../../support/observations.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';
import { type Intrudect, now, openIntrudect } from './open-intrudect.ts';

let intrudect: Intrudect;
let neighbour: TestTenant;

const seed = Date.now() % 1_000_000;
/** The longest name there may be, of which every part is alike: what patterns of many wildcards are slowest on. */
const monotonous = 'a'.repeat(200);

beforeAll(async () => {
  intrudect = await openIntrudect();
  neighbour = await openTenant(intrudect.gateway, 'Neighbour');
  for (const tenant of [intrudect.tenant, neighbour]) {
    const observations = [aDevice({ ip: '10.0.0.25', hostname: monotonous }), aService()];
    await tenant.observe({ occurredAt: now, observations });
    await tenant.read(
      'mutation ($name: String!) { createNetwork(input: { name: $name, cidr: "10.0.0.0/24" }) { id } }',
      {
        name: monotonous,
      },
    );
  }
});

afterAll(() => intrudect.gateway.close());

const routes = dialect.routes.map(({ method, path }) => ({ verb: method.toUpperCase(), path }));

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

const texts = [
  '',
  ' ',
  "' or '1'='1",
  "'; drop table network; --",
  '") or 1=1 --',
  '$1',
  '?',
  ':id',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff%',
  '\u202e\ufeff',
  '%',
  '_'.repeat(1000),
  `${'%a'.repeat(450)}b`,
  `${'%_'.repeat(450)}b`,
  '\\',
  `%${'\\'.repeat(999)}`,
  '!',
  'x'.repeat(10_000),
  '%'.repeat(10_000),
  '10.0.0.0/999',
  '::ffff:0:0/96',
  '9999-99-99 99:99:99',
  '2026-02-30 00:00',
  '0000-00-00 00:00:00',
] as const;

const numbers = [-1, 0, 1.5, 9e20, -9e20, 2 ** 31, 2 ** 53, 1e-7, 1e308] as const;

const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...numbers, true, null, {}, [], [[]], [null], { length: 1 }),
  fc.array(fc.constantFrom<unknown>(...texts, ...numbers), { maxLength: 3 }),
  fc.constant(Array.from({ length: 501 }, (_, index) => String(index))),
  fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
);

const filters = [
  ...['mac', 'ip', 'vendor', 'hostname', 'friendly_name', 'name', 'cidr', 'gateway_ip', 'gateway_mac', 'alert'],
  ...['service_ip', 'proto', 'service_port', 'authorized', 'from', 'to', 'agent', 'level', 'type', 'type_mode'],
  ...['source', 'destination', 'destination_port', 'search', 'unique', 'title', 'network_alerts', 'dns_metadata'],
];
const member = fc.constantFrom(
  ...filters,
  'first_seen',
  'last_seen',
  'page',
  'page_size',
  'sort',
  'filters',
  'table',
  'datasets',
);

/** A body whose members, or those of its filters and its order, are anything. */
const hostileBody = fc
  .record({
    members: fc.dictionary(member, hostileValue, { maxKeys: 3 }),
    filters: fc.option(fc.dictionary(fc.constantFrom(...filters, '__proto__'), hostileValue, { maxKeys: 1 }), {
      nil: undefined,
    }),
    sort: fc.option(fc.record({ field: hostileValue, order: hostileValue }), { nil: undefined }),
  })
  .map(({ members, ...rest }) => JSON.stringify({ ...rest, ...members }));

/** What takes longest to compare with a name of which every part is alike. */
const slowSearches = ['hostname', 'name', 'friendly_name', 'service_ip', 'source', 'title', 'search'].flatMap(
  (filter) =>
    [`${'%a'.repeat(450)}b`, `${'%_'.repeat(450)}b`].map((pattern) =>
      JSON.stringify({ filters: { [filter]: [pattern] } }),
    ),
);

const bodies: readonly (string | Uint8Array)[] = [
  ...[
    '',
    ' ',
    'null',
    'true',
    '0',
    '"x"',
    '[]',
    '[{}]',
    '{',
    '{"filters":{}',
    '{}x',
    '\ufeff{}',
    "{'a':1}",
    '{"a":NaN}',
  ],
  ...slowSearches,
  deep('[', ']', 20_000),
  deep('{"filters":', '}', 5000).replace(':}', ':1}'),
  `{"filters":{"name":${deep('[', ']', 20_000)}}}`,
  '{"filters":{},"filters":{"x":1},"filters":[]}',
  '{"sort":{"field":"id","field":"__proto__"},"page":1,"page":"1"}',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"filters":{"__proto__":["x"]},"sort":{"field":"__proto__","order":"constructor"}}',
  '{"filters":{"toString":["x"]}}',
  '{"filters":{"constructor":[1]}}',
  '{"name":"\\ud800","cidr":"\\u0000","hostname":"\\ud800\\u0000","friendly_name":"\\udfff"}',
  '{"filters":{"name":["\\ud800%\\u0000"],"hostname":["\\ud800%\\u0000"],"service_ip":["\\u0000%"]}}',
  '{"page":9e20,"page_size":9e20}',
  '{"page":-1,"page_size":-9e20}',
  '{"page":1e400}',
  `{"name":"${'x'.repeat(10_000)}","cidr":"10.0.0.0/8","friendly_name":"${'x'.repeat(10_000)}"}`,
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
];

const ids = [
  '0',
  '-1',
  '1.5',
  '0x10',
  '9e20',
  '1'.repeat(30),
  '1%20or%201=1',
  '%00',
  "1'--",
  '__proto__',
  '%D9%A1',
  '%ff',
  '%2e%2e',
];

/** A request line that is longer is refused by HTTP itself. */
const longestQuery = 12_000;

const queries = [
  ...texts.flatMap((text) => [
    `sort=${encodeURIComponent(text.toWellFormed())}`,
    `page=${encodeURIComponent(text.toWellFormed())}`,
  ]),
  ...numbers.flatMap((number) => [`page=${number}`, `page_size=${number}`]),
  ...[
    'page=0x10',
    'page=+1',
    'page=1&page=2',
    'page[]=1',
    'sort[field]=id',
    'sort=id&sort=name',
    'order=%00',
    'sort=%ff%fe',
  ],
  ...['__proto__=1', 'constructor=1', '=', '&&&', '%', `x=${'y'.repeat(8000)}`],
].filter((query) => query.length <= longestQuery);

interface Hostile {
  readonly path: string;
  readonly body?: string | Uint8Array;
}

/** What is sent to a route: every hostile number, query and body, and sixty bodies made up. */
function hostileTo({ verb, path }: (typeof routes)[number]): Hostile[] {
  const at = (id: string) => path.replace(':id', id);
  const known = at('1');
  const body = verb === 'GET' ? {} : { body: '{}' };
  return [
    ...(path === known ? [] : ids.map((id) => ({ path: at(id), ...body }))),
    ...queries.map((query) => ({ path: `${known}?${query}`, ...body })),
    ...(verb === 'GET'
      ? []
      : [...bodies, ...fc.sample(hostileBody, { numRuns: 60, seed })].map((each) => ({ path: known, body: each }))),
  ];
}

const expected: Readonly<Record<string, readonly number[]>> = {
  GET: [200, 400],
  POST: [200, 201, 400, 409],
  PATCH: [200, 400, 404, 409],
  PUT: [200, 400, 404, 409],
  DELETE: [200, 400, 404],
};

async function send(verb: string, { path, body }: Hostile) {
  const { gateway, tenant } = intrudect;
  const response = await fetch(gateway.url + path, {
    method: verb,
    headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
  });
  return { status: response.status, text: await response.text() };
}

/** What is wrong with an answer; undefined where it is one that the README has. */
function problemOf(verb: string, { status, text }: { status: number; text: string }): string | undefined {
  if (!expected[verb]?.includes(status)) return 'another status';
  if (status < 400) return undefined;
  const { error, ...others } = JSON.parse(text);
  if (typeof error !== 'string' || error.length < 5 || error.length > 300) return 'no short error';
  if (Object.keys(others).length > 0) return 'more than an error';
  return tellsOfInside(text) ? 'our insides' : undefined;
}

describe.each(routes)(`$verb $path (seed ${seed})`, (route) => {
  it('has a documented answer to whatever it is sent', async () => {
    const requests = hostileTo(route);
    const wrong: object[] = [];
    for (let start = 0; start < requests.length; start += 10) {
      const answers = requests.slice(start, start + 10).map(async ({ path, body }) => {
        const answer = await send(route.verb, { path, ...(body !== undefined && { body }) });
        const problem = problemOf(route.verb, answer);
        if (problem) wrong.push({ problem, path, body: String(body).slice(0, 300), ...answer });
      });
      await Promise.all(answers);
    }
    expect(wrong).toEqual([]);
  });
});

describe('afterwards', () => {
  it('nothing of a neighbour has changed, and no object has got members', async () => {
    const { devices, networks, services } = await neighbour.read(
      '{ devices { nodes { hostname friendlyName } } networks { name cidr } services { serviceIp tcpPorts { port authorized } } }',
    );
    expect(devices.nodes).toEqual([{ hostname: monotonous, friendlyName: null }]);
    expect(networks).toEqual([{ name: monotonous, cidr: '10.0.0.0/24' }]);
    expect(services).toEqual([{ serviceIp: '10.0.0.25', tcpPorts: [{ port: 443, authorized: false }] }]);
    expect('polluted' in {}).toBe(false);
  });
});

describe('numbers of pages', () => {
  it.each([
    ['9e20', 400],
    ['1.5', 400],
    ['0x10', 400],
    ['-1', 200],
    ['%2B1', 200],
    ['99999999999999999999', 200],
  ])('?page=%s is %i, and the first page where it is the only one', async (page, status) => {
    const answer = await intrudect.call('GET', `/api/v1/devices?page=${page}`);
    expect(answer).toMatchObject({
      status,
      body: status === 200 ? { page: 1 } : { error: 'page: must be an integer' },
    });
  });
});
