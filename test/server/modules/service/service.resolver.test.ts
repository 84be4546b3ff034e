import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice, aService } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const now = Date.UTC(2026, 5, 3, 12);
const at = (second: number) => new Date(now + second * 1000).toISOString();

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Services');
  const see = (second: number, ...observations: (ReturnType<typeof aService> | ReturnType<typeof aDevice>)[]) => ({
    occurredAt: now + second * 1000,
    observations,
  });
  await tenant.observe(
    see(1, aService({ ip: '10.0.0.100', port: 443 }), aDevice({ ip: '10.0.0.100', hostname: 'web-01' })),
    see(2, aService({ ip: '10.0.0.9', port: 443 }), aService({ ip: '10.0.0.9', port: 80 })),
    see(3, aService({ ip: '10.0.0.9', port: 53, proto: 'udp' })),
    see(4, aService({ ip: '10.0.0.9', port: 80 })),
  );
});

afterAll(() => gateway.close());

describe('services', () => {
  it('are grouped by address, as numbers sort, with the name of the device that has it', async () => {
    const port = 'port proto serviceIp firstSeen lastSeen';
    const { services } = await tenant.read(
      `{ services { serviceIp name firstSeen lastSeen tcpPorts { ${port} } udpPorts { ${port} } } }`,
    );

    const nine = { serviceIp: '10.0.0.9' };
    expect(services).toEqual([
      {
        ...nine,
        name: null,
        firstSeen: at(2),
        lastSeen: at(4),
        tcpPorts: [
          { ...nine, port: 80, proto: 'tcp', firstSeen: at(2), lastSeen: at(4) },
          { ...nine, port: 443, proto: 'tcp', firstSeen: at(2), lastSeen: at(2) },
        ],
        udpPorts: [{ ...nine, port: 53, proto: 'udp', firstSeen: at(3), lastSeen: at(3) }],
      },
      {
        serviceIp: '10.0.0.100',
        name: 'web-01',
        firstSeen: at(1),
        lastSeen: at(1),
        tcpPorts: [{ serviceIp: '10.0.0.100', port: 443, proto: 'tcp', firstSeen: at(1), lastSeen: at(1) }],
        udpPorts: [],
      },
    ]);
  });

  it.each([
    ['{ port: [443] }', ['10.0.0.9 443', '10.0.0.100 443']],
    ['{ proto: [udp] }', ['10.0.0.9 53']],
    ['{ serviceIp: ["::ffff:10.0.0.9"], proto: [tcp] }', ['10.0.0.9 80', '10.0.0.9 443']],
    ['{ serviceIp: ["10.0.0.1"] }', []],
  ])('of the filter %s are %j', async (filter, found) => {
    const ports = '{ serviceIp port }';
    const { services } = await tenant.read(`{ services(filter: ${filter}) { tcpPorts ${ports} udpPorts ${ports} } }`);
    type Ports = { serviceIp: string; port: number }[];
    const all = services.flatMap(({ tcpPorts, udpPorts }: Record<string, Ports>) => [...tcpPorts!, ...udpPorts!]);
    expect(all.map(({ serviceIp, port }: Ports[number]) => `${serviceIp} ${port}`)).toEqual(found);
  });
});
