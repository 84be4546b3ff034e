import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { readPages } from '../../../support/pages.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
const receivedAt = Date.UTC(2026, 10, 21, 7, 0, 0, 123);

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => receivedAt });
});

afterAll(() => gateway.close());

/** Seconds that many alerts share: an order by them alone would be no order. */
const seconds = [31, 30, 30, 33, 30, 31, 30, 32, 31, 30];
const timeOf = (second: number) => `2026-11-21T06:51:${second}.224+0000`;

async function addShuffled(tenant: TestTenant, count: number): Promise<void> {
  await tenant.ingest(
    Array.from({ length: count }, (_, index) => aWazuhAlert({ timestamp: timeOf(seconds[index % 10] ?? 0) })),
  );
}

const common = `id kind tenantId occurredAt receivedAt severity level type title message agent agentName
  event { id format app host isAlert severity externalId } group { id count fingerprint }`;

describe('alert', () => {
  const document = `query ($id: ID!) { alert(id: $id) { __typename ${common}
    ... on NetworkAlert { sourceIp sourceMac sourcePort destinationIp destinationMac destinationPort }
    ... on ServerAlert { hostname line } } }`;

  it('is a NetworkAlert with both ends where a source and a destination are named', async () => {
    const tenant = await openTenant(gateway, 'Between addresses');
    const record = aNetworkAlert({ id: '1763707861.1', rule: { level: 13 }, data: { srcmac: '00-1a-2B-3c-4d-5e' } });
    const [event] = await tenant.ingest(record);
    const [{ id }] = (await tenant.read('{ alerts { nodes { id } } }')).alerts.nodes;
    expect((await tenant.read(document, { id })).alert).toEqual({
      __typename: 'NetworkAlert',
      id,
      kind: 'NETWORK',
      tenantId: tenant.id,
      occurredAt: '2026-11-21T06:51:01.224Z',
      receivedAt: '2026-11-21T07:00:00.123Z',
      severity: 'HIGH',
      level: 30,
      type: 'sshd',
      title: 'sshd: Attempt to login using a non-existent user',
      message: record['full_log'],
      agent: '003',
      agentName: 'edge-01',
      event: {
        id: event,
        format: 'WAZUH',
        app: 'sshd',
        host: 'edge-01',
        isAlert: true,
        severity: 'HIGH',
        externalId: '1763707861.1',
      },
      group: {
        id: expect.any(String),
        count: 1,
        fingerprint: 'WAZUH rule 5710 | 003 | 203.0.113.10 > 192.168.1.20',
      },
      sourceIp: '203.0.113.10',
      sourceMac: '00:1A:2B:3C:4D:5E',
      sourcePort: 41334,
      destinationIp: '192.168.1.20',
      destinationMac: null,
      destinationPort: 22,
    });
  });

  it('is a ServerAlert with its log line where one end is missing', async () => {
    const tenant = await openTenant(gateway, 'On a host');
    const record = aWazuhAlert({ data: { srcip: '203.0.113.10' } });
    await tenant.ingest(record);
    const [{ id }] = (await tenant.read('{ alerts { nodes { id } } }')).alerts.nodes;
    expect((await tenant.read(document, { id })).alert).toMatchObject({
      __typename: 'ServerAlert',
      kind: 'SERVER',
      level: 10,
      hostname: 'edge-01',
      line: record['full_log'],
    });
  });

  it.each(['0', '-1', '99999999', '9999999999999999', '99999999999999999999', 'x', '', ' 1', '1.0', '01', '1\u0000'])(
    'is null for the unknown id "%s"',
    async (id) => {
      const tenant = await openTenant(gateway, `Unknown ${JSON.stringify(id)}`);
      await tenant.ingest(aWazuhAlert());
      expect(await tenant.read(document, { id })).toEqual({ alert: null });
    },
  );
});

describe.each(['ASC', 'DESC'])('alerts in the direction %s', (direction) => {
  it('are in order of the time they happened, of arrival where that is equal', async () => {
    const tenant = await openTenant(gateway, `Occurred ${direction}`);
    await addShuffled(tenant, 40);
    const { nodes } = (
      await tenant.read(`{ alerts(first: 200, orderBy: { field: OCCURRED_AT, direction: ${direction} }) {
        nodes { id occurredAt } } }`)
    ).alerts as { nodes: { id: string; occurredAt: string }[] };
    const sign = direction === 'ASC' ? 1 : -1;
    const sorted = nodes.toSorted(
      (left, right) =>
        sign * (Date.parse(left.occurredAt) - Date.parse(right.occurredAt) || Number(left.id) - Number(right.id)),
    );
    expect(nodes).toHaveLength(40);
    expect(nodes).toEqual(sorted);
  });

  it('are in order of arrival, though all were received in one millisecond', async () => {
    const tenant = await openTenant(gateway, `Received ${direction}`);
    await addShuffled(tenant, 40);
    const args = `, orderBy: { field: RECEIVED_AT, direction: ${direction} }`;
    const ids = (await readPages(tenant, { field: 'alerts', args, first: 200 })).map(Number);
    const ascending = ids.toSorted((left, right) => left - right);
    expect(ids).toEqual(direction === 'ASC' ? ascending : ascending.reverse());
    expect(ids).toHaveLength(40);
  });

  it.each(['OCCURRED_AT', 'RECEIVED_AT'])(
    'by %s are paged without loss or repeats while others arrive',
    async (field) => {
      const tenant = await openTenant(gateway, `Paged ${field} ${direction}`);
      await addShuffled(tenant, 60);
      const args = `, filter: { severity: [LOW, CRITICAL] }, orderBy: { field: ${field}, direction: ${direction} }`;
      const before = await readPages(tenant, { field: 'alerts', args, first: 200 });
      const seen = await readPages(tenant, { field: 'alerts', args, first: 7, between: () => addShuffled(tenant, 3) });
      const known = new Set(before);
      expect(seen.filter((id) => known.has(id))).toEqual(before);
      expect(new Set(seen).size).toBe(seen.length);
      const after = await readPages(tenant, { field: 'alerts', args, first: 200 });
      const shown = new Set(seen);
      // What is seen of the new stands where it belongs.
      expect(after.filter((id) => shown.has(id))).toEqual(seen);
      // Nothing can arrive behind one who reads in the order of arrival.
      if (field === 'RECEIVED_AT' && direction === 'ASC') expect(after.slice(0, seen.length)).toEqual(seen);
    },
  );

  it('refuse a cursor of another order', async () => {
    const tenant = await openTenant(gateway, `Mixed ${direction}`);
    await addShuffled(tenant, 3);
    const cursorOf = async (field: string) =>
      (
        await tenant.read(`{ alerts(first: 1, orderBy: { field: ${field}, direction: ${direction} }) {
          pageInfo { endCursor } } }`)
      ).alerts.pageInfo.endCursor;
    for (const [given, used] of [
      ['OCCURRED_AT', 'RECEIVED_AT'],
      ['RECEIVED_AT', 'OCCURRED_AT'],
    ] as const) {
      const { errors } = await tenant.graphql(
        `query ($after: String) { alerts(after: $after, orderBy: { field: ${used}, direction: ${direction} }) {
          nodes { id } } }`,
        { after: await cursorOf(given) },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
    }
  });
});

describe('alerts', () => {
  it('come latest received first when no order is asked for, and descending when no direction is', async () => {
    const tenant = await openTenant(gateway, 'Default order');
    await addShuffled(tenant, 10);
    const { plain, named } = await tenant.read(`{
      plain: alerts { nodes { id } } named: alerts(orderBy: { field: RECEIVED_AT }) { nodes { id } } }`);
    const ids = plain.nodes.map(({ id }: { id: string }) => Number(id));
    expect(ids).toEqual(ids.toSorted((left: number, right: number) => right - left));
    expect(named).toEqual(plain);
  });

  it('are counted exactly without a filter and up to 10,000 with one', async () => {
    const tenant = await openTenant(gateway, 'Counted');
    const other = await openTenant(gateway, 'Counted beside');
    await other.ingest(aWazuhAlert());
    const count = `totalCount totalCountIsLowerBound`;
    const document = `{ all: alerts { ${count} } low: alerts(filter: { severity: [LOW] }) { ${count} }
      none: alerts(filter: { severity: [FATAL] }) { ${count} } events { ${count} } quiet: events(filter: { isAlert: true }) { ${count} } }`;
    const exactly = (totalCount: number) => ({ totalCount, totalCountIsLowerBound: false });
    const atLeast = (totalCount: number) => ({ totalCount, totalCountIsLowerBound: true });
    const small = { rule: { id: '1', level: 5 } };
    await tenant.ingest(Array.from({ length: 10_000 }, () => small));
    expect(await tenant.read(document)).toEqual({
      all: exactly(10_000),
      low: exactly(10_000),
      none: exactly(0),
      events: exactly(10_000),
      quiet: exactly(10_000),
    });
    await tenant.ingest(small);
    expect(await tenant.read(document)).toEqual({
      all: exactly(10_001),
      low: atLeast(10_000),
      none: exactly(0),
      events: exactly(10_001),
      quiet: atLeast(10_000),
    });
  });
});

describe('alertActivity', () => {
  const halfHour = 1_800_000;
  const document = `query ($span: TimeRange!, $minutes: Int!) {
    alertActivity(span: $span, bucketMinutes: $minutes) { startsAt counts { severity count } } }`;
  /** The times at which clocks in Berlin go back, and those in a zone half an hour off, are of no account. */
  const zones = ['+0000', '+0200', '+0100', '+0530', '-0330'];
  const start = Date.UTC(2026, 9, 24, 20);
  const levels = [3, 5, 8, 12, 15];

  it('counts in every window as many of each severity as there are', async () => {
    const tenant = await openTenant(gateway, 'Activity');
    const other = await openTenant(gateway, 'Activity beside');
    const alerts = Array.from({ length: 400 }, (_, index) => {
      const at = start + ((index * 7919) % 2880) * 30_000;
      const zone = zones[index % zones.length] ?? '';
      const offset = (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
      const timestamp = new Date(at + offset * 60_000).toISOString().replace('Z', zone);
      const rule = { id: String(index % 50), level: levels[index % levels.length] };
      return (index % 3 === 0 ? aNetworkAlert : aWazuhAlert)({ timestamp, rule });
    });
    await tenant.ingest(alerts);
    await other.ingest(alerts.slice(0, 50));
    const rows = await gateway.store.database.read<{ occurred_at: number; severity: number }>(
      'select occurred_at, severity from alert where tenant_id = ?',
      [tenant.id],
    );
    const names = ['', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'];

    for (let window = 0; window < 24; window++) {
      const minutes = [30, 60, 45][window % 3] ?? 60;
      // Some windows begin within a stretch.
      const from = start + window * halfHour + (window % 4) * 60_000;
      const to = from + 12 * 2 * halfHour;
      const expected = new Map<string, Map<string, number>>();
      for (const { occurred_at, severity } of rows) {
        if (occurred_at < from || occurred_at >= to) continue;
        const startsAt = new Date(Math.floor(occurred_at / (minutes * 60_000)) * minutes * 60_000).toISOString();
        const counts = expected.get(startsAt) ?? new Map<string, number>();
        const name = names[severity] ?? '';
        expected.set(startsAt, counts.set(name, (counts.get(name) ?? 0) + 1));
      }
      const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      const { alertActivity } = await tenant.read(document, { span, minutes });
      expect(alertActivity.length).toBeGreaterThan(5);
      expect(alertActivity).toEqual(
        [...expected].sort().map(([startsAt, counts]) => ({
          startsAt,
          counts: names.toReversed().flatMap((severity) => {
            const count = counts.get(severity);
            return count === undefined ? [] : [{ severity, count }];
          }),
        })),
      );
    }
  });

  it.each([
    ['{}', 60, 'span: must have both ends, at most 92 days apart'],
    [
      '{ from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }',
      1440,
      'span: must have both ends, at most 92 days apart',
    ],
    [
      '{ from: "2026-01-01T00:00:00Z", to: "2026-01-03T00:00:00Z" }',
      1,
      'bucketMinutes: would make more than 1500 buckets of the span',
    ],
    ['{ from: "2026-01-01T00:00:00Z", to: "2026-01-03T00:00:00Z" }', 0, 'bucketMinutes: must be from 1 to 1440'],
    ['{ from: "2026-01-01T00:00:00Z", to: "2026-01-03T00:00:00Z" }', 1441, 'bucketMinutes: must be from 1 to 1440'],
  ])('is refused for the span %s in stretches of %i minutes', async (span, minutes, message) => {
    const { errors } = await gateway.graphql(
      `{ alertActivity(span: ${span}, bucketMinutes: ${minutes}) { startsAt } }`,
    );
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
