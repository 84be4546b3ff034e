import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSample } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const noon = Date.UTC(2026, 5, 3, 12);

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Telemetry');
  await tenant.observe(
    { occurredAt: noon + 1000, agent: 'edge-1', observations: [aSample(), aSample({ interface: 'eth1' })] },
    { occurredAt: noon, agent: 'edge-2', observations: [aSample({ interface: null, metrics: { load: 0.5 } })] },
  );
});

afterAll(() => gateway.close());

describe('telemetry', () => {
  it('lists samples, the latest first, with every figure', async () => {
    const { telemetry } = await tenant.read(
      '{ telemetry { totalCount nodes { occurredAt agent interface metrics { name value } event { title } } } }',
    );

    const metrics = [
      { name: 'cpu_percent', value: 12.5 },
      { name: 'rx_bytes', value: 4_294_967_296 },
    ];
    const first = { occurredAt: '2026-06-03T12:00:01.000Z', agent: 'edge-1', metrics, event: { title: 'A title' } };
    expect(telemetry).toEqual({
      totalCount: 3,
      nodes: [
        { ...first, interface: 'eth1' },
        { ...first, interface: 'eth0' },
        {
          ...{ ...first, occurredAt: '2026-06-03T12:00:00.000Z', agent: 'edge-2' },
          interface: null,
          metrics: [{ name: 'load', value: 0.5 }],
        },
      ],
    });
  });

  it.each([
    ['{ agent: ["edge-1"] }', 2],
    ['{ interface: ["eth1", "eth2"] }', 1],
    ['{ occurredAt: { to: "2026-06-03T12:00:01Z" } }', 1],
    ['{ agent: ["edge-2"], interface: ["eth0"] }', 0],
  ])('of the filter %s lists %i', async (filter, count) => {
    const { telemetry } = await tenant.read(`{ telemetry(filter: ${filter}) { totalCount nodes { id } } }`);
    expect([telemetry.totalCount, telemetry.nodes.length]).toEqual([count, count]);
  });
});
