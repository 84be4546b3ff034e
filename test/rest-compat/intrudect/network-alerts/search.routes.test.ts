import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Intrudect } from '../open-intrudect.ts';
import { byTime, inArrival, messages, openNetworkAlerts, path, printed } from './open-network-alerts.ts';

let intrudect: Intrudect;

beforeAll(async () => {
  intrudect = await openNetworkAlerts();
});

afterAll(() => intrudect.gateway.close());

const search = (body?: unknown) => intrudect.call('POST', `${path}/search`, body);
const find = async (filters: object) => messages(await search({ filters, sort: { field: 'id', order: 'asc' } }));

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
