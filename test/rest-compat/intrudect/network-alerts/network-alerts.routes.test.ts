import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlertGroup } from '../../../support/alert-rows.ts';
import type { Intrudect } from '../open-intrudect.ts';
import { byTime, inArrival, messages, openNetworkAlerts, path, printed } from './open-network-alerts.ts';

let intrudect: Intrudect;

beforeAll(async () => {
  intrudect = await openNetworkAlerts();
});

afterAll(() => intrudect.gateway.close());

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
