import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Intrudect, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

beforeAll(async () => {
  intrudect = await openIntrudect();
});

afterAll(() => intrudect.gateway.close());

describe('a request for an export that cannot be served', () => {
  const of = (filters: unknown, table = 'dns_metadata') => ({ table, filters });
  it.each([
    [undefined, 'datasets: send exactly one of datasets, tables, dataset, table'],
    ['[]', 'The body must be a JSON object'],
    ['{', 'The body is not valid JSON'],
    [{ datasets: [] }, 'datasets: must be a JSON array with at least one dataset'],
    [{ datasets: 'dns_metadata' }, 'datasets: must be a JSON array with at least one dataset'],
    [
      { table: 'dns_metadata', tables: ['dns_metadata'] },
      'datasets: send exactly one of datasets, tables, dataset, table',
    ],
    [
      { table: 'dns' },
      'table: must be one of network_alerts, syslog_alerts, dns_metadata, tcp_metadata, dhcp_metadata, http_metadata',
    ],
    [{ table: ['dns_metadata'] }, expect.stringContaining('table: must be one of')],
    [{ tables: [1] }, expect.stringContaining('tables: must be of')],
    [of([]), 'filters: must be an object'],
    [of({ nothing: 'x' }), 'filters.nothing: is not a filter'],
    [of({ query: 'x' }), 'filters.query: is not a filter'],
    [of({ dns_metadata: 'x' }), 'filters.dns_metadata: must be an object'],
    [of({ dns_metadata: { uri: 'x' } }), 'filters.dns_metadata.uri: is not a filter of this dataset'],
    [of({ dns_metadata: { query: ['x'] } }), 'filters.dns_metadata.query: must be a string or a number'],
    [
      of({ http_metadata: { uri: 'x' } }),
      'filters.http_metadata.uri: http_metadata is not among the datasets asked for',
    ],
    [of({ tcp_dport: '53' }), 'filters.tcp_dport: tcp_metadata is not among the datasets asked for'],
    [of({ tcp_metadata: { dst_port: 'dns' } }, 'tcp_metadata'), 'filters.tcp_metadata.dst_port: must be an integer'],
    [
      of({ tcp_metadata: { dst_port: 53, destination_port: 54 } }, 'tcp_metadata'),
      'filters.tcp_metadata.destination_port: has two values',
    ],
    [
      of({ tcp_metadata: { geoip: 'DE' } }, 'tcp_metadata'),
      'filters.tcp_metadata.geoip: cannot be served: this server does not know where addresses are',
    ],
    [of({ agent: 'a', agent_id: 'b' }), 'filters.agent_id: has two values'],
    [of({ from: 'yesterday' }), 'filters.from: must be a time: YYYY-MM-DD, YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS'],
    [of({ to: '2026-02-30' }), 'filters.to: must be a time: YYYY-MM-DD, YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS'],
    [of({ from: '2026-06-03T10:30:00Z' }), expect.stringContaining('filters.from: must be a time')],
    [of({ dns_metadata: { query: '%a'.repeat(11) } }), expect.stringContaining('filter')],
    [{ table: 'dns_metadata', csv: 'excel' }, 'csv: must be "raw" or "spreadsheet"'],
  ])('is refused with 400: %j', async (body, error) => {
    expect(await intrudect.call('POST', '/api/v1/data/export', body)).toEqual({ status: 400, body: { error } });
  });
});
