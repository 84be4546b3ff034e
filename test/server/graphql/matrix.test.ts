import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { buildSchema } from '../../../server/graphql/build-schema.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { findLeaks, type Home, type Homes, later, openHomes, signIn } from '../../support/matrix/homes.ts';
import { happen, replay } from '../../support/matrix/live-operations.ts';
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
    // Nothing would be shown by a list of nothing. Calls that no valid key speaks for are no household's.
    const unshown = queries.map(({ name }) => name).filter((name) => !shown.has(name));
    expect(unshown).toEqual(['Query.refusedCalls']);
    expect(queries.map(({ name }) => name).filter((name) => !own.has(name))).toEqual(unmarked);
  });

  it('is its own by a session too', async () => {
    const wrong: string[] = [];
    for (const home of all.homes) {
      const { cookie } = await signIn(home, allPermissions);
      await inTurns(queries, async ({ name, request, root, field, args }) => {
        const { status, text } = await ask(plainOperation(root, field, args), { Cookie: cookie });
        const isFault = text.includes('"errors"');
        if (status !== 200 || isFault !== (request.fault !== undefined)) wrong.push(`${name}: ${status} ${text}`);
        wrong.push(...findLeaks(all, home, text).map((leak) => `${name} shows ${home.name} ${leak}`));
      });
    }
    expect(wrong).toEqual([]);
  });
});

/** Fields that answer with numbers and ids alone, or with what is the same for all. */
const unmarked = [
  'Query.about',
  'Query.alertActivity',
  'Query.bulkChange',
  'Query.dataSetCount',
  'Query.dnsActivity',
  'Query.feedCursor',
  'Query.refusedCalls',
  'Query.retention',
  'Query.retentionPreview',
  'Query.searchFields',
  'Query.sessions',
  'Query.sinkDefaults',
  'Query.tcpActivity',
  'Query.threatLists',
];

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
    const person = await signIn(all.homes[0] as Home, []);
    const wrong: string[] = [];
    await inTurns(guarded, async (row) => {
      const operation = plainOperation(row.root, row.field, row.args);
      const empty = await ask(operation, { Authorization: `Bearer ${tokens.get(null)}` });
      wrong.push(...notRefused(row, empty, 'FORBIDDEN'));
      wrong.push(...notRefused(row, await ask(operation, { Cookie: person.cookie }), 'FORBIDDEN'));
      // The secret of a session is a cookie's alone.
      for (const key of [undefined, person.secret, ...keys]) {
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
        const replayed = replay(schema, row, operation);
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
    await all.tick();
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
      expect(texts.filter((text) => text.includes('"errors"') || !/"type":"(?:next|ping)"/.test(text))).toEqual([]);
      expect(texts.flatMap((text) => findLeaks(all, home, text))).toEqual([]);
    }
  });
});

/** Subscriptions that tell numbers alone. */
const withoutWords: readonly string[] = ['Subscription.statsTick'];

const idOf = (text: string) => String((JSON.parse(text) as { id?: string }).id);
