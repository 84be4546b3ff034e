import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Ingest');
});

afterAll(() => gateway.close());

const document = `mutation ($input: IngestEventsInput!) {
  ingestEvents(input: $input) { tenantId received indexed failed results { id isAlert error } } }`;

interface Input {
  readonly format: 'WAZUH' | 'SYSLOG_RECORD' | 'AUTO';
  readonly events?: unknown;
  readonly raw?: readonly unknown[] | null;
  readonly occurredAt?: readonly (string | null)[];
  readonly maxRecordBytes?: number;
  readonly allOrNothing?: boolean | null;
}

async function ingest(input: Input) {
  return (await tenant.read(document, { input })).ingestEvents;
}

async function rawOf(id: string): Promise<string> {
  return (await tenant.read('query ($id: ID!) { event(id: $id) { raw } }', { id })).event.raw;
}

const stored = (isAlert: boolean) => ({
  id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  isAlert,
  error: null,
});
const rejected = (error: string) => ({ id: null, isAlert: false, error });

describe('ingestEvents', () => {
  it('answers one result a record, in the order of the request, whatever becomes of each', async () => {
    const events = [
      aWazuhAlert({ rule: { level: 1 } }),
      { rule: {} },
      aWazuhAlert({ rule: { level: 12 } }),
      'text',
      7,
      aWazuhAlert({ timestamp: 'yesterday' }),
      aWazuhAlert(),
    ];
    const report = await ingest({ format: 'WAZUH', events });
    expect(report).toEqual({
      tenantId: tenant.id,
      received: 7,
      indexed: 3,
      failed: 4,
      results: [
        stored(false),
        rejected('a Wazuh alert has a rule with an id and a whole number as its level'),
        stored(true),
        rejected('a Wazuh alert is a JSON object'),
        rejected('a Wazuh alert is a JSON object'),
        rejected('timestamp is neither ISO 8601 nor an epoch time'),
        stored(true),
      ],
    });
    for (const index of [0, 2, 6]) expect(await rawOf(report.results[index].id)).toBe(JSON.stringify(events[index]));
  });

  it('stores nothing of a batch that is all or nothing when one record is bad, and all of it when none is', async () => {
    const count = async () => {
      const { about, rejectedEvents } = await tenant.read('{ about { eventCount } rejectedEvents { totalCount } }');
      return [about.eventCount, rejectedEvents.totalCount];
    };
    const [stored = 0, rejected] = await count();
    const batch = { format: 'SYSLOG_RECORD', allOrNothing: true } as const;
    const events = [aSyslogRecord(), {}, aSyslogRecord(), {}];
    expect((await tenant.graphql(document, { input: { ...batch, events } })).errors).toMatchObject([
      {
        message: 'events.1: full_log is required: a non-empty string',
        extensions: { code: 'BAD_USER_INPUT', field: 'events.1' },
      },
    ]);
    expect(await count()).toEqual([stored, rejected]);
    expect(await ingest({ ...batch, events: [aSyslogRecord(), aSyslogRecord()] })).toMatchObject({ indexed: 2 });
    expect(await count()).toEqual([stored + 2, rejected]);
  });

  it('takes syslog records', async () => {
    const events = [aSyslogRecord(), aSyslogRecord({ severity: 'info' }), { message: 'only this' }, {}];
    expect(await ingest({ format: 'SYSLOG_RECORD', events })).toEqual({
      tenantId: tenant.id,
      received: 4,
      indexed: 3,
      failed: 1,
      results: [stored(true), stored(false), stored(false), rejected('full_log is required: a non-empty string')],
    });
  });

  it('keeps the texts it is given byte for byte', async () => {
    const raw = [
      '{"full_log":  "spaced" , "n": 123456789012345678901234567890, "f": 1.0, "e": 1E5 }',
      '{"full_log":"\\u0041\\/","full_log":"twice"}',
      '\n{"full_log":"Ünïcödé 한국 🔔"}\t',
      '<13>Nov 21 06:51:01 not even JSON',
    ];
    const { results } = await ingest({ format: 'SYSLOG_RECORD', events: raw.map(() => ({ full_log: 'x' })), raw });
    for (const [index, { id }] of results.entries()) expect(await rawOf(id)).toBe(raw[index]);
  });

  it('writes the texts itself where none are given', async () => {
    const event = { full_log: 'x', nested: { list: [1, null, true, 'é'] }, big: 9007199254740991 };
    for (const raw of [undefined, null]) {
      const { results } = await ingest({ format: 'SYSLOG_RECORD', events: [event], ...(raw === null && { raw }) });
      expect(await rawOf(results[0].id)).toBe(JSON.stringify(event));
    }
  });

  it('takes records as literals of the document', async () => {
    const query = `mutation { ingestEvents(input: { format: SYSLOG_RECORD, events: [{ full_log: "literal", n: 5, deep: [{ a: null }] }] }) {
      received results { id } } }`;
    const { ingestEvents } = await tenant.read(query);
    expect(await rawOf(ingestEvents.results[0].id)).toBe('{"full_log":"literal","n":5,"deep":[{"a":null}]}');
  });

  it('takes one record for a list of one', async () => {
    expect(await ingest({ format: 'SYSLOG_RECORD', events: aSyslogRecord() })).toMatchObject({
      received: 1,
      indexed: 1,
    });
  });

  it('answers a resend with the id of the stored event, and another content under the same id with a new one', async () => {
    const record = aWazuhAlert({ id: '1763707861.5' });
    const [first] = (await ingest({ format: 'WAZUH', events: [record] })).results;
    const events = [
      record,
      aWazuhAlert({ id: '1763707861.5', location: 'elsewhere' }),
      record,
      { ...record, id: undefined },
    ];
    const { results, indexed } = await ingest({ format: 'WAZUH', events });
    expect(indexed).toBe(4);
    expect(results[0]).toEqual(first);
    expect(results[2]).toEqual(first);
    expect(new Set(results.map(({ id }: { id: string }) => id)).size).toBe(3);
  });

  it('keeps a message of three million distinct letters, and what comes with it', async () => {
    const words = Array.from(
      { length: 200_000 },
      (_, index) => `w${index.toString(36)}x${(index * 7919).toString(36)}`,
    );
    const report = await ingest({ format: 'SYSLOG_RECORD', events: [{ full_log: words.join(' ') }, aSyslogRecord()] });
    expect(report).toMatchObject({ indexed: 2, failed: 0 });
    expect(await rawOf(report.results[0].id)).toHaveLength(words.join(' ').length + '{"full_log":""}'.length);
    const found = await tenant.read(`{ events(filter: { text: "${words[5]}" }) { totalCount } }`);
    expect(found.events.totalCount).toBe(1);
  });

  it.each<[what: string, input: Input, error: object]>([
    [
      'no records',
      { format: 'WAZUH', events: [] },
      { message: 'events: must hold at least one record', extensions: { code: 'BAD_USER_INPUT', field: 'events' } },
    ],
    [
      'fewer texts than records',
      { format: 'WAZUH', events: [{}, {}], raw: ['{}'] },
      { message: 'raw: must hold one text for each record', extensions: { code: 'BAD_USER_INPUT', field: 'raw' } },
    ],
    [
      'more texts than records',
      { format: 'WAZUH', events: [{}], raw: ['{}', '{}'] },
      { message: 'raw: must hold one text for each record', extensions: { code: 'BAD_USER_INPUT', field: 'raw' } },
    ],
    [
      'no texts for some records',
      { format: 'WAZUH', events: [{}], raw: [] },
      { message: 'raw: must hold one text for each record', extensions: { code: 'BAD_USER_INPUT', field: 'raw' } },
    ],
    [
      'a text that is no JSON among those that are',
      { format: 'WAZUH', raw: [JSON.stringify(aWazuhAlert()), '{"rule":'] },
      {
        message: 'Entry 1, counted from 0, is not valid JSON',
        extensions: { code: 'BAD_USER_INPUT', field: 'raw' },
      },
    ],
    [
      'neither records nor texts',
      { format: 'WAZUH' },
      { message: 'events: must hold at least one record', extensions: { code: 'BAD_USER_INPUT', field: 'events' } },
    ],
    [
      'two times for three records',
      { format: 'AUTO', raw: ['a', 'b', 'c'], occurredAt: [null, '2030-01-01T00:00:00Z'] },
      {
        message: 'occurredAt: must hold one time for all records or one for each',
        extensions: { code: 'BAD_USER_INPUT', field: 'occurredAt' },
      },
    ],
    [
      '10,001 records',
      { format: 'SYSLOG_RECORD', events: Array(10_001).fill({ full_log: 'x' }) },
      { message: 'events: at most 10000 records a request', extensions: { code: 'TOO_LARGE' } },
    ],
  ])('refuses %s and stores nothing', async (_, input, error) => {
    const count = '{ events { totalCount } rejectedEvents { totalCount } }';
    const before = await tenant.read(count);
    expect(await tenant.graphql(document, { input })).toEqual({
      data: null,
      errors: [{ ...error, locations: expect.any(Array), path: ['ingestEvents'] }],
    });
    expect(await tenant.read(count)).toEqual(before);
  });

  it('reads the texts as the records where no records are given', async () => {
    const alert = ` ${JSON.stringify(aWazuhAlert())} `;
    const parsed = await ingest({ format: 'WAZUH', raw: [alert, 'null'] });
    expect(parsed).toMatchObject({ received: 2, indexed: 1, failed: 1 });
    expect(await rawOf(parsed.results[0].id)).toBe(alert);
    const line = 'not {json} "at all';
    const plain = await ingest({ format: 'AUTO', raw: [line] });
    expect(await rawOf(plain.results[0].id)).toBe(line);
  });

  it('dates records by the times beside them, one for all or one for each', async () => {
    const times = async (input: Input) => {
      const { results } = await ingest(input);
      const query = 'query ($id: ID!) { event(id: $id) { occurredAt receivedAt } }';
      const events = await Promise.all(results.map(({ id }: { id: string }) => tenant.read(query, { id })));
      return events.map(({ event }) => (event.occurredAt === event.receivedAt ? 'receipt' : event.occurredAt));
    };
    const raw = ['a', 'b'];
    const given = '2020-02-02T02:02:02.020Z';
    expect(await times({ format: 'AUTO', raw, occurredAt: [given] })).toEqual([given, given]);
    expect(await times({ format: 'AUTO', raw, occurredAt: [null, given] })).toEqual(['receipt', given]);
  });

  it('rejects a record of too many bytes and keeps its beginning', async () => {
    const long = 'é'.repeat(300 * 1024);
    const report = await ingest({ format: 'AUTO', raw: ['short', long, 'é'.repeat(5)], maxRecordBytes: 10 });
    expect(report.results.map(({ error }: { error: string | null }) => error)).toEqual([
      null,
      'the event holds more than 10 bytes',
      null,
    ]);
    const { rejectedEvents } = await tenant.read('{ rejectedEvents(first: 1) { nodes { raw } } }');
    expect(rejectedEvents.nodes[0].raw).toBe(long.slice(0, 256 * 1024));
  });

  it('takes 10,000 records', async () => {
    const report = await ingest({ format: 'SYSLOG_RECORD', events: Array(10_000).fill({ full_log: 'x' }) });
    expect(report).toMatchObject({ received: 10_000, indexed: 10_000, failed: 0 });
    expect(new Set(report.results.map(({ id }: { id: string }) => id)).size).toBe(10_000);
  });
});
