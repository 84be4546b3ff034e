import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
let names = 0;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Networks');
});

afterAll(() => gateway.close());

const fields = 'name cidr gatewayIp gatewayMac newDeviceLevel';
const create = `mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id ${fields} } }`;
const update = `mutation ($input: UpdateNetworkInput!) { updateNetwork(input: $input) { ${fields} } }`;

/** Makes a network in a range of its own. */
async function made(changes: object = {}) {
  const input = { name: `Network ${++names}`, cidr: `10.${names}.0.0/24`, ...changes };
  return (await tenant.read(create, { input })).createNetwork;
}

const refusal = async (document: string, input: object) => {
  const { errors = [] } = await tenant.graphql(document, { input });
  return errors.map(({ message, extensions }) => [extensions['code'], message]);
};

describe('createNetwork', () => {
  it('spells what it is given in one way', async () => {
    const network = await made({
      name: ' Office LAN ',
      cidr: '192.168.1.77/24',
      gatewayIp: '::ffff:192.168.1.1',
      gatewayMac: 'aabb.ccdd.eeff',
      newDeviceLevel: 20,
    });

    expect(network).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: 'Office LAN',
      cidr: '192.168.1.0/24',
      gatewayIp: '192.168.1.1',
      gatewayMac: 'AA:BB:CC:DD:EE:FF',
      newDeviceLevel: 20,
    });
  });

  it('needs no gateway and is silent about new devices by default', async () => {
    expect(await made({ gatewayIp: '', gatewayMac: ' ' })).toMatchObject({
      gatewayIp: null,
      gatewayMac: null,
      newDeviceLevel: 0,
    });
  });

  it.each([
    [{ name: ' ' }, 'name: must have 1 to 200 characters'],
    [{ name: 'x'.repeat(201) }, 'name: must have 1 to 200 characters'],
    [{ cidr: '10.0.0.0' }, 'cidr: must be a range of addresses such as 10.0.0.0/24'],
    [{ cidr: '10.0.0.0/33' }, 'cidr: must be a range of addresses such as 10.0.0.0/24'],
    [{ gatewayIp: 'router' }, 'gatewayIp: must be an address or empty'],
    [{ gatewayMac: 'AA:BB' }, 'gatewayMac: must be a hardware address or empty'],
    [{ newDeviceLevel: 15 }, 'newDeviceLevel: must be one of 0, 10, 20, 30'],
  ])('refuses %j', async (changes, message) => {
    expect(await refusal(create, { name: 'Refused', cidr: '10.200.0.0/24', ...changes })).toEqual([
      ['BAD_USER_INPUT', message],
    ]);
  });

  it.each(['name', 'cidr'])('refuses a second network of one %s, also when both are made at once', async (field) => {
    const { [field]: taken } = await made();
    const conflict = ['CONFLICT', 'Another network has that name or that range already'];
    const input = { name: `Second ${field}`, cidr: '10.201.0.0/24', [field]: taken };
    expect(await refusal(create, input)).toEqual([conflict]);

    const twice = { name: `Twice ${field}`, cidr: field === 'name' ? '10.202.0.0/24' : '10.203.0.0/24' };
    const both = await Promise.all([refusal(create, twice), refusal(create, twice)]);
    expect(both.flat()).toEqual([conflict]);
  });
});

describe('updateNetwork', () => {
  it('changes what it names and leaves the rest', async () => {
    const { id, ...before } = await made({ gatewayIp: '10.1.1.1', gatewayMac: 'AA:BB:CC:DD:EE:01' });

    const changed = { ...before, newDeviceLevel: 30, gatewayMac: null };
    expect((await tenant.read(update, { input: { id, newDeviceLevel: 30, gatewayMac: '' } })).updateNetwork).toEqual(
      changed,
    );
    const moved = { ...changed, name: 'Moved', cidr: '10.210.0.0/16' };
    const input = { id, name: 'Moved', cidr: '10.210.3.4/16' };
    expect((await tenant.read(update, { input })).updateNetwork).toEqual(moved);
    const { networks } = await tenant.read(`{ networks { id ${fields} } }`);
    expect(networks).toContainEqual({ id, ...moved });
  });

  it('refuses what createNetwork refuses, and a change of nothing', async () => {
    const [{ id }, { name }] = [await made(), await made()];

    expect(await refusal(update, { id, name })).toMatchObject([['CONFLICT', expect.any(String)]]);
    expect(await refusal(update, { id, cidr: 'x' })).toMatchObject([['BAD_USER_INPUT', expect.any(String)]]);
    expect(await refusal(update, { id })).toEqual([['BAD_USER_INPUT', 'input: must change something']]);
    expect(await refusal(update, { id: 'x', name: 'y' })).toEqual([['NOT_FOUND', 'Network x does not exist']]);
  });
});

describe('deleteNetwork', () => {
  it('forgets a network and answers what it was; its name is free again', async () => {
    const { id, name, cidr } = await made();
    const document = 'mutation ($id: ID!) { deleteNetwork(id: $id) { id name } }';

    expect((await tenant.read(document, { id })).deleteNetwork).toEqual({ id, name });
    expect((await tenant.graphql(document, { id })).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect((await made({ name, cidr })).id).not.toBe(id);
  });
});

describe('networks', () => {
  it('are listed by name', async () => {
    const { networks } = await tenant.read('{ networks { name } }');
    const listed = networks.map(({ name }: { name: string }) => name);
    expect(listed.length).toBeGreaterThan(3);
    expect(listed).toEqual(listed.toSorted());
  });

  it('of a level that none can have are none', async () => {
    expect(await tenant.read('{ networks(filter: { newDeviceLevel: [2147483647, -70000] }) { id } }')).toEqual({
      networks: [],
    });
  });
});
