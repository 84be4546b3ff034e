import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Intrudect, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/networks';
/** As the vendor prints it. */
const printed = {
  name: 'Office LAN',
  cidr: '10.0.0.0/24',
  gateway_ip: '10.0.0.1',
  gateway_mac: 'AA:BB:CC:DD:EE:FF',
  alert: 20,
};
const lab = { name: 'lab_1', cidr: '10.0.0.0/8', gateway_ip: '10.0.0.100', gateway_mac: '', alert: 0 };
const guests = { name: 'Guests 100%', cidr: '9.0.0.0/8', gateway_ip: '10.0.0.9', gateway_mac: '', alert: 30 };
const umlaut = { name: 'Büro ÄÖ', cidr: '2001:db8::/32', gateway_ip: '', gateway_mac: '00:11:22:33:44:55', alert: 10 };

beforeAll(async () => {
  intrudect = await openIntrudect();
  for (const network of [printed, lab, guests, umlaut]) {
    expect(await intrudect.call('POST', path, network)).toEqual({
      status: 201,
      body: { network: { id: expect.any(Number), ...network } },
    });
  }
});

afterAll(() => intrudect.gateway.close());

const names = ({ status, body }: { status: number; body: { networks?: { name: string }[] } }) => {
  expect(status).toBe(200);
  return body.networks?.map(({ name }) => name);
};
const byName = [umlaut.name, guests.name, lab.name, printed.name];
const idOf = async (name: string): Promise<number> => {
  const { body } = await intrudect.call('POST', `${path}/search`, { filters: { name: [name] } });
  return body.networks[0].id;
};

describe('GET /api/v1/networks', () => {
  it('lists all networks by name, in the printed shape', async () => {
    const { status, body } = await intrudect.call('GET', `${path}?sort=name&order=asc`);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['networks']);
    expect(body.networks).toEqual(
      [umlaut, guests, lab, printed].map((network) => ({ id: expect.any(Number), ...network })),
    );
    expect(names(await intrudect.call('GET', path))).toEqual(byName);
  });

  it.each([
    ['sort=id', [printed, lab, guests, umlaut]],
    ['sort=cidr', [guests, lab, printed, umlaut]],
    ['sort=CIDR&order=DESC', [umlaut, printed, lab, guests]],
    ['sort=gateway_ip', [umlaut, printed, guests, lab]],
    ['sort=gateway_mac&order=desc', [printed, umlaut, guests, lab]],
    ['sort=alert', [lab, umlaut, printed, guests]],
  ])('sorts by %s, addresses as numbers', async (query, expected) => {
    expect(names(await intrudect.call('GET', `${path}?${query}`))).toEqual(expected.map(({ name }) => name));
  });

  it.each(['sort=__proto__', 'sort=constructor', "sort=name';drop table network", 'order=sideways', 'sort=&order='])(
    'falls back for %s (hole 4)',
    async (query) => {
      expect(names(await intrudect.call('GET', `${path}?${query}`))).toEqual(byName);
    },
  );

  it.each(['name', 'cidr', 'gateway_ip', 'gateway_mac', 'alert'])('refuses the filter %s (hole 1)', async (filter) => {
    expect(await intrudect.call('GET', `${path}?${filter}=x`)).toEqual({
      status: 400,
      body: { error: `${filter}: a list takes no filters; POST them to its search` },
    });
  });

  it.each(['page=x&page_size=y', '_=17', 'vendor=x'])('ignores %s (hole 1)', async (query) => {
    expect(names(await intrudect.call('GET', `${path}?${query}`))).toEqual(byName);
  });
});

describe('POST /api/v1/networks/search', () => {
  const search = (body?: unknown) => intrudect.call('POST', `${path}/search`, body);

  it('answers the printed searches', async () => {
    const everything = {
      filters: {
        name: ['Office LAN'],
        cidr: ['10.0.0.0/24'],
        gateway_ip: ['10.0.0.1'],
        gateway_mac: ['AA:BB:CC:DD:EE:FF'],
        alert: [20],
      },
      sort: { field: 'name', order: 'asc' },
    };
    const found = { status: 200, body: { networks: [{ id: expect.any(Number), ...printed }] } };
    expect(await search(everything)).toEqual(found);
    expect(
      await search({ filters: { name: ['Office%'], alert: [20] }, sort: { field: 'cidr', order: 'asc' } }),
    ).toEqual(found);
  });

  it.each([
    undefined,
    '',
    {},
    { filters: {} },
    { filters: null },
    { filters: { name: [], cidr: null } },
    { sort: 'name' },
  ])('finds all for %j (hole 5)', async (body) => {
    expect(names(await search(body))).toEqual(byName);
  });

  it.each([
    [{ name: ['OFFICE lan'] }, [printed]],
    [{ name: ['Office'] }, []],
    [{ name: ['lab_1', 'Office%'] }, [lab, printed]],
    [{ name: ['lab\\_1'] }, [lab]],
    [{ name: ['lab\\__'] }, [lab]],
    [{ name: ['%\\%'] }, [guests]],
    [{ name: ['%!%'] }, []],
    [{ name: ['%\\'] }, []],
    [{ name: ['b_ro%'] }, [umlaut]],
    [{ name: ['BÜRO äö'] }, []],
    [{ name: ['Büro ÄÖ'] }, [umlaut]],
    [{ name: ['bÜro%'] }, []],
    [{ name: ['%ÄÖ'] }, [umlaut]],
    [{ name: ["' or 1=1 --", '"; drop table network; --'] }, []],
    [{ name: ['x'.repeat(1000)] }, []],
    [{ cidr: ['10.0.0.77/24'] }, [printed]],
    [{ cidr: ['10.%'], alert: [0, 30] }, [lab]],
    [{ gateway_ip: ['10.0.0._'] }, [guests, printed]],
    [{ gateway_ip: ['::ffff:10.0.0.1'] }, [printed]],
    [{ gateway_ip: [''] }, [umlaut]],
    [{ gateway_mac: ['aa-bb-cc-dd-ee-ff', '0011.2233.4455'] }, [umlaut, printed]],
    [{ gateway_mac: ['aa:bb:%'] }, [printed]],
    [{ alert: [15] }, []],
  ])('finds by %j (holes 6 and 7)', async (filters, expected) => {
    expect(names(await search({ filters }))).toEqual(expected.map(({ name }) => name));
  });

  it.each([
    ['[]', 'The body must be a JSON object'],
    ['{', 'The body is not valid JSON'],
    ['null', 'The body must be a JSON object'],
    [{ filters: [] }, 'filters: must be an object'],
    [{ filters: { name: 'a,b' } }, 'filters.name: must be a JSON array'],
    [{ filters: { name: [1] } }, 'filters.name: must hold values of type string'],
    [{ filters: { alert: ['30'] } }, 'filters.alert: must hold values of type integer'],
    [{ filters: { alert: [9e20] } }, 'filters.alert: must hold values of type integer'],
    [{ filters: { colour: ['red'] } }, 'filters.colour: is not a filter of this search'],
    ['{"filters":{"__proto__":["x"]}}', 'filters.__proto__: is not a filter of this search'],
    [{ filters: { name: ['x'.repeat(10_240)] } }, 'filter: at most 1000 characters a value'],
    [{ filters: { name: Array(501).fill('x') } }, 'filter: at most 500 values a condition'],
  ])('refuses %j (hole 5)', async (body, error) => {
    expect(await search(body)).toEqual({ status: 400, body: { error } });
  });
});

describe('POST /api/v1/networks', () => {
  it('needs no more than a name and a range, is silent about new devices by default, and drops bits of a host (hole 10)', async () => {
    const { status, body } = await intrudect.call('POST', path, { name: 'Small', cidr: '172.16.0.9/24' });
    expect(status).toBe(201);
    const network = { name: 'Small', cidr: '172.16.0.0/24', gateway_ip: '', gateway_mac: '', alert: 0 };
    expect(body).toEqual({ network: { id: expect.any(Number), ...network } });
    expect(await intrudect.call('DELETE', `${path}/${body.network.id}`)).toMatchObject({ status: 200 });
  });

  it.each([
    [undefined, 'name: is required'],
    [{ name: 'x' }, 'cidr: is required'],
    [{ name: 1, cidr: '10.7.0.0/16' }, 'name: must be a string'],
    [{ name: ' ', cidr: '10.7.0.0/16' }, 'name: must have 1 to 200 characters'],
    [{ name: 'x', cidr: 'x' }, 'cidr: must be a range of addresses such as 10.0.0.0/24'],
    [{ name: 'x', cidr: '10.7.0.0/16', alert: 15 }, 'alert: must be one of 0, 10, 20, 30'],
    [{ name: 'x', cidr: '10.7.0.0/16', alert: '10' }, 'alert: must be an integer'],
    [{ name: 'x', cidr: '10.7.0.0/16', gateway_ip: 'x' }, 'gateway_ip: must be an address or empty'],
    [{ name: 'x', cidr: '10.7.0.0/16', gateway_mac: 'x' }, 'gateway_mac: must be a hardware address or empty'],
  ])('refuses %j (hole 8)', async (body, error) => {
    expect(await intrudect.call('POST', path, body)).toEqual({ status: 400, body: { error } });
  });

  it.each([
    { name: printed.name, cidr: '10.7.0.0/16' },
    { name: 'Another', cidr: '10.0.0.9/24' },
  ])('is 409 for a name or a range that is taken (hole 9): %j', async (body) => {
    expect(await intrudect.call('POST', path, body)).toEqual({
      status: 409,
      body: { error: 'Another network has that name or that range already' },
    });
  });
});

describe('an update of a network', () => {
  it.each(['PATCH', 'PUT'])('by %s changes what it names and answers the printed shape', async (method) => {
    const id = await idOf(printed.name);
    const network = { id, ...printed };
    const change = (body: object) => intrudect.call(method, `${path}/${id}`, body);
    expect(await change({ alert: 30 })).toEqual({ status: 200, body: { network: { ...network, alert: 30 } } });
    const cleared = { ...network, gateway_ip: '', gateway_mac: '' };
    expect(await change({ alert: 20, gateway_ip: '', gateway_mac: null })).toEqual({
      status: 200,
      body: { network: cleared },
    });
    expect(await change({ gateway_ip: '10.0.0.1', gateway_mac: 'aabb.ccdd.eeff' })).toEqual({
      status: 200,
      body: { network },
    });
    expect(await change({ name: lab.name })).toMatchObject({ status: 409 });
    expect(await change(printed)).toEqual({ status: 200, body: { network } });
  });

  it.each([
    ['1', {}, 400, 'Send at least one of name, cidr, gateway_ip, gateway_mac, alert'],
    ['1', { colour: 'red' }, 400, 'Send at least one of name, cidr, gateway_ip, gateway_mac, alert'],
    ['1', { alert: null }, 400, 'alert: must be an integer'],
    ['x', { alert: 10 }, 400, 'id: must be a positive integer'],
    ['0', { alert: 10 }, 400, 'id: must be a positive integer'],
    ['-1', { alert: 10 }, 400, 'id: must be a positive integer'],
    ['1.5', { alert: 10 }, 400, 'id: must be a positive integer'],
    ['999999', { alert: 11 }, 400, 'alert: must be one of 0, 10, 20, 30'],
    ['999999', { alert: 10 }, 404, 'Network 999999 does not exist'],
    ['99999999999999999999', { alert: 10 }, 404, 'Network 99999999999999999999 does not exist'],
  ])('of %s by %j is %i (hole 21)', async (id, body, status, error) => {
    expect(await intrudect.call('PATCH', `${path}/${id}`, body)).toEqual({ status, body: { error } });
  });
});

describe('DELETE /api/v1/networks/{id}', () => {
  it('answers what was deleted, once', async () => {
    const made = { name: 'Gone', cidr: '10.99.0.0/16', gateway_ip: '', gateway_mac: '', alert: 30 };
    const { body } = await intrudect.call('POST', path, made);
    const { id } = body.network;
    expect(await intrudect.call('DELETE', `${path}/${id}`)).toEqual({
      status: 200,
      body: { deleted: true, network: { id, ...made } },
    });
    expect(await intrudect.call('DELETE', `${path}/${id}`)).toEqual({
      status: 404,
      body: { error: `Network ${id} does not exist` },
    });
    expect(await intrudect.call('DELETE', `${path}/x`)).toMatchObject({ status: 400 });
  });
});
