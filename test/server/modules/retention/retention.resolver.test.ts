import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aNetworkAlert, aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import * as seen from '../../../support/observations.ts';
import { openTenant, openTenants, type TestTenant } from '../../../support/test-tenant.ts';
import { dataSets, openRetention, type RetentionApi, tables } from './open-retention.ts';

let api: RetentionApi;

beforeAll(async () => {
  api = await openRetention();
});

afterAll(() => api.close());

const dayMs = 86_400_000;

describe('a rule by age', () => {
  it('deletes of every data set what is older, of its tenant alone, and all counts and sums stay true', async () => {
    const [home, neighbour] = (await openTenants(api.gateway, 'Home', 'Neighbour')) as [TestTenant, TestTenant];
    for (const tenant of [home, neighbour]) {
      await tenant.read('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
        input: { name: 'Hook', webhook: { url: `${api.receiver.url}/hook` } },
      });
      await api.furnish(tenant, 'old');
    }
    const delivered = (expected: number) =>
      vi.waitFor(async () => {
        const all = "select count(*) as value from delivery where tenant_id in (?, ?) and status = 'DELIVERED'";
        expect(await api.sql(all, home.id, neighbour.id)).toBe(expected);
      });
    await delivered(4);
    await api.clock.sleep(20 * dayMs);
    for (const tenant of [home, neighbour]) await api.furnish(tenant, 'new');
    await delivered(8);
    await api.clock.sleep(dayMs);
    const before = await api.describeAll(home);
    const bound = new Date(api.clock.nowMs - 10 * dayMs);
    for (const dataSet of dataSets) {
      const [row, due] = [before.get(dataSet), await api.preview(home, dataSet, { keepDays: 10 })];
      const all = await api.stored(home, dataSet);
      expect([dataSet, row?.['rows'], row?.['sizeBytes']]).toEqual([dataSet, all, expect.any(Number)]);
      expect(Number(row?.['sizeBytes'])).toBeGreaterThan(0);
      expect([dataSet, row?.['keepDays'], row?.['isDefault']]).toEqual([
        dataSet,
        dataSet === 'REJECTED_EVENTS' ? 90 : dataSet === 'DELIVERIES' ? 180 : null,
        true,
      ]);
      // Events of alerts go after them.
      const expected = { EVENTS: 2, DELIVERIES: 2 }[dataSet as string] ?? all / 2;
      expect([dataSet, due]).toEqual([
        dataSet,
        { rows: expected, firstAt: row?.['oldestAt'], lastAt: expect.any(String) },
      ]);
      expect(new Date(due.lastAt).getTime()).toBeLessThan(bound.getTime());
    }
    const untouched = await api.describeAll(neighbour);

    for (const dataSet of dataSets) await api.setRule(home, dataSet, { keepDays: 10 });
    await api.run();

    const after = await api.describeAll(home, 'due { rows firstAt lastAt }');
    const others = await api.describeAll(neighbour);
    for (const dataSet of dataSets) {
      const [, , counter] = tables[dataSet];
      const rows = await api.stored(home, dataSet);
      expect([dataSet, after.get(dataSet)?.['rows'], after.get(dataSet)?.['due']]).toEqual([
        dataSet,
        rows,
        { rows: 0, firstAt: null, lastAt: null },
      ]);
      expect([dataSet, rows]).toEqual([dataSet, Number(before.get(dataSet)?.['rows']) / 2]);
      if (counter !== null) {
        const count = 'select value from counter where tenant_id = ? and name = ?';
        expect([dataSet, await api.sql(count, home.id, counter)]).toEqual([dataSet, rows]);
      }
      expect(after.get(dataSet)).toMatchObject({ keepDays: 10, isDefault: false, bitesBy: 'AGE' });
      expect(new Date(String(after.get(dataSet)?.['oldestAt'])).getTime()).toBeGreaterThan(bound.getTime());
      expect(others.get(dataSet)?.['rows']).toBe(untouched.get(dataSet)?.['rows']);
    }
    expect(await api.sumsOf(home)).toEqual({ dns: 2, tcp: 1 });
    expect(await api.sumsOf(neighbour)).toEqual({ dns: 4, tcp: 2 });
    const { alertGroups, alerts } = await home.read(
      '{ alertGroups { totalCount nodes { count alerts { nodes { id } } } } alerts { totalCount } }',
    );
    expect(alertGroups.totalCount).toBe(alertGroups.nodes.length);
    expect(alerts.totalCount).toBe(3);
    for (const { count, alerts: members } of alertGroups.nodes) expect(count).toBe(members.nodes.length);
    const orphans = `select count(*) as value from delivery_attempt a
      where a.tenant_id = ? and not exists (select 1 from delivery d where d.id = a.delivery_id)`;
    expect(await api.sql(orphans, home.id)).toBe(0);
  });

  it('is told of in the audit log: once a run that deleted something, and who set it', async () => {
    const tenant = await openTenant(api.gateway, 'Told');
    await api.furnish(tenant, 'old');
    await api.clock.sleep(3 * dayMs);
    expect(await api.told(tenant)).toEqual([]);
    await api.setRule(tenant, 'HTTP', { keepDays: 1 });
    await api.setRule(tenant, 'NETWORK_ALERTS', { keepDays: 2 });
    await api.run();
    await api.run();
    const all = (await api.told(tenant)).flatMap(({ details }: { details: object }) => Object.entries(details));
    const nothing = { deletedCaptures: 0, correctedSums: 0, keepBytes: null };
    expect(all).toHaveLength(2);
    expect(Object.fromEntries(all)).toEqual({
      HTTP: { ...nothing, deletedRows: 1, keepDays: 1 },
      NETWORK_ALERTS: { ...nothing, deletedRows: 2, deletedCaptures: 1, keepDays: 2 },
    });
    expect((await api.told(tenant))[0]).toMatchObject({ subject: 'retention', credentialId: 'retention' });
    const { auditLog } = await tenant.read(
      '{ auditLog(first: 1, filter: { action: [UPDATE_RETENTION] }) { nodes { subject details } } }',
    );
    expect(auditLog.nodes).toEqual([
      {
        subject: 'NETWORK_ALERTS',
        details: { keepDays: 2, keepBytes: null, before: { keepDays: null, keepBytes: null } },
      },
    ]);
  });

  it('counts what came late from when it came', async () => {
    const tenant = await openTenant(api.gateway, 'Late');
    await tenant.observe({ occurredAt: api.clock.nowMs - 300 * dayMs, observations: [seen.aRequest()] });
    await api.setRule(tenant, 'HTTP', { keepDays: 30 });
    await api.run();
    expect(await api.stored(tenant, 'HTTP')).toBe(1);
    await api.clock.sleep(29 * dayMs);
    expect(await api.stored(tenant, 'HTTP')).toBe(1);
    await api.clock.sleep(2 * dayMs);
    expect(await api.stored(tenant, 'HTTP')).toBe(0);
  });

  it('holds for rejected events though nobody has set it', async () => {
    const tenant = await openTenant(api.gateway, 'Default rule');
    await api.gateway.ingestWazuh({ broken: 'x' }, tenant.id);
    await api.clock.sleep(89 * dayMs);
    expect(await api.stored(tenant, 'REJECTED_EVENTS')).toBe(1);
    await api.clock.sleep(2 * dayMs);
    expect(await api.stored(tenant, 'REJECTED_EVENTS')).toBe(0);
    await api.gateway.ingestWazuh({ broken: 'x' }, tenant.id);
    expect(await api.setRule(tenant, 'REJECTED_EVENTS', {})).toMatchObject({ keepDays: null, isDefault: false });
    await api.clock.sleep(400 * dayMs);
    expect(await api.stored(tenant, 'REJECTED_EVENTS')).toBe(1);
  });
});

describe('a rule by size', () => {
  it('deletes the oldest until the rest fits, exactly what the preview said', async () => {
    const tenant = await openTenant(api.gateway, 'Full');
    const start = api.clock.nowMs - 1000;
    for (let at = 0; at < 5; at++) {
      const observations = Array.from({ length: 100 }, () => seen.aRequest());
      await tenant.observe({ occurredAt: start + at, observations });
    }
    const { sizeBytes, rows } = (await api.describeAll(tenant)).get('HTTP') as { sizeBytes: number; rows: number };
    expect([rows, sizeBytes > 500 * 150 && sizeBytes < 500 * 400]).toEqual([500, true]);
    const keepBytes = Math.round(sizeBytes * 0.3);
    const due = await api.preview(tenant, 'HTTP', { keepBytes });
    expect(due).toEqual({
      rows: 350,
      firstAt: new Date(start).toISOString(),
      lastAt: new Date(start + 3).toISOString(),
    });
    await api.setRule(tenant, 'HTTP', { keepBytes });
    await vi.waitFor(
      async () =>
        expect(await api.told(tenant)).toMatchObject([{ details: { HTTP: { deletedRows: 350, keepBytes } } }]),
      { timeout: 15_000, interval: 50 },
    );
    const left = (await api.describeAll(tenant)).get('HTTP');
    expect(left).toMatchObject({ rows: 150, bitesBy: 'SIZE', oldestAt: due.lastAt });
    // The mean of other rows is another.
    expect(Number(left?.['sizeBytes']) / keepBytes).toBeCloseTo(1, 1);
    const { dataSetCount } = await tenant.read('{ dataSetCount(dataSet: HTTP) { rows firstAt lastAt } }');
    expect(dataSetCount).toEqual({
      rows: 150,
      firstAt: due.lastAt,
      lastAt: new Date(start + 4).toISOString(),
    });
  });

  it('leaves what is still to be told', async () => {
    const tenant = await openTenant(api.gateway, 'Queued');
    await tenant.read('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
      input: { name: 'Hook', webhook: { url: `${api.receiver.url}/broken` } },
    });
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await vi.waitFor(async () => expect(await api.stored(tenant, 'DELIVERIES')).toBe(1));
    expect(await api.preview(tenant, 'DELIVERIES', { keepBytes: 1 })).toMatchObject({ rows: 0 });
    await api.setRule(tenant, 'DELIVERIES', { keepBytes: 1 });
    await api.run();
    expect(await api.stored(tenant, 'DELIVERIES')).toBe(1);
  });
});

describe('a rule that cannot be', () => {
  it.each([
    [{ keepDays: 0 }, 'keepDays: must be from 1 to 36500'],
    [{ keepDays: 36_501 }, 'keepDays: must be from 1 to 36500'],
    [{ keepBytes: 0 }, 'keepBytes: must be from 1 to 1125899906842624'],
  ])('is refused: %j', async (rule, message) => {
    const input = { input: { dataSet: 'DNS', ...rule } };
    for (const document of [
      'mutation ($input: RetentionInput!) { updateRetention(input: $input) { rows } }',
      'query ($input: RetentionInput!) { retentionPreview(input: $input) { rows } }',
    ]) {
      const { errors } = await api.gateway.graphql(document, input);
      expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('dataSetCount', () => {
  it('counts the rows that meet the conditions', async () => {
    const tenant = await openTenant(api.gateway, 'Counted');
    const occurredAt = Date.UTC(2026, 5, 3);
    await tenant.observe({ occurredAt, observations: [seen.aLookup(), seen.aLookup({ query: 'b.example' })] });
    await tenant.ingest([aNetworkAlert({ rule: { level: 12 } }), aWazuhAlert(aSyslogRecord())]);
    const count = async (dataSet: string, filter: object | null) =>
      (
        await tenant.read(
          'query ($dataSet: DataSet!, $filter: DataSetFilter) { dataSetCount(dataSet: $dataSet, filter: $filter) { rows firstAt } }',
          { dataSet, filter },
        )
      ).dataSetCount;
    const firstAt = new Date(occurredAt).toISOString();
    expect(await count('DNS', null)).toEqual({ rows: 2, firstAt });
    expect(await count('DNS', { query: ['b.%'] })).toEqual({ rows: 1, firstAt });
    expect(await count('DNS', { occurredAt: { to: firstAt } })).toEqual({ rows: 0, firstAt: null });
    expect(await count('NETWORK_ALERTS', { destination: ['192.168.%'] })).toMatchObject({ rows: 1 });
    expect(await count('SERVER_ALERTS', { line: 'Accepted' })).toMatchObject({ rows: 1 });
  });
});
