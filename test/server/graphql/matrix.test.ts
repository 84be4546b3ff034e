import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { buildSchema } from '../../../server/graphql/build-schema.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { alertOf, findLeaks, type Home, type Homes, later, openHomes } from '../../support/matrix/homes.ts';
import { commonTables } from '../../support/matrix/tenant-tables.ts';
import {
  type Args,
  argsOf,
  type IdPlace,
  idPlacesOf,
  type Operation,
  plainOperation,
  rootFieldOf,
  wideOperations,
  withId,
} from '../../support/matrix/wide-operations.ts';
import { digestsOf, foreignIds, inTurns, leavingOthers, tokensOf, unknownLike } from '../../support/matrix/witness.ts';
import { aDevice } from '../../support/observations.ts';
import { listRootFields, rootRequests } from '../../support/root-fields.ts';
import { nowhere } from '../../support/root-request.ts';

const schema = buildSchema();
const fields = listRootFields().map((name) => {
  const request = rootRequests[name];
  if (request === undefined) throw new Error(`${name} has no row in test/support/root-fields.ts`);
  return { name, request, args: argsOf(request), ...rootFieldOf(schema, name) };
});
type Row = (typeof fields)[number];
const asked = fields.filter(({ root }) => root !== 'Subscription');
const queries = fields.filter(({ root }) => root === 'Query');

let all: Homes;
let tokens: ReadonlyMap<Permission | null, string>;

beforeAll(async () => {
  all = await openHomes();
  tokens = await tokensOf(all, all.homes[0] as Home);
});

afterAll(() => all.close());

interface Reply {
  readonly status: number;
  /** Headers and body, as sent. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

async function ask({ query, variables }: Operation, headers: Record<string, string>): Promise<Reply> {
  const reply = await all.gateway.post('/graphql', { query, variables }, headers);
  const body = await reply.text();
  return { status: reply.status, text: `${JSON.stringify([...reply.headers])}${body}`, body: JSON.parse(body) };
}

const askAs = ({ tenant }: Home, operation: Operation) => ask(operation, { Authorization: `Bearer ${tenant.token}` });

const dataOf = ({ body }: Reply, { field }: Row) => body.data?.[field.name];
const isThere = (value: unknown) => value !== null && value !== undefined && !(Array.isArray(value) && !value.length);

describe('the tables', () => {
  it('hold rows of every household: one that is new needs a furnishing', async () => {
    const digests = await digestsOf(all, all.homes);
    const empty = Object.entries(digests).flatMap(([home, of]) =>
      Object.entries(of).flatMap(([table, { rows }]) => (rows === 0 ? [`${home}: ${table}`] : [])),
    );
    expect(empty).toEqual([]);
    expect(commonTables.filter((name) => all.tables.some((table) => table.name === name))).toEqual([]);
  });
});

describe('what a household reads', () => {
  it('is its own, also a step further on', async () => {
    const leaks: string[] = [];
    const faults: string[] = [];
    const shown = new Set<string>();
    const own = new Set<string>();
    const requests = queries.flatMap((row) =>
      all.homes.flatMap((home) => argsFor(row, home).map((args) => ({ row, home, args }))),
    );
    await inTurns(requests, async ({ row, home, args }) => {
      const plain = plainOperation(row.root, row.field, args);
      const first = await askAs(home, plain);
      if (!isThere(dataOf(first, row))) return;
      shown.add(row.name);
      for (const operation of wideOperations(schema, row.root, row.field, args)) {
        const reply = await askAs(home, operation);
        if (reply.body.errors) faults.push(`${operation.query}: ${JSON.stringify(reply.body.errors)}`);
        if (home.marks.some((mark) => reply.text.toLowerCase().includes(mark))) own.add(row.name);
        const found = findLeaks(all, home, reply.text, JSON.stringify(operation));
        leaks.push(...found.map((leak) => `${row.name} shows ${home.name} ${leak}: ${operation.query}`));
      }
    });
    expect(leaks).toEqual([]);
    expect(faults).toEqual([]);
    // Nothing would be shown by a list of nothing.
    expect(queries.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
    expect(queries.map(({ name }) => name).filter((name) => !own.has(name))).toEqual(unmarked);
  });
});

/** Fields that answer with numbers alone. */
const unmarked = ['about', 'alertActivity', 'bulkChange', 'dnsActivity', 'tcpActivity', 'threatLists'].map(
  (field) => `Query.${field}`,
);

/** The arguments to ask a root field with: those of its row, or where it asks for an id, one of each sort that the household has. */
function argsFor({ field, args }: Row, home: Home): Args[] {
  const [place] = idPlacesOf(field).filter(({ path }) => path.length === 1 && args[path[0] ?? ''] !== undefined);
  if (place === undefined) return [args];
  const ids = new Set(
    [...(all.ids.get(home)?.values() ?? [])].flatMap((of) => [of[0] ?? nowhere, of.at(-1) ?? nowhere]),
  );
  return [...ids].map((id) => withId(field, args, place, id, false));
}

/** A reply without what differs between two requests alike: the id that was sent, places in the document, what was just made. */
function alike({ status, body }: Reply, id: string): string {
  const errors = body.errors?.map(({ locations: _, ...error }: { locations: unknown }) => error);
  return JSON.stringify({ status, ...body, errors })
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(?:tocsin|whsec)_[^"]*"/g, '"SECRET"')
    .replace(new RegExp(`\\b${id}\\b`, 'g'), 'ID');
}

describe("a neighbour's id", () => {
  const places = asked.flatMap((row) =>
    idPlacesOf(row.field).flatMap((place) =>
      (place.path.length > 1 ? [false, true] : [false]).map((isBare) => ({ row, place, isBare })),
    ),
  );

  it('is asked for wherever one can stand', () => {
    expect(places.length).toBeGreaterThan(40);
  });

  it.each([0, 1, 2])(
    'is answered as that of nothing, byte by byte, and changes nothing of theirs (household %i)',
    async (index) => {
      const home = all.homes[index] as Home;
      // Of every third sort: the three together ask for all sorts, everywhere.
      const foreign = foreignIds(all, home).filter((_, place) => place % all.homes.length === index);
      const wrong: string[] = [];
      await leavingOthers(all, home, () =>
        inTurns(places, async ({ row, place, isBare }) => {
          const send = (id: string) => askWith(home, row, place, id, isBare);
          const unknown = new Map<string, string>();
          for (const like of [nowhere, '999999']) unknown.set(like, alike(await send(like), like));
          for (const id of foreign) {
            const reply = await send(id);
            const where = `${row.name} ${place.path.join('.')} ${id}`;
            const [found, expected] = [alike(reply, id), unknown.get(unknownLike(id, nowhere))];
            if (found !== expected) wrong.push(`${where}: ${found} instead of ${expected}`);
            wrong.push(...findLeaks(all, home, reply.text, id).map((leak) => `${where} shows ${leak}`));
          }
        }),
      );
      expect(wrong).toEqual([]);
    },
  );
});

function askWith(home: Home, { root, field, args }: Row, place: IdPlace, id: string, isBare: boolean): Promise<Reply> {
  return askAs(home, plainOperation(root, field, withId(field, args, place, id, isBare)));
}

describe('a caller without the permission', () => {
  it.each(allPermissions)('who has %s alone is refused all else, and sees nothing', async (permission) => {
    const wrong: string[] = [];
    const others = asked.filter(({ request }) => request.permission !== null && request.permission !== permission);
    await inTurns(others, async (row) => {
      const operation = plainOperation(row.root, row.field, row.args);
      const reply = await ask(operation, { Authorization: `Bearer ${tokens.get(permission)}` });
      wrong.push(...notRefused(row, reply, 'FORBIDDEN'));
    });
    expect(wrong).toEqual([]);
  });

  it('who has none is refused, and one of another kind is nobody', async () => {
    const [{ tenant }] = all.homes as [Home];
    const guarded = asked.filter(({ request }) => request.permission !== null);
    const kinds = ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY', 'PROVISIONING_KEY'] as const;
    const keys = await Promise.all(kinds.map((kind) => all.gateway.key(kind, tenant.id)));
    const wrong: string[] = [];
    await inTurns(guarded, async (row) => {
      const operation = plainOperation(row.root, row.field, row.args);
      const empty = await ask(operation, { Authorization: `Bearer ${tokens.get(null)}` });
      wrong.push(...notRefused(row, empty, 'FORBIDDEN'));
      for (const key of [undefined, ...keys]) {
        const reply = await ask(operation, key === undefined ? {} : { Authorization: `Bearer ${key}` });
        wrong.push(...notRefused(row, reply, 'UNAUTHENTICATED'));
      }
    });
    expect(wrong).toEqual([]);
  });
});

function notRefused({ name }: Row, { body, text }: Reply, code: string): string[] {
  const codes = body.errors?.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
  const leaks = findLeaks(all, undefined, text).map((leak) => `${name} shows ${leak}`);
  const isRefused = codes?.length === 1 && codes[0] === code && !Object.values(body.data ?? {}).some(isThere);
  return isRefused ? leaks : [...leaks, `${name}: ${JSON.stringify(body)} instead of ${code}`];
}

describe('what a household is told live', () => {
  const subscriptions = fields.filter(({ root }) => root === 'Subscription');
  const listens = subscriptions.flatMap((row) =>
    wideOperations(schema, row.root, row.field, row.args).map((operation) => ({ row, operation })),
  );

  it('is its own, replayed and as it happens', async () => {
    const sockets = await Promise.all(
      all.homes.map(async (home) => ({
        home,
        socket: await GraphqlSocket.connect(all.gateway.url, home.tenant.token),
      })),
    );
    for (const { socket } of sockets) {
      for (const [index, { row, operation }] of listens.entries()) {
        const replayed = replay(row, operation);
        socket.subscribe(`live ${index}`, operation.query, operation.variables);
        if (replayed) socket.subscribe(`replay ${index}`, replayed.query, replayed.variables);
      }
    }
    const heard = new Map(all.homes.map((home) => [home, [] as string[]]));
    /** Of each field it has heard what came last, and of all that was asked of it something. */
    const isThrough = ({ home }: { home: Home }) => {
      const texts = heard.get(home) ?? [];
      const heardOf = new Set(texts.map(idOf));
      const last = new Set(texts.filter((text) => text.includes(`${later}-2-${home.mark}`)).map(idOf));
      const through = new Set(listens.flatMap(({ row }, index) => (last.has(`live ${index}`) ? [row.name] : [])));
      return listens.every(
        ({ row }, index) => heardOf.has(`live ${index}`) && (through.has(row.name) || withoutWords.includes(row.name)),
      );
    };
    for (const round of [1, 2]) for (const home of all.homes) await happen(home, round);
    await expect
      .poll(
        () => {
          for (const { home, socket } of sockets)
            heard.get(home)?.push(...socket.received.splice(0).map((message) => JSON.stringify(message)));
          return sockets.filter((each) => !isThrough(each)).map(({ home }) => home.name);
        },
        { timeout: 20_000 },
      )
      .toEqual([]);
    for (const { home, socket } of sockets) {
      socket.drop();
      const texts = heard.get(home) ?? [];
      expect(texts.filter((text) => !text.includes('"type":"next"') && !text.includes('"type":"ping"'))).toEqual([]);
      expect(texts.flatMap((text) => findLeaks(all, home, text))).toEqual([]);
    }
  });
});

/** Subscriptions that tell numbers alone. */
const withoutWords: readonly string[] = ['Subscription.statsTick'];

const idOf = (text: string) => String((JSON.parse(text) as { id?: string }).id);

/** The same from the beginning of the feed, where a subscription can resume. */
function replay({ root, field, args }: Row, { query }: Operation): Operation | undefined {
  if (!field.args.some(({ name }) => name === 'after')) return undefined;
  const widened = wideOperations(schema, root, field, args).findIndex((operation) => operation.query === query);
  return wideOperations(schema, root, field, { ...args, after: '0' })[widened];
}

/** Something of every sort happens to a household. */
async function happen(home: Home, round: number): Promise<void> {
  const { tenant, mark, number } = home;
  const name = `${later}-${round}-${mark}`;
  const mac = `02:7${number}:00:00:0${round}:02`;
  await tenant.observe({
    title: name,
    message: name,
    agent: name,
    observations: [aDevice({ mac, ip: `10.7${number}.7${number}.30`, hostname: name })],
  });
  const rule = { id: name, level: 9, description: name, groups: [name] };
  await tenant.ingest(alertOf(home, { rule, agent: { id: name, name } }));
  const { alertGroups } = await tenant.read(
    'query ($type: [String!]) { alertGroups(filter: { type: $type }) { nodes { id version } } }',
    { type: [name] },
  );
  const [{ id, version }] = alertGroups.nodes;
  await tenant.read(
    'mutation ($id: ID!, $version: Int!, $note: String) { updateAlertGroup(id: $id, version: $version, change: { note: $note }) { id } }',
    { id, version, note: name },
  );
}
