import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlertGroup } from '../../../support/alert-rows.ts';
import { aDevice, aPacket } from '../../../support/observations.ts';
import { type Answer, type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/networkalerts';
const minute = 60_000;
/** As the vendor prints it, but for the numbers. */
const printed = {
  id: expect.any(Number),
  timestamp: '2026-06-03 10:30:00',
  agent: 'agent-hash',
  agent_name: 'Office sensor',
  src_mac: 'AA:BB:CC:DD:EE:FF',
  dst_mac: '11:22:33:44:55:66',
  src_ip: '10.0.0.25',
  dst_ip: '10.0.0.50',
  src_port: 53000,
  dst_port: 3389,
  src_hostname: 'workstation-01',
  dst_hostname: 'server-01',
  level: 30,
  type: 'portscan',
  subject: 'Port scan detected',
  message: 'Example alert message',
  pcap_id: expect.any(Number),
  src_device_name: 'Alice Laptop',
  dst_device_name: 'RDP Server',
  src_network_name: 'Office LAN',
  dst_network_name: 'Server LAN',
  is_src_public_ip: false,
  is_dst_public_ip: false,
};

beforeAll(async () => {
  intrudect = await openIntrudect();
  const { tenant, call } = intrudect;
  const [alice, rdp] = [printed.src_mac, printed.dst_mac];
  await tenant.observe(
    { occurredAt: now, observations: [aDevice({ mac: alice, ip: '10.0.0.24', hostname: 'workstation-01' })] },
    { occurredAt: now + 1, observations: [aDevice({ mac: alice, ip: '10.0.0.25' })] },
    { occurredAt: now, observations: [aDevice({ mac: rdp, ip: '10.0.0.50', hostname: 'server-01' })] },
    { occurredAt: now, observations: [aDevice({ ip: '10.0.0.9', hostname: 'printer' })] },
  );
  for (const { id, hostname } of (await call('GET', '/api/v1/devices')).body.devices) {
    const friendly_name = { 'workstation-01': 'Alice Laptop', 'server-01': 'RDP Server' }[hostname as string];
    if (friendly_name) await call('PATCH', `/api/v1/devices/${id}`, { friendly_name });
  }
  await call('POST', '/api/v1/networks', { name: 'Office LAN', cidr: '10.0.0.16/28' });
  await call('POST', '/api/v1/networks', { name: 'Server LAN', cidr: '10.0.0.48/28' });
  const sensor = { agent: 'agent-hash', agentName: 'Office sensor' };
  const group = anAlertGroup(tenant.id, [
    {
      ...sensor,
      occurredAt: now,
      severity: 4,
      type: 'portscan',
      source: ['10.0.0.25', alice, 53_000],
      destination: ['10.0.0.50', rdp, 3389],
      title: 'Port scan detected',
      message: 'Example alert message',
      observations: [aPacket()],
    },
    {
      occurredAt: now + minute,
      severity: 1,
      type: 'Beacon',
      source: ['10.0.0.24'],
      destination: ['198.51.100.7', null, 443],
      title: null,
      message: 'outward\nsecond line',
      fingerprint: 'outward',
    },
    {
      agent: 'other-hash',
      occurredAt: now - minute,
      severity: 3,
      type: 'brute',
      source: ['2001:db8::7'],
      destination: ['10.0.0.50', rdp, 22],
      title: '100%_sure',
      message: 'sixth',
    },
    {
      ...sensor,
      occurredAt: now + 15_000,
      severity: 6,
      type: 'PORTSCAN',
      source: ['10.0.0.9', '02:00:00:00:00:09', 1],
      destination: ['10.0.0.50', rdp, 3389],
      title: 'Zebra',
      message: 'fatal',
    },
    {
      occurredAt: now - 2 * minute,
      severity: 2,
      type: 'beacon',
      source: ['10.0.0.100', 'AA:00:00:00:00:01'],
      destination: ['9.9.9.9'],
      title: 'apple',
      message: 'lowest',
    },
  ]);
  await tenant.gateway.store.database.commit(group);
});

afterAll(() => intrudect.gateway.close());

const inArrival = ['Example alert message', 'outward', 'sixth', 'fatal', 'lowest'];
const byTime = ['outward', 'fatal', 'Example alert message', 'sixth', 'lowest'];

const messages = ({ status, body }: Answer): string[] => {
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.network_alerts.map(({ message }: { message: string }) => message.split('\n')[0]);
};
const list = (query = '') => intrudect.call('GET', `${path}?${query}`);
const search = (body?: unknown) => intrudect.call('POST', `${path}/search`, body);
const find = async (filters: object) => messages(await search({ filters, sort: { field: 'id', order: 'asc' } }));

describe('GET /api/v1/networkalerts', () => {
  it('lists a page in the printed shape, the latest happened first, with null for numbers that are not there', async () => {
    const { status, body } = await list('page=1&page_size=25&sort=timestamp&order=desc');
    expect({ status, body }).toEqual({
      status: 200,
      body: { network_alerts: expect.any(Array), page: 1, page_size: 25, total_rows: 5, total_pages: 1 },
    });
    expect(body.network_alerts[2]).toEqual({ ...printed, pcap_id: body.network_alerts[2].id });
    expect(Object.keys(body.network_alerts[2])).toEqual(Object.keys(printed));
    expect(body.network_alerts[0]).toEqual({
      id: expect.any(Number),
      timestamp: '2026-06-03 10:31:00',
      agent: '',
      agent_name: '',
      src_mac: '',
      dst_mac: '',
      src_ip: '10.0.0.24',
      dst_ip: '198.51.100.7',
      src_port: null,
      dst_port: 443,
      src_hostname: 'workstation-01',
      dst_hostname: '',
      level: 10,
      type: 'Beacon',
      subject: 'outward',
      message: 'outward\nsecond line',
      pcap_id: null,
      src_device_name: 'Alice Laptop',
      dst_device_name: '',
      src_network_name: 'Office LAN',
      dst_network_name: '',
      is_src_public_ip: false,
      is_dst_public_ip: true,
    });
    expect(body.network_alerts[1]).toMatchObject({ src_device_name: 'printer', src_hostname: 'printer' });
  });

  it.each([
    ['', byTime],
    ['order=asc', byTime.toReversed()],
    ['sort=first&order=asc', byTime.toReversed()],
    ['sort=id&order=asc', inArrival],
    ['sort=id', inArrival.toReversed()],
    ['sort=agent&order=asc', ['outward', 'lowest', 'Example alert message', 'fatal', 'sixth']],
    ['sort=source&order=asc', ['fatal', 'outward', 'Example alert message', 'lowest', 'sixth']],
    ['sort=src_ip', ['sixth', 'lowest', 'Example alert message', 'outward', 'fatal']],
    ['sort=destination&order=asc', ['lowest', 'Example alert message', 'sixth', 'fatal', 'outward']],
    ['sort=dst_ip', ['outward', 'fatal', 'sixth', 'Example alert message', 'lowest']],
    ['sort=dst_port&order=asc', ['lowest', 'sixth', 'outward', 'Example alert message', 'fatal']],
    ['sort=type&order=asc', ['outward', 'lowest', 'sixth', 'Example alert message', 'fatal']],
    ['sort=level&order=asc', ['outward', 'lowest', 'sixth', 'Example alert message', 'fatal']],
    ['sort=level', ['fatal', 'Example alert message', 'sixth', 'lowest', 'outward']],
    ['sort=subject&order=asc', ['sixth', 'lowest', 'outward', 'Example alert message', 'fatal']],
    ['sort=message', ['sixth', 'outward', 'lowest', 'fatal', 'Example alert message']],
    ['sort=nothing&order=sideways', byTime],
    ['sort=__proto__&order=toString', byTime],
  ])(
    'sorts by "%s": addresses as numbers, texts whatever their case, alike ones by id (hole 4)',
    async (query, expected) => {
      expect(messages(await list(query))).toEqual(expected);
      const [field, order] = ['sort', 'order'].map((name) => new URLSearchParams(query).get(name));
      expect(messages(await search({ filters: { source: ['%'] }, sort: { field, order } }))).toEqual(expected);
    },
  );

  it.each([
    ['', { page: 1, page_size: 100, total_pages: 1 }],
    ['page=0&page_size=0', { page: 1, page_size: 100 }],
    ['page=-5&page_size=-5', { page: 1, page_size: 100 }],
    ['page_size=1001', { page: 1, page_size: 1000 }],
    ['page=2&page_size=2', { page: 2, page_size: 2, total_pages: 3 }],
    ['page=99&page_size=2', { page: 3, page_size: 2, total_pages: 3 }],
  ])('turns to a page that is there for "%s" (hole 3)', async (query, paging) => {
    expect(await list(query)).toMatchObject({ status: 200, body: { ...paging, total_rows: 5 } });
    const { page, page_size } = Object.fromEntries(new URLSearchParams(query));
    const asked = { ...(page && { page: Number(page) }), ...(page_size && { page_size: Number(page_size) }) };
    const found = await search({ ...asked, filters: { source: ['%'] } });
    expect(found).toMatchObject({ status: 200, body: { ...paging, total_rows: 5 } });
  });

  it.each(['page=x', 'page=1.5', 'page_size=ten'])('refuses %s', async (query) => {
    const [name] = query.split('=');
    expect(await list(query)).toEqual({ status: 400, body: { error: `${name}: must be an integer` } });
  });

  it.each([
    ...['from', 'to', 'agent', 'agent_id', 'level', 'type', 'type_mode', 'source', 'destination', 'destination_port'],
    ...['dst_port', 'search', 'unique'],
  ])('refuses the filter %s (hole 1)', async (filter) => {
    const error = `${filter}: a list takes no filters; POST them to its search`;
    expect(await list(`${filter}=1`)).toEqual({ status: 400, body: { error } });
  });

  it('has one empty page where there is nothing (hole 3)', async () => {
    const token = await intrudect.gateway.key('API_TOKEN', await intrudect.gateway.createTenant('Empty'));
    const empty = { status: 200, body: { network_alerts: [], page: 1, page_size: 100, total_rows: 0, total_pages: 1 } };
    expect(await intrudect.call('GET', `${path}?page=7`, undefined, token)).toEqual(empty);
    expect(await intrudect.call('POST', `${path}/search`, { filters: { search: ['x'] }, page: 7 }, token)).toEqual(
      empty,
    );
  });
});

describe('POST /api/v1/networkalerts/search', () => {
  it('answers the printed searches', async () => {
    const filters = {
      from: '2026-06-03 00:00',
      to: '2026-06-04 00:00',
      agent: ['agent-hash'],
      level: [30],
      type: ['portscan'],
      type_mode: 1,
      source: ['10.0.0.25'],
      destination: ['10.0.0.50'],
      destination_port: [3389],
      search: ['Port scan'],
      unique: 'pair',
    };
    const found = {
      status: 200,
      body: { network_alerts: [printed], page: 1, page_size: 25, total_rows: 1, total_pages: 1 },
    };
    const sort = { field: 'timestamp', order: 'desc' };
    expect(await search({ filters, page: 1, page_size: 25, sort })).toEqual(found);
    const { level, source, type } = filters;
    expect(await search({ filters: { level, source, type }, page: 1, page_size: 25 })).toEqual(found);
  });

  it.each([
    undefined,
    {},
    { filters: {} },
    { filters: null, sort: 7, page: null },
    { filters: { source: [], type: null, from: null, to: null, type_mode: null, unique: null, level: [] } },
  ])('finds all for %j (hole 5)', async (body) => {
    expect(messages(await search(body))).toEqual(byTime);
  });

  it.each([
    // The time of day as the zone shows it, both ends included to the second.
    [{ from: '2026-06-03 10:30' }, ['Example alert message', 'outward', 'fatal']],
    [{ to: '2026-06-03 10:30' }, ['Example alert message', 'sixth', 'lowest']],
    [{ from: '2026-06-03 10:31', to: '2026-06-03 10:31' }, ['outward']],
    [{ agent: ['AGENT-hash'] }, ['Example alert message', 'fatal']],
    [{ agent: ['agent-%'] }, []],
    [{ agent_id: ['other-hash'], agent: ['agent-hash'] }, ['Example alert message', 'sixth', 'fatal']],
    [{ level: [10] }, ['outward', 'lowest']],
    [{ level: [20] }, ['sixth']],
    [{ level: [30, 10] }, ['Example alert message', 'outward', 'fatal', 'lowest']],
    [{ level: [5, 0, -1] }, []],
    [{ type: ['beacon', 'brute'] }, ['outward', 'sixth', 'lowest']],
    [{ type: ['beacon'], type_mode: 2 }, ['Example alert message', 'sixth', 'fatal']],
    [{ type: [], type_mode: 2 }, inArrival],
    [{ type: ['port%'] }, []],
    [{ destination_port: [22] }, ['sixth']],
    [{ dst_port: [443, 3389] }, ['Example alert message', 'outward', 'fatal']],
    [{ source: ['10.0.0.25'] }, ['Example alert message']],
    [{ source: ['2001:DB8:0::7', '::ffff:10.0.0.9'] }, ['sixth', 'fatal']],
    [{ source: ['aabb.ccdd.eeff'] }, ['Example alert message']],
    [{ source: ['AA:%'] }, ['Example alert message', 'lowest']],
    [{ source: ['10.0.0._'] }, ['fatal']],
    // A name stands for all that its device has: .24 and .25, and the hardware address.
    [{ source: ['WORKSTATION-01'] }, ['Example alert message', 'outward']],
    [{ source: ['alice laptop'] }, ['Example alert message', 'outward']],
    [{ source: ['Ali%', 'print_r'] }, ['Example alert message', 'outward', 'fatal']],
    [{ destination: ['RDP Server'] }, ['Example alert message', 'sixth', 'fatal']],
    [{ destination: ['9.9.%', 'nobody', ''] }, ['lowest']],
    [{ source: [''] }, []],
    [{ source: ['\\%'] }, []],
    [{ search: ['PORT SCAN'] }, ['Example alert message']],
    [{ search: ['second'] }, ['outward']],
    [{ search: ['100\\%\\_s'] }, ['sixth']],
    [{ search: ['ple%mess', 'zEb'] }, ['Example alert message', 'fatal']],
    [{ search: ['198.51.'] }, ['outward']],
    [{ search: ['10.0.0.50:3389'] }, ['Example alert message', 'fatal']],
    [{ search: ['9.9.9.9:'] }, []],
    [{ search: ['10.0.0.9'] }, []],
    [{ search: ["' or ''='"] }, []],
    [{ search: ['\u0000', '\ud800'] }, []],
    // The newest of those that match and are alike.
    [{ unique: 'source', source: ['10.0.0.%'] }, ['Example alert message', 'outward', 'fatal', 'lowest']],
    [{ unique: 'destination' }, ['outward', 'fatal', 'lowest']],
    [{ unique: 'destinationport' }, ['outward', 'sixth', 'fatal', 'lowest']],
    [{ unique: 'destination', search: ['port scan'] }, ['Example alert message']],
    [{ unique: 'pair' }, inArrival],
    [{ level: [30], destination: ['server-01'], search: ['fatal'] }, ['fatal']],
  ])('finds by %j', async (filters, expected) => {
    expect(await find(filters)).toEqual(expected);
  });

  it('counts groups where alerts are collapsed', async () => {
    const { body } = await search({ filters: { unique: 'destination' }, page: 9, page_size: 2 });
    expect(body).toMatchObject({ page: 2, page_size: 2, total_rows: 3, total_pages: 2 });
  });

  it.each([
    ['{', 'The body is not valid JSON'],
    [[], 'The body must be a JSON object'],
    [{ filters: [] }, 'filters: must be an object'],
    [{ filters: { hostname: ['x'] } }, 'filters.hostname: is not a filter of this search'],
    [{ filters: { source: '10.0.0.25,10.0.0.50' } }, 'filters.source: must be a JSON array'],
    [{ filters: { level: ['30'] } }, 'filters.level: must hold values of type integer'],
    [{ filters: { dst_port: [1.5] } }, 'filters.dst_port: must hold values of type integer'],
    [{ filters: { type_mode: 3 } }, 'filters.type_mode: must be 1 or 2'],
    [{ filters: { type_mode: '2' } }, 'filters.type_mode: must be 1 or 2'],
    [{ filters: { unique: 'port' } }, 'filters.unique: must be one of source, destination, destinationport, pair'],
    [{ filters: { unique: ['pair'] } }, 'filters.unique: must be one of source, destination, destinationport, pair'],
    [{ filters: { from: '2026-06-03' } }, 'filters.from: must be a time such as 2026-06-03 00:00'],
    [{ filters: { to: '2026-06-03 10:30:00' } }, 'filters.to: must be a time such as 2026-06-03 00:00'],
    [{ filters: { to: '2026-02-30 00:00' } }, 'filters.to: must be a time such as 2026-06-03 00:00'],
    [{ filters: { from: 7 } }, 'filters.from: must be a time such as 2026-06-03 00:00'],
    [{ filters: { search: [`%${'é'.repeat(128)}`] } }, 'filter: at most 256 bytes a pattern'],
    [{ filters: { source: ['é'.repeat(2049)] } }, 'filter: at most 4096 bytes a value'],
    [{ filters: { source: ['%a'.repeat(11)] } }, 'filter: at most 10 wildcards % a pattern'],
    [{ filters: { search: Array(501).fill('x') } }, 'filter: at most 500 values a condition'],
    [{ filters: { agent: Array(501).fill('x') } }, 'filter: at most 500 values a condition'],
    [{ page: '1' }, 'page: must be an integer'],
  ])('refuses %j', async (body, error) => {
    expect(await search(body)).toEqual({ status: 400, body: { error } });
  });

  it('takes a run of % for one', async () => {
    expect(await find({ search: [`${'%'.repeat(50)}fatal${'%'.repeat(50)}`] })).toEqual(['fatal']);
  });
});

describe('DELETE /api/v1/networkalerts/:id', () => {
  const remove = (id: unknown) => intrudect.call('DELETE', `${path}/${id}`);
  const about = '{ about { alertCount } alertGroups { totalCount nodes { count severity } } }';

  it.each([
    ['abc', 400, 'id: must be a positive integer'],
    ['0', 400, 'id: must be a positive integer'],
    ['-1', 400, 'id: must be a positive integer'],
    ['999999', 404, 'Network alert 999999 does not exist'],
    [`9${'0'.repeat(40)}`, 404, `Network alert 9${'0'.repeat(40)} does not exist`],
  ])('of %s is %i', async (id, status, error) => {
    expect(await remove(id)).toEqual({ status, body: { error } });
  });

  it('takes the alert away with its packets, answers the whole of it once, and corrects its group', async () => {
    const { tenant } = intrudect;
    expect(await tenant.read(about)).toMatchObject({
      about: { alertCount: 5 },
      alertGroups: { totalCount: 2, nodes: [{ count: 4, severity: 'FATAL' }, { count: 1 }] },
    });
    const [fatal, first] = (await list('sort=level')).body.network_alerts;
    expect(await remove(fatal.id)).toEqual({ status: 200, body: { deleted: true, network_alert: fatal } });
    expect(await remove(first.id)).toEqual({ status: 200, body: { deleted: true, network_alert: first } });
    expect(first).toEqual({ ...printed, pcap_id: first.id });
    expect(await remove(first.id)).toMatchObject({ status: 404 });
    expect((await list()).body).toMatchObject({ total_rows: 3 });
    expect(await find({ level: [30] })).toEqual([]);
    const captures = await tenant.gateway.store.packetCaptures.ofAlerts(tenant.id, [first.id]);
    expect(captures).toEqual([null]);
    expect(await tenant.read(about)).toMatchObject({
      about: { alertCount: 3 },
      alertGroups: { totalCount: 2, nodes: [{ count: 2, severity: 'MEDIUM' }, { count: 1 }] },
    });
  });

  it('takes a group away with its last alert, which can still be asked for with it', async () => {
    const { tenant } = intrudect;
    const [id] = (await search({ filters: { search: ['outward'] } })).body.network_alerts.map(
      ({ id }: { id: number }) => id,
    );
    const document =
      'mutation ($id: ID!) { deleteNetworkAlert(id: $id) { id pcap { id } group { count } event { id } } }';
    expect(await tenant.read(document, { id })).toEqual({
      deleteNetworkAlert: { id: String(id), pcap: null, group: { count: 1 }, event: { id: expect.any(String) } },
    });
    expect(await tenant.read(about)).toMatchObject({ about: { alertCount: 2 }, alertGroups: { totalCount: 1 } });
  });

  it('does not know an alert of the other kind', async () => {
    const { tenant } = intrudect;
    await tenant.gateway.store.database.commit(anAlertGroup(tenant.id, [{ kind: 'SERVER' }]));
    const { body } = await intrudect.call('GET', '/api/v1/serveralerts');
    const [{ id }] = body.server_alerts;
    expect(await remove(id)).toMatchObject({ status: 404 });
    const [other] = (await list()).body.network_alerts;
    expect(await intrudect.call('DELETE', `/api/v1/serveralerts/${other.id}`)).toMatchObject({ status: 404 });
  });
});
