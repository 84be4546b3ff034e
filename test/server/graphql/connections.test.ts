import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { aJournalGroup } from '../../support/journal-rows.ts';
import { aBackup, aConnection, aDevice, aLease, aLookup, aRequest, aSample } from '../../support/observations.ts';
import { readPages } from '../../support/pages.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
/** One whose lists are of what events say of the network. */
let observer: TestTenant;

const observed = ['devices', 'flowRecords', 'telemetry', 'backupEvents'];
const lists = ['alerts', 'alertGroups', 'events', 'rejectedEvents', ...observed];
const tenantOf = (field: string) => (observed.includes(field) ? observer : tenant);
/** Rows in each list before a test adds more. */
const rows = 23;

/** Adds as many rows to every list. */
async function add(count: number): Promise<void> {
  const marks = Array.from({ length: count }, () => crypto.randomUUID());
  await tenant.ingest(marks.map((id) => aWazuhAlert({ rule: { id } })));
  await gateway.ingestWazuh(
    marks.map((broken) => ({ broken })),
    tenant.id,
  );
  const observations = marks.flatMap((id) => {
    const mac = `00:00:5E:${id.slice(0, 2)}:${id.slice(2, 4)}:${id.slice(4, 6)}`;
    return [aDevice({ mac }), [aLookup(), aConnection(), aLease(), aRequest()][++flows % 4]!, aSample(), aBackup()];
  });
  const record = { tenantId: observer.id, occurredAt: 1_700_000_000_000 + flows, observations };
  await gateway.store.database.commit(aJournalGroup([record]));
}

let flows = 0;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Connections');
  observer = await openTenant(gateway, 'Observer');
  await add(rows);
});

afterAll(() => gateway.close());

describe.each(lists)('%s', (field) => {
  const page = (args: string) =>
    tenantOf(field).graphql(`{ ${field}${args} { edges { cursor } pageInfo { endCursor } } }`);
  const refusal = (problem: string) => ({
    message: problem,
    locations: expect.any(Array),
    path: [field],
    extensions: { code: 'BAD_USER_INPUT', field: problem.split(':')[0] },
  });

  it.each([0, -1, 201, 2_147_483_647])('refuses a page of %i rows and names the argument', async (first) => {
    expect((await page(`(first: ${first})`)).errors).toEqual([refusal('first: must be from 1 to 200')]);
  });

  it.each([1, 200])('gives a page of %i rows where there are as many', async (first) => {
    const { data, errors } = await page(`(first: ${first})`);
    expect(errors).toBeUndefined();
    expect(data[field].edges).toHaveLength(Math.min(first, rows));
  });

  it.each([
    '',
    ' ',
    'x',
    '1_2_3',
    '1.5',
    '-',
    '1e3',
    'null',
    "1' or '1'='1",
    '٣',
    '1\\u0000',
    '12345678901234567890',
    'a'.repeat(10_000),
    'MQ==',
  ])('refuses the broken cursor "%.30s"', async (after) => {
    expect((await page(`(after: "${after}")`)).errors).toEqual([refusal('after: is not a cursor of this list')]);
  });

  it.each(lists.filter((other) => other !== field))('refuses a cursor of the list %s', async (other) => {
    const given = await tenantOf(other).read(`{ ${other}(first: 2) { pageInfo { endCursor } } }`);
    const { errors } = await page(`(after: "${given[other].pageInfo.endCursor}")`);
    expect(errors).toEqual([refusal('after: is not a cursor of this list')]);
  });

  it('refuses its own cursors with a number where a UUID belongs, or the other way round', async () => {
    const { pageInfo } = (await tenantOf(field).read(`{ ${field}(first: 2) { pageInfo { endCursor } } }`))[field];
    const [name, ...parts] = pageInfo.endCursor.split('_');
    for (const index of parts.keys()) {
      const swapped = parts.map((part: string, at: number) => {
        if (at !== index) return part;
        return part.includes('-') ? '1' : '01940000-0000-7000-8000-000000000000';
      });
      const { errors } = await page(`(after: "${[name, ...swapped].join('_')}")`);
      expect(errors).toEqual([refusal('after: is not a cursor of this list')]);
    }
  });

  it('ends with a page that says so', async () => {
    const { edges } = (await tenantOf(field).read(`{ ${field}(first: 200) { edges { cursor } } }`))[field];
    const last = `{ ${field}(after: "${edges.at(-1).cursor}") { edges { cursor } nodes { id } pageInfo { hasNextPage endCursor } } }`;
    expect(await tenantOf(field).read(last)).toEqual({
      [field]: { edges: [], nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    });
  });

  it.each([1, 7, rows - 1, rows, rows + 1])('is read whole in pages of %i', async (first) => {
    const whole = (await tenantOf(field).read(`{ ${field}(first: 200) { nodes { id } } }`))[field].nodes;
    const ids = await readPages(tenantOf(field), { field, first });
    expect(ids).toEqual(whole.map(({ id }: { id: string }) => id));
    expect(new Set(ids).size).toBe(rows);
  });
});

describe('a connection of an empty list', () => {
  it.each(lists)('of %s has no rows, no cursor and the count 0', async (field) => {
    const empty = await openTenant(gateway, `Empty ${field}`);
    const document = `{ ${field} {
      edges { cursor } nodes { id } pageInfo { hasNextPage endCursor } totalCount totalCountIsLowerBound } }`;
    expect(await empty.read(document)).toEqual({
      [field]: {
        edges: [],
        nodes: [],
        pageInfo: { hasNextPage: false, endCursor: null },
        totalCount: 0,
        totalCountIsLowerBound: false,
      },
    });
  });
});

describe('paging while rows are added', () => {
  it.each([
    ['alerts', ''],
    ['alertGroups', ''],
    ['events', ''],
    ['rejectedEvents', ''],
    ['alerts', ', filter: { severity: [LOW, HIGH] }'],
    ['flowRecords', ''],
    ['flowRecords', ', kind: [DNS, HTTP], filter: { sourceIp: ["10.0.0.25"] }'],
    ['telemetry', ''],
    ['backupEvents', ', filter: { jobId: ["nightly"] }'],
  ])('of %s%s, latest first, gives every row there was at the start, once, and none besides', async (field, args) => {
    const before = await readPages(tenantOf(field), { field, args, first: 200 });
    const seen = await readPages(tenantOf(field), { field, args, first: 9, between: () => add(2) });
    expect(seen).toEqual(before);
  });
});
