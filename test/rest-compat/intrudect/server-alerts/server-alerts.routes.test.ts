import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlertGroup } from '../../../support/alert-rows.ts';
import { type Answer, type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

const path = '/api/v1/serveralerts';
const minute = 60_000;
/** As the vendor prints it, but for the number. */
const printed = {
  id: expect.any(Number),
  timestamp: '2026-06-03 10:30:00',
  agent: 'agent-hash',
  agent_name: 'Syslog sensor',
  hostname: 'server-01',
  level: 20,
  type: 'auth',
  title: 'Failed password',
  line: 'sshd[100]: Failed password for root from 10.0.0.25',
};
/** A line with a character outside of Unicode's first plane, too long to be a title. */
const long = `z${'\u{1F4A5}'.repeat(250)}`;
const cut = `z${'\u{1F4A5}'.repeat(198)}…`;

beforeAll(async () => {
  intrudect = await openIntrudect();
  const { tenant } = intrudect;
  const records = [
    {
      agent: 'agent-hash',
      agentName: 'Syslog sensor',
      occurredAt: now,
      severity: 3,
      type: 'auth',
      host: 'server-01',
      title: 'Failed password',
      message: printed.line,
    },
    { occurredAt: now + minute, severity: 2, type: 'Kernel', host: 'Web_02', title: null, message: 'oops\nat line 2' },
    {
      agent: 'other',
      occurredAt: now - minute,
      severity: 5,
      type: 'kernel',
      host: 'db%03',
      title: 'Ärger',
      message: 'b',
    },
    { occurredAt: now - minute, severity: 1, type: 'auth', title: null, message: long },
  ];
  const group = anAlertGroup(
    tenant.id,
    records.map((record) => ({ kind: 'SERVER', ...record })),
  );
  await tenant.gateway.store.database.commit(group);
  await tenant.gateway.store.database.commit(anAlertGroup(tenant.id, [{ message: 'between addresses' }]));
});

afterAll(() => intrudect.gateway.close());

const inArrival = ['Failed password', 'oops', 'Ärger', cut];
const byTime = ['oops', 'Failed password', cut, 'Ärger'];

const titles = ({ status, body }: Answer): string[] => {
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.server_alerts.map(({ title }: { title: string }) => title);
};
const list = (query = '') => intrudect.call('GET', `${path}?${query}`);
const search = (body?: unknown) => intrudect.call('POST', `${path}/search`, body);
const find = async (filters: object) => titles(await search({ filters, sort: { field: 'id', order: 'asc' } }));

describe('GET /api/v1/serveralerts', () => {
  it('lists a page in the printed shape, the latest happened first', async () => {
    const { status, body } = await list('page=1&page_size=25&sort=timestamp&order=desc');
    expect({ status, body }).toEqual({
      status: 200,
      body: { server_alerts: expect.any(Array), page: 1, page_size: 25, total_rows: 4, total_pages: 1 },
    });
    expect(body.server_alerts[1]).toEqual(printed);
    expect(Object.keys(body.server_alerts[1])).toEqual(Object.keys(printed));
    expect(body.server_alerts[2]).toMatchObject({ agent: '', agent_name: '', hostname: '', level: 10, line: long });
  });

  it.each([
    ['', byTime],
    ['order=asc', byTime.toReversed()],
    ['sort=id&order=asc', inArrival],
    ['sort=source&order=asc', [cut, 'Ärger', 'Failed password', 'oops']],
    ['sort=hostname', ['oops', 'Failed password', 'Ärger', cut]],
    ['sort=agent', ['Ärger', 'Failed password', cut, 'oops']],
    ['sort=type&order=asc', ['Failed password', cut, 'oops', 'Ärger']],
    ['sort=title&order=asc', ['Failed password', 'oops', cut, 'Ärger']],
    ['sort=subject&order=desc', ['Ärger', cut, 'oops', 'Failed password']],
    ['sort=message&order=asc', ['Failed password', 'oops', cut, 'Ärger']],
    ['sort=level&order=desc', ['Ärger', 'Failed password', cut, 'oops']],
    ['sort=log&order=asc', ['Ärger', 'oops', 'Failed password', cut]],
    ['sort=line', [cut, 'Failed password', 'oops', 'Ärger']],
    ['sort=valueOf&order=', byTime],
  ])('sorts by "%s" (hole 4)', async (query, expected) => {
    expect(titles(await list(query))).toEqual(expected);
    const [field, order] = ['sort', 'order'].map((name) => new URLSearchParams(query).get(name));
    expect(titles(await search({ filters: { hostname: ['%'] }, sort: { field, order } }))).toEqual(expected);
  });

  it.each([
    ['page=0&page_size=-1', { page: 1, page_size: 100, total_pages: 1 }],
    ['page=7&page_size=3', { page: 2, page_size: 3, total_pages: 2 }],
    ['page_size=5000', { page: 1, page_size: 1000 }],
  ])('turns to a page that is there for "%s" (hole 3)', async (query, paging) => {
    expect(await list(query)).toMatchObject({ status: 200, body: { ...paging, total_rows: 4 } });
  });

  it.each(['from', 'to', 'agent', 'agent_id', 'hostname', 'level', 'type', 'title', 'message', 'search', 'line'])(
    'refuses the filter %s (hole 1)',
    async (filter) => {
      const error = `${filter}: a list takes no filters; POST them to its search`;
      expect(await list(`${filter}=1`)).toEqual({ status: 400, body: { error } });
    },
  );
});

describe('POST /api/v1/serveralerts/search', () => {
  it('answers the printed searches', async () => {
    const filters = {
      from: '2026-06-03 00:00',
      to: '2026-06-04 00:00',
      agent: ['agent-hash'],
      hostname: ['server-01'],
      level: [20],
      type: ['auth'],
      title: ['Failed password'],
      search: ['root from 10.0.0.25'],
    };
    const found = {
      status: 200,
      body: { server_alerts: [printed], page: 1, page_size: 25, total_rows: 1, total_pages: 1 },
    };
    const sort = { field: 'timestamp', order: 'desc' };
    expect(await search({ filters, page: 1, page_size: 25, sort })).toEqual(found);
    const { level, type, title } = filters;
    expect(await search({ filters: { level, type, search: title }, page: 1, page_size: 25 })).toEqual(found);
  });

  it.each([
    [{}, inArrival],
    [{ hostname: [], title: null }, inArrival],
    [{ from: '2026-06-03 10:30' }, ['Failed password', 'oops']],
    [{ to: '2026-06-03 10:29' }, ['Ärger', cut]],
    [{ agent_id: ['OTHER'] }, ['Ärger']],
    [{ hostname: ['SERVER-01', 'web\\_02'] }, ['Failed password', 'oops']],
    [{ hostname: ['%\\%%'] }, ['Ärger']],
    [{ hostname: ['___-__'] }, []],
    [{ hostname: ['server'] }, []],
    [{ hostname: [''] }, [cut]],
    [{ level: [10, 30] }, ['oops', 'Ärger', cut]],
    [{ level: [40] }, []],
    [{ type: ['KERNEL'] }, ['oops', 'Ärger']],
    [{ type: ['%'] }, []],
    // The title that is shown, be it the first line of the message; LIKE, so the whole of it without wildcards.
    [{ title: ['OOPS'] }, ['oops']],
    [{ title: ['oops%line%'] }, []],
    [{ message: ['failed%', '%…'] }, ['Failed password', cut]],
    [{ title: [cut] }, [cut]],
    [{ title: ['Failed'] }, []],
    [{ title: ['ä%'] }, []],
    // Anywhere in the line.
    [{ search: ['at LINE'] }, ['oops']],
    [{ line: ['root%10.0.0.2_'], search: ['nothing'] }, ['Failed password']],
    [{ search: ['…'] }, []],
    [{ search: [''] }, inArrival],
  ])('finds by %j', async (filters, expected) => {
    expect(await find(filters)).toEqual(expected);
  });

  it.each([
    [{ source: ['x'] }, 'filters.source: is not a filter of this search'],
    [{ unique: 'pair' }, 'filters.unique: is not a filter of this search'],
    [{ type_mode: 1 }, 'filters.type_mode: is not a filter of this search'],
    [{ title: 'Failed password' }, 'filters.title: must be a JSON array'],
    [{ level: ['20'] }, 'filters.level: must hold values of type integer'],
    [{ from: 'yesterday' }, 'filters.from: must be a time such as 2026-06-03 00:00'],
    [{ title: ['_'.repeat(257)] }, 'filter: at most 256 bytes a pattern'],
    [{ search: ['%x'.repeat(11)] }, 'filter: at most 10 wildcards % a pattern'],
  ])('refuses %j', async (filters, error) => {
    expect(await search({ filters })).toEqual({ status: 400, body: { error } });
  });
});

describe('DELETE /api/v1/serveralerts/:id', () => {
  it.each([
    ['1.5', 400, 'id: must be a positive integer'],
    ['999999', 404, 'Server alert 999999 does not exist'],
  ])('of %s is %i', async (id, status, error) => {
    expect(await intrudect.call('DELETE', `${path}/${id}`)).toEqual({ status, body: { error } });
  });

  it('takes the alert away and answers what it was; its event stays', async () => {
    const [alert] = (await search({ filters: { title: ['Failed password'] } })).body.server_alerts;
    const removed = { status: 200, body: { deleted: true, server_alert: alert } };
    expect(await intrudect.call('DELETE', `${path}/${alert.id}`)).toEqual(removed);
    expect(titles(await list())).toEqual(byTime.filter((title) => title !== alert.title));
    const { events } = await intrudect.tenant.read('{ events(filter: { text: "password" }) { nodes { message } } }');
    expect(events.nodes).toEqual([{ message: printed.line }]);
  });
});
