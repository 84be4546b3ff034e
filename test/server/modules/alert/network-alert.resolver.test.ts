import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice, aPacket } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const noon = Date.UTC(2026, 5, 3, 12);

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Captures');
  // The alerts that these records raise go from 203.0.113.10 to 10.0.0.3.
  await tenant.observe(
    { occurredAt: noon, observations: [aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.3', hostname: 'was-here' })] },
    {
      occurredAt: noon + 1,
      observations: [aDevice({ mac: 'B8:27:EB:00:00:02', ip: '10.0.0.3', hostname: 'is-here' })],
    },
    { occurredAt: noon, fingerprint: 'a', observations: [aPacket()] },
    { occurredAt: noon, fingerprint: 'a' },
  );
});

afterAll(() => gateway.close());

describe('a network alert', () => {
  it('shows the devices that have its addresses now, and the packets behind it as a libpcap file', async () => {
    const { alerts } = await tenant.read(
      `{ alerts { nodes { id ... on NetworkAlert {
        sourceDevice { hostname } destinationDevice { hostname } pcap { id sizeBytes bytes }
      } } } }`,
    );

    const [without, withPackets] = alerts.nodes;
    expect(without).toMatchObject({ sourceDevice: null, destinationDevice: { hostname: 'is-here' }, pcap: null });
    expect(withPackets.pcap).toEqual({ id: withPackets.id, sizeBytes: 82, bytes: expect.any(String) });
    const file = Buffer.from(withPackets.pcap.bytes, 'base64');
    expect(file).toHaveLength(82);
    expect([file.readUInt32LE(0), file.readUInt32LE(20), file.readUInt32LE(24)]).toEqual([0xa1b2c3d4, 1, noon / 1000]);
    expect(file.subarray(40).toString('base64')).toBe(aPacket().base64);
  });
});
