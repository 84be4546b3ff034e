import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDevice } from '../../../support/observations.ts';
import { type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/devices';
/** As the vendor prints it. */
const printed = {
  mac: 'AA:BB:CC:DD:EE:FF',
  last_ip: '10.0.0.25',
  hostname: 'workstation-01',
  friendly_name: 'Alice Laptop',
  vendor: 'Example Networks',
  network: 'Office LAN',
  is_gateway: false,
  first_seen: '2026-06-01 09:15:00',
  last_seen: '2026-06-03 10:30:00',
};

beforeAll(async () => {
  intrudect = await openIntrudect();
  const see = (time: number, seen: Parameters<typeof aDevice>[0]) => ({
    occurredAt: time,
    observations: [aDevice(seen)],
  });
  const { mac, vendor, hostname } = printed;
  await intrudect.tenant.observe(
    see(Date.UTC(2026, 5, 1, 7, 15), { mac, vendor, hostname, ip: '10.0.0.24' }),
    see(now - 4000, { ip: '10.0.0.1', hostname: 'router', vendor: 'Émile' }),
    see(now - 3000, { ip: '10.0.0.9', hostname: '100%_sure', vendor: 'acme' }),
    see(now - 2000, { ip: '2001:db8::7', hostname: 'Zebra' }),
    see(now - 1000, { mac: '02:00:00:00:00:05', hostname: 'silent' }),
    see(now, { mac, ip: '10.0.0.25' }),
  );
  await intrudect.call('POST', '/api/v1/networks', { name: 'All', cidr: '10.0.0.0/8', gateway_ip: '10.0.0.1' });
  await intrudect.call('POST', '/api/v1/networks', {
    name: 'Office LAN',
    cidr: '10.0.0.16/28',
    gateway_mac: 'AA:BB:CC:DD:EE:FF',
  });
});

afterAll(() => intrudect.gateway.close());

const hosts = ({ status, body }: { status: number; body: { devices?: { hostname: string }[] } }) => {
  expect(status).toBe(200);
  return body.devices?.map(({ hostname }) => hostname);
};
const idOf = async (hostname: string): Promise<number> => {
  const { body } = await intrudect.call('POST', `${path}/search`, { filters: { hostname: [hostname] } });
  return body.devices[0].id;
};
const byIp = ['silent', 'router', '100%_sure', 'workstation-01', 'Zebra'];

describe('an update of a device', () => {
  it.each(['PATCH', 'PUT'])('by %s answers the whole object, is_gateway too (hole 2)', async (method) => {
    const id = await idOf('workstation-01');
    expect(await intrudect.call(method, `${path}/${id}`, { friendly_name: 'Alice Laptop' })).toEqual({
      status: 200,
      body: { device: { id, ...printed } },
    });
  });

  it('takes a name away by an empty string, but not both (hole 12)', async () => {
    const id = await idOf('silent');
    const change = (body: object) => intrudect.call('PATCH', `${path}/${id}`, body);
    const both = { hostname: '', friendly_name: null };
    expect(await change(both)).toEqual({
      status: 400,
      body: { error: 'must leave the device a hostname or a friendlyName' },
    });
    expect((await change({ hostname: '', friendly_name: 'Quiet' })).body.device).toMatchObject({
      hostname: '',
      friendly_name: 'Quiet',
      last_ip: '',
      network: '',
      vendor: '',
    });
    expect((await change({ hostname: 'silent', friendly_name: '' })).body.device).toMatchObject({ friendly_name: '' });
  });

  it.each([
    ['999999', {}, 400, 'Send at least one of hostname, friendly_name'],
    ['999999', { mac: '00:00:00:00:00:01' }, 400, 'Send at least one of hostname, friendly_name'],
    ['999999', { hostname: 7 }, 400, 'hostname: must be a string'],
    ['999999', { friendly_name: 'x'.repeat(10_240) }, 400, 'friendly_name: must have at most 255 characters'],
    ['999999', { friendly_name: 'x' }, 404, 'Device 999999 does not exist'],
    ['abc', { friendly_name: 'x' }, 400, 'id: must be a positive integer'],
  ])('of %s by %j is %i', async (id, body, status, error) => {
    expect(await intrudect.call('PATCH', `${path}/${id}`, body)).toEqual({ status, body: { error } });
  });
});

describe('GET /api/v1/devices', () => {
  it('lists a page in the printed shape', async () => {
    const id = await idOf('workstation-01');
    const { status, body } = await intrudect.call('GET', `${path}?page=1&page_size=25&sort=hostname&order=asc`);
    expect(status).toBe(200);
    expect(body).toEqual({ devices: expect.any(Array), page: 1, page_size: 25, total_rows: 5, total_pages: 1 });
    expect(body.devices[3]).toEqual({ id, ...printed });
    expect(Object.keys(body.devices[3])).toEqual(['id', ...Object.keys(printed)]);
  });

  it.each([
    ['', byIp],
    ['order=desc', byIp.toReversed()],
    ['sort=hostname', ['100%_sure', 'router', 'silent', 'workstation-01', 'Zebra']],
    ['sort=vendor&order=desc', ['Émile', 'Example Networks', 'acme', '', ''].map(String)],
    ['sort=gateway&order=desc', ['router']],
    ['sort=ip_history&order=desc', ['workstation-01']],
    ['sort=first', ['workstation-01', 'router', '100%_sure', 'Zebra', 'silent']],
    ['sort=last_seen&order=desc', ['workstation-01', 'silent', 'Zebra', '100%_sure', 'router']],
    ['sort=friendly_name&order=desc', ['workstation-01']],
    ['sort=mac&order=desc', ['workstation-01', 'silent']],
  ])('sorts by "%s", addresses as numbers', async (query, expected) => {
    const answer = await intrudect.call('GET', `${path}?${query}`);
    const found = query.includes('vendor')
      ? answer.body.devices.map(({ vendor }: { vendor: string }) => vendor)
      : hosts(answer);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });

  it.each([
    ['last_ip', 'lastip', 'ip'],
    ['friendly_name', 'name'],
    ['gateway', 'is_gateway'],
    ['ipcount', 'ip_count', 'ip_history'],
    ['first_seen', 'first'],
    ['last_seen', 'last'],
  ])('sorts alike by %s and its aliases (hole 4)', async (...aliases) => {
    const found = await Promise.all(
      aliases.map(async (sort) => hosts(await intrudect.call('GET', `${path}?sort=${sort}&order=desc`))),
    );
    for (const order of found) expect(order).toEqual(found[0]);
  });

  it.each(['sort=__proto__', 'sort=toString', 'sort=id;drop', 'order=__proto__'])(
    'falls back for %s (hole 4)',
    async (query) => {
      expect(hosts(await intrudect.call('GET', `${path}?${query}`))).toEqual(byIp);
    },
  );

  it('falls back for a field of 10 kB', async () => {
    expect(hosts(await intrudect.call('GET', `${path}?sort=${'x'.repeat(10_240)}&order=asc`))).toEqual(byIp);
  });

  it.each([
    ['', { page: 1, page_size: 100, total_pages: 1 }],
    ['page=0&page_size=0', { page: 1, page_size: 100 }],
    ['page=-5&page_size=-5', { page: 1, page_size: 100 }],
    ['page_size=1001', { page: 1, page_size: 1000 }],
    ['page=2&page_size=2', { page: 2, page_size: 2, total_pages: 3 }],
    ['page=99&page_size=2', { page: 3, page_size: 2, total_pages: 3 }],
    [`page=9${'0'.repeat(400)}&page_size=${'9'.repeat(30)}`, { page: 1, page_size: 1000 }],
  ])('turns to a page that is there for "%s"', async (query, paging) => {
    const { status, body } = await intrudect.call('GET', `${path}?${query}`);
    expect({ status, body }).toMatchObject({ status: 200, body: { ...paging, total_rows: 5 } });
  });

  it('shows every device once, page by page', async () => {
    const pages = await Promise.all(
      [1, 2, 3].map(async (page) => hosts(await intrudect.call('GET', `${path}?page=${page}&page_size=2`))),
    );
    expect(pages.flat()).toEqual(byIp);
  });

  it.each(['page=x', 'page=1.5', 'page=9e20', 'page_size=ten', 'page=0x10'])('refuses %s', async (query) => {
    const [name] = query.split('=');
    expect(await intrudect.call('GET', `${path}?${query}`)).toEqual({
      status: 400,
      body: { error: `${name}: must be an integer` },
    });
  });

  it.each(['ip', 'mac', 'vendor', 'hostname', 'friendly_name'])('refuses the filter %s (hole 1)', async (filter) => {
    expect(await intrudect.call('GET', `${path}?${filter}=x`)).toMatchObject({ status: 400 });
  });

  it('has one empty page where there is nothing (hole 3)', async () => {
    const { token } = {
      token: await intrudect.gateway.key('API_TOKEN', await intrudect.gateway.createTenant('Empty')),
    };
    expect(await intrudect.call('GET', `${path}?page=7`, undefined, token)).toEqual({
      status: 200,
      body: { devices: [], page: 1, page_size: 100, total_rows: 0, total_pages: 1 },
    });
  });
});

describe('POST /api/v1/devices/search', () => {
  const search = (body?: unknown) => intrudect.call('POST', `${path}/search`, body);

  it('answers the printed searches', async () => {
    const id = await idOf('workstation-01');
    const filters = {
      mac: [printed.mac],
      ip: [printed.last_ip],
      vendor: [printed.vendor],
      hostname: [printed.hostname],
      friendly_name: [printed.friendly_name],
    };
    const found = {
      status: 200,
      body: { devices: [{ id, ...printed }], page: 1, page_size: 25, total_rows: 1, total_pages: 1 },
    };
    const sort = { field: 'last_seen', order: 'desc' };
    expect(await search({ filters, page: 1, page_size: 25, sort })).toEqual(found);
    const { ip, friendly_name } = filters;
    expect(await search({ filters: { ip, friendly_name }, page: 1, page_size: 25 })).toEqual(found);
  });

  it.each([undefined, {}, { filters: { ip: [] } }, { page: null }, { sort: { field: 7, order: [] } }])(
    'finds all for %j (hole 5)',
    async (body) => {
      expect(hosts(await search(body))).toEqual(byIp);
    },
  );

  it.each([
    [{ mac: ['aabb.ccdd.eeff', 'x'] }, ['workstation-01']],
    [{ mac: ['aa:%'] }, ['workstation-01']],
    [{ ip: ['10.0.0._'] }, ['router', '100%_sure']],
    [{ ip: ['2001:DB8:0::7'] }, ['Zebra']],
    [{ ip: ['%'], vendor: ['ACME'] }, ['100%_sure']],
    [{ ip: ['10.0.0.24'] }, []],
    [{ hostname: ['100\\%\\_sure'] }, ['100%_sure']],
    [{ hostname: ['z%', 'ROUTER'] }, ['router', 'Zebra']],
    [{ vendor: ['Émile'] }, ['router']],
    [{ vendor: ['émile'] }, []],
    [{ vendor: ['_MILE'] }, ['router']],
    [{ hostname: ["' or ''='"] }, []],
    [{ hostname: ['\u0000', '\ud800'] }, []],
  ])('finds by %j (holes 6 and 7)', async (filters, expected) => {
    expect(hosts(await search({ filters, sort: { field: 'last_ip' } }))).toEqual(expected);
  });

  it('turns to the last page of what matches, however far is asked', async () => {
    expect(await search({ filters: { ip: ['10.%'] }, page: 9e20, page_size: 2 })).toMatchObject({
      status: 200,
      body: { page: 2, page_size: 2, total_rows: 3, total_pages: 2 },
    });
  });

  it.each([
    [{ page: '1' }, 'page: must be an integer'],
    [{ page_size: 1.5 }, 'page_size: must be an integer'],
    [{ filters: { ip: '10.0.0.1,10.0.0.2' } }, 'filters.ip: must be a JSON array'],
    [{ filters: { last_ip: ['x'] } }, 'filters.last_ip: is not a filter of this search'],
  ])('refuses %j (hole 5)', async (body, error) => {
    expect(await search(body)).toEqual({ status: 400, body: { error } });
  });
});
