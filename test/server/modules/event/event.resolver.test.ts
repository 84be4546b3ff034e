import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeOfUuidV7 } from '../../../../server/uuid-v7.ts';
import { aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import { laterThanAnyId } from '../../../support/id-clock.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
const receivedAt = laterThanAnyId(Date.UTC(2027, 10, 21, 7, 0, 0, 5));
const received = new Date(receivedAt).toISOString();
const at = (time: string) => `2026-11-21T${time}Z`;

/** Events by name, in the order they are sent; the name is the sender's own id of them. */
const records: Readonly<Record<string, Record<string, unknown>>> = {
  quiet: aWazuhAlert({ rule: { level: 3 }, timestamp: at('06:00:00.000') }),
  loud: aWazuhAlert({ rule: { level: 12 }, timestamp: at('06:00:00.001') }),
  titled: aWazuhAlert({ rule: { level: 2, description: 'Größe geändert' }, predecoder: { hostname: 'db-01' } }),
  info: aSyslogRecord({ severity: 'info', timestamp: at('07:00:00.000') }),
  warning: aSyslogRecord({ severity: 'warning', timestamp: at('07:30:00.000') }),
  elsewhere: aSyslogRecord({ severity: 'debug', hostname: 'web-02', app: 'nginx', full_log: 'GET /index.html 200' }),
};
const names = Object.keys(records);
const ids = new Map<string, string>();
const intakes = new Map<string, string>();

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => receivedAt });
  tenant = await openTenant(gateway, 'Events');
  const document = 'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { results { id error } } }';
  const second = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, name: 'Second intake' });
  await new Promise((resolve) => setTimeout(resolve, 150));
  for (const name of names) {
    const input = {
      format: 'rule' in (records[name] ?? {}) ? 'WAZUH' : 'SYSLOG_RECORD',
      events: [{ ...records[name], id: name }],
    };
    const { data } = await gateway.graphql(document, { input }, name === 'elsewhere' ? second.secret : tenant.token);
    ids.set(name, data.ingestEvents.results[0].id);
  }
  const { events } = await tenant.read('{ events { nodes { intake { id name } } } }');
  for (const { intake } of events.nodes) intakes.set(intake.name, intake.id);
});

afterAll(() => gateway.close());

const fields = `id tenantId occurredAt receivedAt format host app severity isAlert title message raw externalId
  intake { name createdAt }`;

describe('event', () => {
  const document = `query ($id: ID!) { event(id: $id) { ${fields} } }`;

  it('shows a Wazuh alert with its title and its raw text', async () => {
    const id = ids.get('titled');
    expect((await tenant.read(document, { id })).event).toEqual({
      id,
      tenantId: tenant.id,
      occurredAt: '2026-11-21T06:51:01.224Z',
      receivedAt: received,
      format: 'WAZUH',
      host: 'db-01',
      app: 'sshd',
      severity: 'INFORMATIONAL',
      isAlert: false,
      title: 'Größe geändert',
      message: records['titled']?.['full_log'],
      raw: JSON.stringify({ ...records['titled'], id: 'titled' }),
      externalId: 'titled',
      intake: { name: 'API_TOKEN', createdAt: received },
    });
  });

  it('shows a syslog record without a title, at the time of receipt when it names none', async () => {
    const id = ids.get('elsewhere');
    expect((await tenant.read(document, { id })).event).toEqual({
      id,
      tenantId: tenant.id,
      occurredAt: received,
      receivedAt: received,
      format: 'SYSLOG_RECORD',
      host: 'web-02',
      app: 'nginx',
      severity: 'INFORMATIONAL',
      isAlert: false,
      title: null,
      message: 'GET /index.html 200',
      raw: JSON.stringify({ ...records['elsewhere'], id: 'elsewhere' }),
      externalId: 'elsewhere',
      intake: { name: 'Second intake', createdAt: received },
    });
  });

  it.each(['', '1', 'x', '\u0000', '01940000-0000-7000-8000-000000000000', "' or 1=1"])(
    'is null for the unknown id "%s"',
    async (id) => {
      expect(await tenant.read(document, { id })).toEqual({ event: null });
    },
  );

  it('carries in its id the time of receipt', () => {
    for (const id of ids.values()) expect(timeOfUuidV7(id)).toBe(receivedAt);
  });

  it('is found by many ids in one request, each once', async () => {
    const asked = names.map((name, index) => `e${index}: event(id: "${ids.get(name)}") { externalId }`).join(' ');
    const found = await tenant.read(`{ ${asked} }`);
    expect(Object.values(found)).toEqual(names.map((externalId) => ({ externalId })));
  });
});

type Filter = Readonly<Record<string, unknown>>;

async function queried(filter: Filter | null): Promise<string[]> {
  const document = `query ($filter: EventFilter) {
    events(filter: $filter) { nodes { externalId } totalCount totalCountIsLowerBound } }`;
  const { events } = await tenant.read(document, { filter });
  expect(events).toMatchObject({ totalCount: events.nodes.length, totalCountIsLowerBound: false });
  return events.nodes.map(({ externalId }: { externalId: string }) => externalId).reverse();
}

const cases: readonly (readonly [filter: Filter | null, found: readonly string[]])[] = [
  [null, names],
  [{}, names],
  [{ severity: ['INFORMATIONAL'] }, ['quiet', 'titled', 'info', 'elsewhere']],
  [{ severity: ['HIGH', 'MEDIUM'] }, ['loud', 'warning']],
  [{ format: ['WAZUH'] }, ['quiet', 'loud', 'titled']],
  [{ format: ['WAZUH', 'SYSLOG_RECORD'] }, names],
  [{ host: ['web-02', 'db-01'] }, ['titled', 'elsewhere']],
  [{ host: ['WEB-02', 'web'] }, []],
  [{ host: ['\u0000'] }, []],
  [{ app: ['nginx'] }, ['elsewhere']],
  [{ externalId: ['quiet', 'info', 'nothing'] }, ['quiet', 'info']],
  [{ isAlert: true }, ['loud', 'warning']],
  [{ isAlert: false }, ['quiet', 'titled', 'info', 'elsewhere']],
  [{ isAlert: null }, names],
  [{ text: 'invalid user' }, ['quiet', 'loud', 'titled']],
  [{ text: 'große geandert' }, ['titled']],
  [{ text: 'GRÖSSE' }, []],
  [{ text: 'größe' }, ['titled']],
  [{ text: 'geandert' }, ['titled']],
  [{ text: 'index.html' }, ['elsewhere']],
  [{ occurredAt: { from: at('07:00:00.000'), to: at('07:30:00.000') } }, ['info']],
  [{ occurredAt: { from: at('07:30:00.000') } }, ['warning', 'elsewhere']],
  [{ occurredAt: { to: at('06:00:00.001') } }, ['quiet']],
  [{ intake: ['01940000-0000-7000-8000-000000000000'] }, []],
  [{ severity: ['INFORMATIONAL'], format: ['SYSLOG_RECORD'], text: 'publickey', host: ['web-01'] }, ['info']],
];

describe('events(filter)', () => {
  it.each(cases.map(([filter, found]) => ({ shown: JSON.stringify(filter), filter, found })))(
    '$shown finds just the events that are meant',
    async ({ filter, found }) => {
      expect(await queried(filter)).toEqual(found);
    },
  );

  it('by intake finds the events that came by it', async () => {
    expect(await queried({ intake: [intakes.get('Second intake')] })).toEqual(['elsewhere']);
    expect(await queried({ intake: [...intakes.values()] })).toEqual(names);
  });

  it.each(['severity', 'format', 'host', 'app', 'externalId', 'intake'])(
    'takes an empty list and null for %s as not given',
    async (member) => {
      expect(await queried({ [member]: [] })).toEqual(names);
      expect(await queried({ [member]: null })).toEqual(names);
    },
  );

  it('refuses what is no id of an intake, and says so', async () => {
    const { errors } = await tenant.graphql('{ events(filter: { intake: ["mail"] }) { totalCount } }');
    expect(errors).toEqual([
      {
        message: 'filter.intake: must be ids of intakes',
        locations: expect.any(Array),
        path: ['events'],
        extensions: { code: 'BAD_USER_INPUT', field: 'filter.intake' },
      },
    ]);
  });
});
