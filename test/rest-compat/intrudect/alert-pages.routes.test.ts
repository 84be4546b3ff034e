import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ipKey } from '../../../server/ip-address.ts';
import { type AlertRecord, anAlertGroup } from '../../support/alert-rows.ts';
import { type Intrudect, now, openIntrudect } from './open-intrudect.ts';

let intrudect: Intrudect;

type Row = Record<string, string | number | null>;
type Key = (row: Row) => string | number;

/** Alerts drawn alike in every run, so many that pages end within runs of like values. */
const drawn = fc.sample(
  fc.record({
    kind: fc.constantFrom('NETWORK', 'SERVER'),
    occurredAt: fc.integer({ min: 0, max: 40 }).map((step) => now + step * 30_000),
    severity: fc.integer({ min: 1, max: 6 }),
    type: fc.constantFrom('scan', 'Scan', 'auth', 'malware', ''),
    agent: fc.constantFrom(null, 'a-1', 'A-1', 'b_2'),
    source: fc.tuple(
      fc.constantFrom('10.0.0.2', '10.0.0.10', '9.255.0.1', '::1', '2001:db8::7', 'fe80::1%eth0'),
      fc.constantFrom(null, 'AA:BB:CC:DD:EE:01', 'AA:BB:CC:DD:EE:02'),
      fc.constantFrom(null, 1024),
    ),
    destination: fc.tuple(
      fc.constantFrom('10.0.0.2', '192.168.1.5', '2001:db8::8'),
      fc.constantFrom(null, 'AA:BB:CC:DD:EE:03'),
      fc.constantFrom(null, 22, 443, 3389),
    ),
    host: fc.constantFrom(null, 'web-1', 'Web-2', 'db_3'),
    title: fc.constantFrom(null, 'Alpha', 'beta', '50% off', 'Émile'),
    message: fc.constantFrom('one line', 'Two\nlines', 'under_score', `long ${'x'.repeat(300)}`, ''),
    fingerprint: fc.constantFrom('a', 'b', 'c'),
  }),
  { numRuns: 240, seed: 4 },
) as AlertRecord[];

/** What is stored, as the lists show it. */
const rows: Readonly<Record<'network' | 'server', Row[]>> = { network: [], server: [] };

beforeAll(async () => {
  intrudect = await openIntrudect();
  const { id } = intrudect.tenant;
  await intrudect.gateway.store.database.commit(anAlertGroup(id, drawn));
  for (const kind of ['network', 'server'] as const) {
    const { body } = await intrudect.call('GET', `/api/v1/${kind}alerts?page_size=1000&sort=id&order=asc`);
    rows[kind].push(...body[`${kind}_alerts`]);
    expect(body.total_rows).toBe(drawn.filter((one) => one.kind === kind.toUpperCase()).length);
  }
});

afterAll(() => intrudect.gateway.close());

const fold = (value: unknown) => String(value ?? '').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
/** A pattern as databases read it. */
const isLike = (pattern: string, text: unknown, isAnywhere = false) => {
  const escaped = fold(pattern).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const inside = escaped.replaceAll('%', '[\\s\\S]*').replaceAll('_', '[\\s\\S]');
  return new RegExp(isAnywhere ? inside : `^(?:${inside})$`, 'u').test(fold(text));
};
const compare = (left: string | number, right: string | number) => {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
};
const ip = (name: string) => (row: Row) => ipKey(String(row[name]));
const text = (name: string) => (row: Row) => fold(row[name]);
const number = (name: string) => (row: Row) => Number(row[name] ?? -1);

type Filters = Record<string, unknown>;
const any = (values: unknown, test: (value: string) => boolean) => {
  return values === undefined || (values as string[]).length === 0 || (values as string[]).some(test);
};
const inTime = ({ from, to }: Filters, { timestamp }: Row) =>
  (from === undefined || String(timestamp) >= `${from}:00`) && (to === undefined || String(timestamp) <= `${to}:00`);

const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const some = <Value>(...values: Value[]) => sometimes(fc.array(fc.constantFrom(...values), { maxLength: 2 }));
const minutes = sometimes(fc.integer({ min: 30, max: 55 }).map((minute) => `2026-06-03 10:${minute}`));
const common = { from: minutes, to: minutes, agent: some('a-1', 'B_2', 'x'), level: some(10, 20, 30, 7) };

const kinds = {
  network: {
    filters: fc.record({
      ...common,
      type: some('scan', 'AUTH', 'nothing'),
      type_mode: sometimes(fc.constantFrom(1, 2)),
      source: some('10.0.0.2', '10.0.0.%', '%:01', '::_', '%'),
      destination: some('192.168.1.5', '%db8%', 'AA:BB:CC:DD:EE:03'),
      dst_port: some(22, 443),
      search: some('alpha', '5:44', '0% o', 'x%x', 'o_l', '…', '_'),
      unique: sometimes(fc.constantFrom('source', 'destination', 'destinationport', 'pair')),
    }),
    matches: (filters: Filters, row: Row) => {
      const { type, type_mode: mode, source, destination, dst_port: ports, search } = filters;
      const isType = any(type, (one) => fold(one) === fold(row.type));
      const place = `${row.dst_ip}${row.dst_port === null ? '' : `:${row.dst_port}`}`;
      return (
        ((type as string[] | undefined)?.length && mode === 2 ? !isType : isType) &&
        any(source, (one) => isLike(one, row.src_ip) || isLike(one, row.src_mac)) &&
        any(destination, (one) => isLike(one, row.dst_ip) || isLike(one, row.dst_mac)) &&
        any(ports, (one) => Number(one) === row.dst_port) &&
        any(search, (one) => [place, row.subject, row.message].some((found) => isLike(one, found, true)))
      );
    },
    sorts: {
      timestamp: [text('timestamp')],
      id: [],
      agent: [text('agent')],
      source: [ip('src_ip'), text('src_mac')],
      destination: [ip('dst_ip'), text('dst_mac')],
      src_ip: [ip('src_ip')],
      dst_ip: [ip('dst_ip')],
      dst_port: [number('dst_port')],
      type: [text('type')],
      level: [number('level')],
      subject: [text('subject')],
      message: [text('message')],
    },
  },
  server: {
    filters: fc.record({
      ...common,
      type: some('scan', 'AUTH', 'nothing'),
      hostname: some('WEB-1', 'web-_', '%3', '%'),
      title: some('beta', '%a%', '50%', 'two', '%…'),
      search: some('LINE', 'r_s', 'o%n', '_'),
    }),
    matches: ({ type, hostname, title, search }: Filters, row: Row) =>
      any(type, (one) => fold(one) === fold(row.type)) &&
      any(hostname, (one) => isLike(one, row.hostname)) &&
      any(title, (one) => isLike(one, row.title)) &&
      any(search, (one) => isLike(one, row.line, true)),
    sorts: {
      timestamp: [text('timestamp')],
      id: [],
      agent: [text('agent')],
      hostname: [text('hostname')],
      type: [text('type')],
      level: [number('level')],
      title: [text('title')],
      line: [text('line')],
    },
  },
};

const alike: Readonly<Record<string, (row: Row) => string>> = {
  source: ({ src_ip }) => String(src_ip),
  destination: ({ dst_ip }) => String(dst_ip),
  destinationport: ({ dst_port }) => String(dst_port),
  pair: ({ src_ip, dst_ip }) => `${src_ip} ${dst_ip}`,
};

/** All rows that a request asks for, in order. */
function expected(kind: 'network' | 'server', filters: Filters, field: string, order: string): number[] {
  const { matches, sorts } = kinds[kind];
  const found = rows[kind].filter(
    (row) =>
      inTime(filters, row) &&
      any(filters.agent, (one) => fold(one) === fold(row.agent)) &&
      any(filters.level, (one) => Number(one) === row.level) &&
      matches(filters, row),
  );
  const group = alike[String(filters.unique)];
  const shown = group ? [...new Map(found.map((row) => [group(row), row])).values()] : found;
  const keys = new Map<string, readonly Key[]>(Object.entries(sorts)).get(field) ?? [];
  const way = order === 'asc' ? 1 : -1;
  return shown
    .toSorted((left, right) => {
      for (const key of [...keys, number('id')]) {
        const difference = compare(key(left), key(right));
        if (difference !== 0) return difference * way;
      }
      return 0;
    })
    .map(({ id }) => Number(id));
}

describe.each(['network', 'server'] as const)('a page of %s alerts', (kind) => {
  const { filters, sorts } = kinds[kind];
  const asked = fc.record({
    filters: fc.oneof(fc.constant({}), filters as fc.Arbitrary<Filters>),
    field: fc.constantFrom(...Object.keys(sorts)),
    order: fc.constantFrom('asc', 'desc'),
    page: fc.integer({ min: 1, max: 30 }),
    page_size: fc.integer({ min: 1, max: 60 }),
  });

  it('is that slice of all that match in the order asked for, with their exact number', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ filters: given, field, order, page, page_size }) => {
        const body = { filters: given, sort: { field, order }, page, page_size };
        const reply = await intrudect.call('POST', `/api/v1/${kind}alerts/search`, body);
        const all = expected(kind, given, field, order);
        const last = Math.max(1, Math.ceil(all.length / page_size));
        const at = Math.min(page, last);
        expect(reply.body).toMatchObject({ page: at, page_size, total_rows: all.length, total_pages: last });
        const ids = reply.body[`${kind}_alerts`].map(({ id }: { id: number }) => id);
        expect(ids).toEqual(all.slice((at - 1) * page_size, at * page_size));
      }),
      { numRuns: 200 },
    );
  });
});
