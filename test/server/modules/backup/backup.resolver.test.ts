import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBackup } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const noon = Date.UTC(2026, 5, 3, 12);

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Backups');
  const failed = aBackup({ jobId: 'weekly', status: 'failed', assetId: null, sizeBytes: null, checksumSha256: null });
  await tenant.observe(
    { occurredAt: noon, agent: 'edge-1', observations: [aBackup()] },
    { occurredAt: noon + 1000, observations: [failed] },
  );
});

afterAll(() => gateway.close());

describe('backupEvents', () => {
  it('lists what became of jobs, the latest first', async () => {
    const { backupEvents } = await tenant.read(
      '{ backupEvents { totalCount nodes { occurredAt agent jobId status assetId sizeBytes checksumSha256 event { title } } } }',
    );

    const event = { title: 'A title' };
    expect(backupEvents).toEqual({
      totalCount: 2,
      nodes: [
        {
          ...{ occurredAt: '2026-06-03T12:00:01.000Z', agent: null, jobId: 'weekly', status: 'failed', event },
          ...{ assetId: null, sizeBytes: null, checksumSha256: null },
        },
        {
          ...{ occurredAt: '2026-06-03T12:00:00.000Z', agent: 'edge-1', jobId: 'nightly', status: 'success', event },
          ...{ assetId: 'nas-01', sizeBytes: 107_374_182_400, checksumSha256: 'deadbeef' },
        },
      ],
    });
  });

  it.each([
    ['{ status: ["failed"] }', ['weekly']],
    ['{ jobId: ["nightly", "x"] }', ['nightly']],
    ['{ assetId: ["nas-01"], agent: ["edge-1"] }', ['nightly']],
    ['{ occurredAt: { from: "2026-06-03T12:00:02Z" } }', []],
  ])('of the filter %s lists %j', async (filter, jobs) => {
    const { backupEvents } = await tenant.read(`{ backupEvents(filter: ${filter}) { nodes { jobId } } }`);
    expect(backupEvents.nodes.map(({ jobId }: { jobId: string }) => jobId)).toEqual(jobs);
  });
});
