import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceRuleSchema } from '../../../../server/modules/service/service-rule.entity.ts';
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

describe('whether a service is authorized', () => {
  const place = (serviceIp: string, port: number, proto = 'tcp') =>
    `input: { serviceIp: "${serviceIp}", port: ${port}, proto: ${proto} }`;
  const authorize = (where: string) => tenant.read(`mutation { authorizeService(${where}) { port } }`);
  const disallow = (where: string) =>
    tenant.graphql(`mutation { disallowService(${where}) { serviceIp port proto service { authorizedBy } } }`);
  const make = (input: string) =>
    tenant.graphql(`mutation { createServiceRule(input: { ${input} }) { id effect address port proto createdAt } }`);
  const takeBack = (id: string) => tenant.read(`mutation { deleteServiceRule(id: "${id}") { id } }`);
  /** Every port that is authorized, as `address proto/port reason`. */
  const authorized = async (args = '(filter: { authorized: [true] })') => {
    const port = 'serviceIp port proto authorized authorizedBy';
    const { services } = await tenant.read(`{ services${args} { tcpPorts { ${port} } udpPorts { ${port} } } }`);
    type Port = { serviceIp: string; port: number; proto: string; authorized: boolean; authorizedBy: string | null };
    const ports = services.flatMap((host: { tcpPorts: Port[]; udpPorts: Port[] }) => [
      ...host.tcpPorts,
      ...host.udpPorts,
    ]);
    for (const found of ports as Port[]) expect(found.authorized).toBe(found.authorizedBy !== null);
    return (ports as Port[]).map(
      ({ serviceIp, port, proto, authorizedBy }) => `${serviceIp} ${proto}/${port} ${authorizedBy}`,
    );
  };
  const all = ['10.0.0.9 tcp/80', '10.0.0.9 tcp/443', '10.0.0.9 udp/53', '10.0.0.100 tcp/443'];

  it.each<[rule: string, covered: string[]]>([
    ['address: "10.0.0.9"', all.slice(0, 3)],
    ['address: " ::ffff:10.0.0.9 "', all.slice(0, 3)],
    ['address: "10.0.0.9/32", proto: udp', all.slice(2, 3)],
    ['address: "10.0.0.77/24"', all],
    ['address: "10.0.0.0/24", port: 443', [String(all[1]), String(all[3])]],
    ['address: "10.0.0.64/26"', all.slice(3)],
    ['address: "10.0.1.0/24"', []],
    ['address: "2001:db8::/32"', []],
    ['address: "::/0"', all],
    ['port: 443', [String(all[1]), String(all[3])]],
    ['port: 53, proto: tcp', []],
    ['proto: udp', all.slice(2, 3)],
  ])('is said by rules as well: %s', async (rule, covered) => {
    for (const effect of ['ALLOW', 'EXCLUDE']) {
      const { data } = await make(`effect: ${effect}, ${rule}`);
      expect(await authorized()).toEqual(covered.map((port) => `${port} ${effect}_RULE`));
      expect(await authorized('(filter: { authorized: [false] })')).toHaveLength(all.length - covered.length);
      await takeBack(data.createServiceRule.id);
      expect(await authorized()).toEqual([]);
    }
  });

  it('names the strongest of several reasons, and orders by it', async () => {
    const rules = [await make('effect: EXCLUDE, address: "10.0.0.0/8"'), await make('effect: ALLOW, port: 443')];
    await authorize(place('10.0.0.100', 443));
    expect(await authorized()).toEqual([
      `${all[0]} EXCLUDE_RULE`,
      `${all[1]} ALLOW_RULE`,
      `${all[2]} EXCLUDE_RULE`,
      `${all[3]} LISTED`,
    ]);
    expect((await disallow(place('10.0.0.100', 443))).data.disallowService).toEqual({
      serviceIp: '10.0.0.100',
      port: 443,
      proto: 'tcp',
      service: { authorizedBy: 'ALLOW_RULE' },
    });
    for (const { data } of rules) await takeBack(data.createServiceRule.id);
    await authorize(place('10.0.0.9', 443));
    const hosts = async (order: string) => {
      const { services } = await tenant.read(
        `{ services(orderBy: { field: AUTHORIZED, direction: ${order} }) { serviceIp } }`,
      );
      return services.map(({ serviceIp }: { serviceIp: string }) => serviceIp);
    };
    expect(await hosts('DESC')).toEqual(['10.0.0.9', '10.0.0.100']);
    await disallow(place('10.0.0.9', 443));
    expect(await authorized()).toEqual([]);
  });

  it('is taken back for a port by itself, once', async () => {
    await authorize(place('10.0.0.9', 80));
    await authorize(place('10.7.7.7', 22));
    expect(await tenant.read('{ allowedServices { serviceIp port proto service { port } } }')).toEqual({
      allowedServices: [
        { serviceIp: '10.0.0.9', port: 80, proto: 'tcp', service: { port: 80 } },
        { serviceIp: '10.7.7.7', port: 22, proto: 'tcp', service: null },
      ],
    });
    expect((await disallow(place('::ffff:10.7.7.7', 22))).data.disallowService).toMatchObject({ service: null });
    expect((await disallow(place('10.7.7.7', 22))).errors).toMatchObject([
      { message: 'Allowed service 10.7.7.7 tcp/22 does not exist', extensions: { code: 'NOT_FOUND' } },
    ]);
    expect(await authorized()).toEqual([`${all[0]} LISTED`]);
    await disallow(place('10.0.0.9', 80));
  });

  it.each([
    ['effect: ALLOW', 'BAD_USER_INPUT', 'input: must name an address, a port or a transport'],
    ['effect: ALLOW, address: ""', 'BAD_USER_INPUT', 'address: must be an address, or a range'],
    ['effect: ALLOW, address: "10.0.0.%"', 'BAD_USER_INPUT', 'address: must be an address, or a range'],
    ['effect: ALLOW, address: "10.0.0.0/33"', 'BAD_USER_INPUT', 'address: must be an address, or a range'],
    ['effect: ALLOW, address: "fe80::1%eth0"', 'BAD_USER_INPUT', 'address: must be an address, or a range'],
    ['effect: ALLOW, port: 0', 'BAD_USER_INPUT', 'port: must be from 1 to 65535'],
    ['effect: EXCLUDE, port: 65536', 'BAD_USER_INPUT', 'port: must be from 1 to 65535'],
  ])('is no matter of the rule %s', async (rule, code, message) => {
    expect((await make(rule)).errors).toMatchObject([
      { extensions: { code }, message: expect.stringContaining(message) },
    ]);
  });

  it('knows a rule twice however it is spelled, shows it in its one spelling, and tells when it was made', async () => {
    const { data } = await make('effect: ALLOW, address: "2001:DB8:0::5/32", proto: tcp');
    expect(data.createServiceRule).toEqual({
      id: expect.any(String),
      effect: 'ALLOW',
      address: '2001:db8::/32',
      port: null,
      proto: 'tcp',
      createdAt: expect.stringMatching(/Z$/),
    });
    const again = await make('effect: ALLOW, address: "2001:db8::/32", proto: tcp');
    expect(again.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    const other = await make('effect: EXCLUDE, address: "2001:db8::/32", proto: tcp');
    const { serviceRules } = await tenant.read('{ serviceRules { id effect address } }');
    expect(serviceRules).toEqual([
      { id: data.createServiceRule.id, effect: 'ALLOW', address: '2001:db8::/32' },
      { id: other.data.createServiceRule.id, effect: 'EXCLUDE', address: '2001:db8::/32' },
    ]);
    for (const { id } of serviceRules) await takeBack(id);
  });

  it('is held against 500 rules at most', async () => {
    const em = () => gateway.store.database.em();
    const key = '00000000-0000-0000-0000-000000000001';
    const rule = { tenantId: tenant.id, effect: 'ALLOW', address: '::1', lowKey: key, highKey: key, proto: 'tcp' };
    const rules = Array.from({ length: 500 }, (_, port) => ({ ...rule, port: port + 1, createdAt: now }));
    await em().insertMany(serviceRuleSchema, rules);
    expect((await make('effect: ALLOW, port: 1')).errors).toMatchObject([
      { message: 'There are 500 rules already, which is as many as there may be', extensions: { code: 'CONFLICT' } },
    ]);
    await em().nativeDelete(serviceRuleSchema, { tenantId: tenant.id });
  });
});
