import { expect, vi } from 'vitest';
import type { Household } from './network-views.ts';
import { aRequest } from './observations.ts';
import type { TestTenant } from './test-tenant.ts';

const rowsOf = async (tenant: TestTenant) => {
  const { dataSetRows } = await tenant.read('{ dataSetRows(dataSet: HTTP) { columns rows } }');
  const uri = dataSetRows.columns.indexOf('url.original');
  return dataSetRows.rows.map((row: unknown[]) => row[uri]);
};

const erase = (tenant: TestTenant) =>
  tenant.read('mutation ($filter: DataSetFilter!) { deleteDataSet(dataSet: HTTP, filter: $filter) { deletedRows } }', {
    filter: { uri: ['%'], userAgent: [tenant.id] },
  });

/** What tenants see of each other's data sets and audit logs, for each root field that shows or changes them. */
export function dataViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  const seeRequests = async () => {
    for (const { tenant } of all()) {
      await erase(tenant);
      await tenant.observe({ observations: [aRequest({ uri: tenant.id, userAgent: tenant.id })] });
    }
  };
  return {
    'Query.dataSetRows': async ({ tenant }) => {
      await seeRequests();
      expect(await rowsOf(tenant)).toEqual([tenant.id]);
    },
    'Mutation.deleteDataSet': async ({ tenant }) => {
      await seeRequests();
      expect(await tenant.read('mutation { deleteDataSet(dataSet: HTTP, filter: {}) { deletedRows } }')).toEqual({
        deleteDataSet: { deletedRows: 1 },
      });
      for (const { tenant: other } of all()) {
        expect(await rowsOf(other)).toEqual(other === tenant ? [] : [other.id]);
      }
    },
    'Query.dataSetCount': async ({ tenant }) => {
      await seeRequests();
      expect(await tenant.read('{ dataSetCount(dataSet: HTTP) { rows } }')).toEqual({ dataSetCount: { rows: 1 } });
    },
    'Query.retention': async ({ tenant }) => {
      await seeRequests();
      const { retention } = await tenant.read('{ retention { dataSet rows } }');
      expect(retention).toContainEqual({ dataSet: 'HTTP', rows: 1 });
    },
    'Query.retentionPreview': async ({ tenant }) => {
      await seeRequests();
      const document = '{ retentionPreview(input: { dataSet: HTTP, keepBytes: 1 }) { rows } }';
      // What was stored behind the server's back is routed to sinks at its next look, and goes only then.
      await vi.waitFor(async () => expect(await tenant.read(document)).toEqual({ retentionPreview: { rows: 1 } }), {
        timeout: 10_000,
        interval: 100,
      });
    },
    'Mutation.updateRetention': async ({ tenant }) => {
      await tenant.read('mutation { updateRetention(input: { dataSet: HTTP, keepDays: 300 }) { rows } }');
      for (const { tenant: other } of all()) {
        const { retention } = await other.read('{ retention { dataSet keepDays } }');
        expect(retention).toContainEqual({ dataSet: 'HTTP', keepDays: other === tenant ? 300 : null });
      }
      await tenant.read('mutation { updateRetention(input: { dataSet: HTTP }) { rows } }');
    },
    'Query.auditLog': async ({ tenant }) => {
      for (const { tenant: each } of all()) await erase(each);
      const { auditLog } = await tenant.read('{ auditLog(first: 200) { totalCount nodes { sequence details } } }');
      expect(auditLog.totalCount).toBe(auditLog.nodes.length);
      expect(auditLog.nodes.at(-1).sequence).toBe(1);
      expect(auditLog.nodes[1].details.filter.userAgent).toEqual([tenant.id]);
      const told = JSON.stringify(auditLog.nodes);
      for (const { tenant: other } of all()) expect(told.includes(other.id)).toBe(other === tenant);
    },
  };
}
