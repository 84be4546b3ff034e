import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCleanErrors, tellsOfInside } from '../../support/clean-reply.ts';
import type { Home, Homes } from '../../support/matrix/homes.ts';
import { askRoute, rows, secretOf } from '../../support/matrix/route-rows.ts';
import { rootRequests } from '../../support/root-fields.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
const seed = Date.now() % 1_000_000;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Malformed');
});

afterAll(() => gateway.close());

const requests = Object.values(rootRequests).filter(({ document }) => !document.startsWith('subscription'));

/** Some bytes taken out, put in or changed. */
const edits = fc.array(fc.record({ at: fc.nat(400), drop: fc.nat(6), put: fc.uint8Array({ maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 5,
});

function mutilate(text: string, changes: readonly { at: number; drop: number; put: Uint8Array }[]): Buffer {
  let bytes = Buffer.from(text);
  for (const { at, drop, put } of changes) {
    const start = at % bytes.length;
    bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + drop)]);
    if (bytes.length === 0) break;
  }
  return bytes;
}

/** A valid request that is one no more. */
const mutilated = fc
  .record({
    request: fc.constantFrom(
      ...requests.map(({ document, variables }) => JSON.stringify({ query: document, variables })),
    ),
    edits,
  })
  .map(({ request, edits: changes }) => mutilate(request, changes));

const anything = fc.jsonValue({ maxDepth: 3 });
/** A filter whose members may be anything at all. */
const filters = fc.record(
  { severity: anything, type: anything, text: anything, agent: anything, address: anything, occurredAt: anything },
  { requiredKeys: [] },
);

/** Ten at a time. */
async function inTurns<Value>(values: readonly Value[], send: (value: Value) => Promise<void>): Promise<void> {
  for (let start = 0; start < values.length; start += 10) await Promise.all(values.slice(start, start + 10).map(send));
}

describe('POST /graphql', () => {
  it(`answers 200 mutilated requests without a fault of ours (seed ${seed})`, async () => {
    await inTurns(fc.sample(mutilated, { numRuns: 200, seed }), async (body) => {
      const reply = await gateway.post('/graphql', body, { Authorization: `Bearer ${tenant.token}` });
      const text = await reply.text();
      expect({ status: reply.status, body: body.toString('latin1'), text }).toMatchObject({
        status: expect.toSatisfy((status: number) => status < 500),
      });
      const { errors } = JSON.parse(text);
      if (errors) expectCleanErrors(errors);
      expect(text).not.toContain('INTERNAL');
    });
  });

  it(`answers 100 filters of any shape without a fault of ours (seed ${seed})`, async () => {
    const query = 'query ($f: AlertFilter) { alerts(filter: $f) { totalCount } }';
    await inTurns(fc.sample(filters, { numRuns: 100, seed }), async (f) => {
      const { errors } = await tenant.graphql(query, { f });
      if (errors) expectCleanErrors(errors);
      expect({ f, codes: errors?.map(({ extensions }) => extensions['code']) ?? [] }).toMatchObject({
        codes: expect.not.arrayContaining(['INTERNAL']),
      });
    });
  });

  it(`answers 100 texts of any kind without a fault of ours (seed ${seed})`, async () => {
    const query = `query ($t: String!) { alerts(after: $t) { totalCount } alert(id: $t) { id } event(id: $t) { id }
      found: alerts(filter: { text: $t, type: [$t], agent: [$t], address: [$t] }) { totalCount }
      events(filter: { host: [$t], app: [$t], externalId: [$t], text: $t }) { totalCount } }`;
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 }));
    // What most often goes wrong, besides what chance finds.
    const named = [
      '\u0000',
      'a\u0000b',
      '\ud800',
      '"',
      "'",
      '\\',
      '%',
      '?',
      '$1',
      ':',
      '*',
      '^',
      '-',
      'NEAR(a b)',
      "a':*",
    ];
    await inTurns([...named, ...fc.sample(text, { numRuns: 100, seed })], async (t) => {
      const { errors = [] } = await tenant.graphql(query, { t });
      if (errors.length > 0) expectCleanErrors(errors);
      expect({ t, codes: errors.map(({ extensions }) => extensions['code']) }).toMatchObject({
        codes: expect.not.arrayContaining(['INTERNAL']),
      });
    });
  });
});

/** Those of Intrudect meet thousands of requests in its own test. */
const routes = rows.filter(({ dialect }) => dialect.name !== 'intrudect');
const requestsARoute = 50;
const oddIds = ['0', '-1', '9e20', '1'.repeat(30), '%00', "1'--", '__proto__', '%ff', 'x'.repeat(300), '1'];

describe('the routes of the dialects', () => {
  it(`answer ${requestsARoute * routes.length} mutilated requests without a fault of ours (seed ${seed})`, async () => {
    const home: Home = { name: 'malformed', mark: 'malformed', number: 1, tenant, marks: [] };
    const all = { gateway } as Homes;
    const wrong: object[] = [];
    for (const row of routes) {
      const secret = await secretOf(all, row, home);
      const samples = fc.sample(fc.record({ edits, id: fc.constantFrom(...oddIds) }), {
        numRuns: requestsARoute,
        seed,
      });
      await inTurns(samples, async ({ edits: changes, id }) => {
        const good = row.request.body?.(home, 1) ?? {};
        const body = mutilate(typeof good === 'string' ? good : JSON.stringify(good), changes);
        const { status, body: text } = await askRoute(all, row, home, { id, secret, body });
        const isFault = status >= 500 || tellsOfInside(text) || (status >= 400 && !('error' in JSON.parse(text)));
        if (isFault) wrong.push({ route: row.name, id, body: body.toString('latin1'), status, text });
      });
    }
    expect(wrong).toEqual([]);
  });
});
