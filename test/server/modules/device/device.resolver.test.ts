import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

const now = Date.UTC(2026, 5, 3, 12);
const at = (second: number) => new Date(now + second * 1000).toISOString();

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now + 60_000 });
  tenant = await openTenant(gateway, 'Devices');
  const see = (second: number, seen: Parameters<typeof aDevice>[0]) => ({
    occurredAt: now + second * 1000,
    observations: [aDevice(seen)],
  });
  await tenant.observe(
    see(1, { mac: 'B8:27:EB:00:00:01', ip: '10.0.0.100', hostname: 'pi' }),
    see(2, { mac: 'B8:27:EB:00:00:01', ip: '10.0.0.9' }),
    see(3, { ip: '10.0.0.10', hostname: 'printer', vendor: 'Acme' }),
    see(4, { ip: '10.0.0.1' }),
    see(5, { mac: '02:00:00:00:00:05', hostname: 'silent' }),
    see(6, { ip: '2001:db8::7' }),
  );
  const create = 'mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }';
  for (const input of [
    { name: 'All', cidr: '10.0.0.0/8', gatewayIp: '10.0.0.1' },
    { name: 'Office', cidr: '10.0.0.0/28' },
    { name: 'Six', cidr: '2001:db8::/64' },
  ])
    await tenant.read(create, { input });
});

afterAll(() => gateway.close());

const ipsOf = async (filter: string) => {
  const { devices } = await tenant.read(`{ devices(filter: ${filter}) { totalCount nodes { lastIp } } }`);
  expect(devices.totalCount).toBe(devices.nodes.length);
  return devices.nodes.map(({ lastIp }: { lastIp: string }) => lastIp);
};

describe('devices', () => {
  it('are listed by their last address as numbers sort, with the network that fits it most closely', async () => {
    const { devices } = await tenant.read(
      '{ devices { totalCount nodes { mac lastIp hostname vendor isGateway firstSeen lastSeen network { name } } } }',
    );

    const device = { mac: null, hostname: null, vendor: null, isGateway: false, network: { name: 'Office' } };
    expect(devices).toEqual({
      totalCount: 5,
      nodes: [
        {
          ...device,
          mac: '02:00:00:00:00:05',
          lastIp: null,
          hostname: 'silent',
          firstSeen: at(5),
          lastSeen: at(5),
          network: null,
        },
        { ...device, lastIp: '10.0.0.1', isGateway: true, firstSeen: at(4), lastSeen: at(4) },
        {
          ...device,
          mac: 'B8:27:EB:00:00:01',
          lastIp: '10.0.0.9',
          hostname: 'pi',
          vendor: 'Raspberry Pi Foundation',
          firstSeen: at(1),
          lastSeen: at(2),
        },
        { ...device, lastIp: '10.0.0.10', hostname: 'printer', vendor: 'Acme', firstSeen: at(3), lastSeen: at(3) },
        { ...device, lastIp: '2001:db8::7', firstSeen: at(6), lastSeen: at(6), network: { name: 'Six' } },
      ],
    });
  });

  it('show every address they had, the last one first', async () => {
    const { devices } = await tenant.read(
      '{ devices(filter: { hostname: ["pi"] }) { nodes { addresses { ip firstSeen lastSeen } } } }',
    );

    expect(devices.nodes).toEqual([
      {
        addresses: [
          { ip: '10.0.0.9', firstSeen: at(2), lastSeen: at(2) },
          { ip: '10.0.0.100', firstSeen: at(1), lastSeen: at(1) },
        ],
      },
    ]);
  });

  it.each([
    ['{ mac: ["b8-27-eb-00-00-01", "x"] }', ['10.0.0.9']],
    ['{ ip: ["10.0.0.9", "2001:DB8:0::7"] }', ['10.0.0.9', '2001:db8::7']],
    ['{ ip: ["10.0.0.100"] }', []],
    ['{ address: ["10.0.0.100"] }', ['10.0.0.9']],
    ['{ hostname: ["pi", "printer"] }', ['10.0.0.9', '10.0.0.10']],
    ['{ vendor: ["Acme"], hostname: ["pi"] }', []],
    [`{ firstSeen: { from: "${at(4)}" } }`, [null, '10.0.0.1', '2001:db8::7']],
    [`{ lastSeen: { to: "${at(3)}" } }`, ['10.0.0.9']],
    ['{}', [null, '10.0.0.1', '10.0.0.9', '10.0.0.10', '2001:db8::7']],
  ])('of the filter %s are those at %j', async (filter, ips) => {
    expect(await ipsOf(filter)).toEqual(ips);
  });

  it.each(['0', '-1', 'x', '1.0', '999999999', '9'.repeat(40)])('of the number %s are none', async (id) => {
    expect(await tenant.read('query ($id: ID!) { device(id: $id) { id } }', { id })).toEqual({ device: null });
  });
});

describe('updateDevice', () => {
  const update = 'mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { hostname friendlyName } }';
  const idOf = async (ip: string) =>
    (await tenant.read(`{ devices(filter: { ip: ["${ip}"] }) { nodes { id } } }`)).devices.nodes[0].id;

  it('names a device, and takes away an empty name', async () => {
    const id = await idOf('10.0.0.10');

    const named = { hostname: 'printer', friendlyName: 'Hall printer' };
    expect((await tenant.read(update, { input: { id, friendlyName: ' Hall printer ' } })).updateDevice).toEqual(named);
    expect(await ipsOf('{ friendlyName: ["Hall printer"] }')).toEqual(['10.0.0.10']);
    const cleared = { hostname: null, friendlyName: 'Hall printer' };
    expect((await tenant.read(update, { input: { id, hostname: '' } })).updateDevice).toEqual(cleared);
    expect((await tenant.read(`{ device(id: "${id}") { hostname friendlyName } }`)).device).toEqual(cleared);
  });

  it('takes a name of any characters, those that no database takes replaced', async () => {
    const id = await idOf('2001:db8::7');
    const friendlyName = 'a\0b\ud800 \u{1F600} %_\'"';
    expect((await tenant.read(update, { input: { id, friendlyName } })).updateDevice).toEqual({
      hostname: null,
      friendlyName: 'a\uFFFDb\uFFFD \u{1F600} %_\'"',
    });
  });

  it('names a device that is being seen all the while, and no sighting is lost', async () => {
    const sighting = (second: number) => {
      const observations = [aDevice({ mac: '02:00:00:00:00:77', ip: '172.16.0.7', hostname: 'busy' })];
      return tenant.observe({ occurredAt: now + second * 1000, observations });
    };
    await sighting(0);
    const id = await idOf('172.16.0.7');
    const naming = Array.from({ length: 20 }, async (_, index) => {
      await sighting(index + 1);
      return tenant.read(update, { input: { id, friendlyName: `name ${index}` } });
    });
    const names = (await Promise.all(naming)).map(({ updateDevice }) => updateDevice.friendlyName);

    const { device } = await tenant.read(`{ device(id: "${id}") { friendlyName hostname lastSeen } }`);
    expect(device).toEqual({ friendlyName: expect.any(String), hostname: 'busy', lastSeen: at(20) });
    expect(names).toContain(device.friendlyName);
  });

  it('leaves a name that is seen before it in the shade, until a later one is seen', async () => {
    const id = await idOf('10.0.0.1');
    await tenant.read(update, { input: { id, hostname: 'router' } });
    const seen = async (second: number, hostname: string) => {
      const observations = [aDevice({ ip: '10.0.0.1', hostname })];
      await tenant.observe({ occurredAt: now + second * 1000, observations });
      return (await tenant.read(`{ device(id: "${id}") { hostname } }`)).device.hostname;
    };

    expect([await seen(30, 'early'), await seen(90, 'late')]).toEqual(['router', 'late']);
  });

  it.each([
    [{ friendlyName: '', hostname: '' }, 'input: must leave the device a hostname or a friendlyName'],
    [{}, 'input: must have a hostname or a friendlyName'],
    [{ hostname: null, friendlyName: null }, 'input: must have a hostname or a friendlyName'],
    [{ friendlyName: 'x'.repeat(256) }, 'friendlyName: must have at most 255 characters'],
    [{ hostname: 'x'.repeat(256) }, 'hostname: must have at most 255 characters'],
  ])('refuses %j', async (names, message) => {
    const { errors } = await tenant.graphql(update, { input: { id: await idOf('10.0.0.9'), ...names } });
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
