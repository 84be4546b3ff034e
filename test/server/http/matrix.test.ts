import { type FieldNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { Credential } from '../../../server/modules/credential/credential.entity.ts';
import {
  alertOf,
  comeToRest,
  findLeaks,
  type Home,
  type Homes,
  later,
  openHomes,
  tokenWith,
} from '../../support/matrix/homes.ts';
import { listRoutes, routeRequests, secretHeaders, serverPaths } from '../../support/matrix/route-requests.ts';
import { digestOf } from '../../support/matrix/tenant-tables.ts';
import { readZip } from '../../support/read-zip.ts';
import { rootRequests } from '../../support/root-fields.ts';
import { nowhere } from '../../support/root-request.ts';
import { listFiles, loadDialects, read, scan } from '../../support/source-files.ts';

const dialects = (await loadDialects()).map(({ dialect }) => dialect);
const kinds = ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY', 'PROVISIONING_KEY', 'API_TOKEN'] as const;

const rows = dialects.flatMap((dialect) =>
  dialect.routes.map((route) => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const request = routeRequests[name];
    const header = secretHeaders[dialect.name];
    if (!request || !header)
      throw new Error(`${dialect.name} ${name} has no row in test/support/matrix/route-requests.ts`);
    const accepted = (route.credential ?? dialect.credential).kinds;
    return { name, route, dialect, request, header, accepted, permission: permissionOf(route.operation) };
  }),
);
type Row = (typeof rows)[number];

/** The permission that the root field of a route's operation asks for. */
function permissionOf(operation: string): Permission | null {
  const [definition] = parse(operation).definitions as readonly OperationDefinitionNode[];
  const [field] = (definition?.selectionSet.selections ?? []) as readonly FieldNode[];
  const type = definition?.operation.replace(/^./, (letter) => letter.toUpperCase());
  if (field?.kind !== Kind.FIELD) throw new Error(`No root field: ${operation}`);
  const request = rootRequests[`${type}.${field.name.value}`];
  if (request === undefined) throw new Error(`${type}.${field.name.value} has no row`);
  return request.permission;
}

let all: Homes;
/** A token of the first household for each permission alone, and one with none. */
const tokens = new Map<Permission | null, string>();

beforeAll(async () => {
  all = await openHomes();
  const [first] = all.homes as [Home];
  tokens.set(null, await tokenWith(first, []));
  for (const permission of allPermissions) tokens.set(permission, await tokenWith(first, [permission]));
  const made = await Promise.all(
    all.homes.flatMap(({ tenant }) =>
      kinds.map(async (kind) => [kind, await all.gateway.key(kind, tenant.id)] as const),
    ),
  );
  const doors = { INGEST_KEY: '/api/v1/webhooks/wazuh', INTAKE_KEY: '/plain', DEVICE_KEY: '/v1/ingest' } as const;
  const isKnown = async ([kind, secret]: readonly [string, string]) => {
    const path = doors[kind as keyof typeof doors] ?? '/api/v1/devices/register';
    const headers = Object.assign({}, ...Object.values(secretHeaders).map((header) => header(secret)));
    const door = kind === 'API_TOKEN' ? '/api/v1/networks/search' : path;
    return (
      (
        await all.gateway.post(
          door,
          '',
          kind === 'API_TOKEN' ? { Authorization: `Bearer ${secret}` } : withoutBearer(headers),
        )
      ).status !== 401
    );
  };
  const secrets = [...made, ...[...tokens.values()].map((token) => ['API_TOKEN', token] as const)];
  await vi.waitFor(async () => expect(await Promise.all(secrets.map(isKnown))).not.toContain(false), { timeout: 5000 });
});

afterAll(() => all.close());

function withoutBearer({ Authorization: _, ...headers }: Record<string, string>): Record<string, string> {
  return headers;
}

interface Reply {
  readonly status: number;
  /** Headers and body, an archive unpacked. */
  readonly text: string;
  readonly body: string;
}

interface Asked {
  readonly id?: string;
  readonly secret?: string;
  readonly body?: unknown;
}

let requests = 0;

async function ask({ route, request, header }: Row, home: Home, { id = '', secret, body }: Asked): Promise<Reply> {
  const sent = body ?? request.body?.(home, ++requests);
  const path = route.path.replace(':id', id) + (request.query?.(home) ?? '');
  const reply = await fetch(all.gateway.url + path, {
    method: route.method.toUpperCase(),
    headers: { 'Content-Type': 'application/json', ...(secret !== undefined && header(secret)) },
    ...(route.method !== 'get' &&
      sent !== undefined && { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const isArchive = reply.headers.get('content-type') === 'application/zip';
  const text = isArchive ? JSON.stringify([...readZip(bytes)]) : bytes.toString();
  return { status: reply.status, text: `${JSON.stringify([...reply.headers])}${text}`, body: text };
}

/** The secret of a household's credential that may all that the route asks for. */
const secretOf = ({ accepted }: Row, { tenant }: Home) => {
  const [kind] = accepted;
  if (kind === undefined) throw new Error('No credential opens the route');
  return kind === 'API_TOKEN' ? Promise.resolve(tenant.token) : all.gateway.key(kind, tenant.id);
};

const digestsOf = async (homes: readonly Home[]) =>
  Object.fromEntries(
    await Promise.all(
      homes.map(
        async ({ name, tenant }) => [name, await digestOf(all.gateway.store.database, all.tables, tenant.id)] as const,
      ),
    ),
  );

/** Does something as a household, and finds the others' rows as they were. */
async function leavingOthers(home: Home, work: () => Promise<void>): Promise<void> {
  const others = all.homes.filter((each) => each !== home);
  await comeToRest(all.gateway);
  const before = await digestsOf(others);
  await work();
  await comeToRest(all.gateway);
  expect(await digestsOf(others)).toEqual(before);
}

describe('the matrix', () => {
  it('has every route of every dialect, and no other', () => {
    expect(Object.keys(routeRequests).sort()).toEqual(listRoutes(dialects));
  });

  it('has every path that the server itself answers', () => {
    const files = listFiles('server').filter((path) => /^server\/(?:http\/.+|doors)\.ts$/.test(path));
    const paths = files.flatMap((path) => scan(read(path)).strings.filter((text) => /^\/[a-z]/.test(text)));
    expect([...new Set(paths)].sort()).toEqual(Object.keys(serverPaths).sort());
  });
});

describe.each(rows)('$name', (row) => {
  const { request, accepted, permission } = row;

  it('knows nobody who brings no credential or one of another kind, whatever else is wrong', async () => {
    const [home] = all.homes as [Home];
    const keys = await Promise.all(
      kinds.filter((kind) => !accepted.includes(kind)).map((kind) => all.gateway.key(kind, home.tenant.id)),
    );
    for (const secret of [undefined, 'unknown', ...keys]) {
      for (const body of [undefined, '{ not json']) {
        const reply = await ask(row, home, { id: 'x', ...(secret !== undefined && { secret }), body });
        const isUnread = request.isKeyInBody && secret === undefined && body !== undefined;
        expect([secret, body, reply.status]).toEqual([secret, body, isUnread ? 400 : 401]);
        expect(findLeaks(all, undefined, reply.text)).toEqual([]);
      }
    }
  });

  it('refuses who lacks the permission before it looks for anything', async () => {
    const [home] = all.homes as [Home];
    if (permission === null) return;
    const lacking = accepted.includes('API_TOKEN')
      ? [...tokens].filter(([held]) => held !== permission).map(([, token]) => token)
      : [await keyWithNothing(row, home)];
    const own = request.of === undefined ? '' : (all.ids.get(home)?.get(request.of)?.[0] ?? '');
    const isFirst = 'permission' in row.route && row.route.permission !== undefined;
    const garbled = isFirst || request.takesAnything ? 403 : 400;
    await Promise.all(
      lacking.map(async (secret) => {
        for (const id of [own, hasId(row) ? nowhere : '']) {
          const reply = await ask(row, home, { id, secret });
          expect(reply.status).toBe(403);
          expect(findLeaks(all, undefined, reply.text)).toEqual([]);
        }
        expect((await ask(row, home, { id: 'x', secret, body: '{ not json' })).status).toBe(garbled);
      }),
    );
  });
});

const hasId = ({ route }: Row) => route.path.includes(':id');
const deletes = (row: Row) => hasId(row) && row.route.method === 'delete';

describe.each([0, 1, 2])('household %i', (index) => {
  it("is answered for a neighbour's id as for that of nothing, byte by byte, and changes nothing of theirs", async () => {
    const home = all.homes[index] as Home;
    const neighbour = all.homes[home.number % all.homes.length] as Home;
    const own = new Set([...(all.ids.get(home)?.values() ?? [])].flat());
    const foreign = [...(all.ids.get(neighbour)?.values() ?? [])].flatMap(
      (ids) => ids.find((id) => !own.has(id)) ?? [],
    );
    const wrong: string[] = [];
    await leavingOthers(home, async () => {
      for (const row of rows.filter(hasId)) {
        const secret = await secretOf(row, home);
        const send = (id: string) => ask(row, home, { id, secret });
        const unknown = new Map<string, string>();
        for (const id of [nowhere, '999999']) unknown.set(id, alike(await send(id), id));
        if (![...unknown.values()].some((text) => text.startsWith('404 '))) wrong.push(`${row.name}: no 404`);
        await Promise.all(
          foreign.map(async (id) => {
            const reply = await send(id);
            const expected = unknown.get(/^\d+$/.test(id) ? '999999' : nowhere);
            if (alike(reply, id) !== expected) wrong.push(`${row.name} ${id}: ${reply.body} instead of ${expected}`);
            wrong.push(...findLeaks(all, home, reply.text, id).map((leak) => `${row.name} ${id} shows ${leak}`));
          }),
        );
      }
    });
    expect(wrong).toEqual([]);
  });

  it('is served its own by every route, and told of nobody else', async () => {
    const home = all.homes[index] as Home;
    const wrong: string[] = [];
    await leavingOthers(home, async () => {
      // What deletes comes last, for the others need something to be there.
      for (const row of [...rows.filter((each) => !deletes(each)), ...rows.filter(deletes)]) {
        const { name, request } = row;
        const secret = await secretOf(row, home);
        const replies: Reply[] = [];
        for (const id of request.of === undefined ? [''] : (all.ids.get(home)?.get(request.of) ?? []))
          replies.push(await ask(row, home, { id, secret }));
        // Of two kinds of alerts each has routes of its own; the other's ids are unknown to them.
        const good = replies.filter(({ status }) => status === request.status);
        const bad = replies.filter((reply) => !good.includes(reply) && !(request.of && reply.status === 404));
        wrong.push(...bad.map(({ status, body }) => `${name}: ${status} ${body}`));
        if (good.length === 0) wrong.push(`${name}: never ${request.status}`);
        const isMarked = good.some(({ text }) => home.marks.some((mark) => text.includes(mark)));
        if (request.isMarked !== false && !isMarked) wrong.push(`${name} shows nothing of ${home.name}`);
        for (const { text } of replies)
          wrong.push(...findLeaks(all, home, text).map((leak) => `${name} shows ${home.name} ${leak}`));
      }
    });
    expect(wrong).toEqual([]);
  });
});

/** A reply without what differs between two alike. */
function alike({ status, body }: Reply, id: string): string {
  return `${status} ${body.replace(new RegExp(`\\b${id}\\b`, 'g'), 'ID')}`;
}

/** A key of the kind that the route takes, from which all that its kind may was taken away. */
async function keyWithNothing({ accepted: [kind] }: Row, { tenant }: Home): Promise<string> {
  if (kind === undefined) throw new Error('No credential opens the route');
  const made = emptied.get(kind) ?? emptyKey(kind, tenant.id);
  emptied.set(kind, made);
  return made;
}

const emptied = new Map<string, Promise<string>>();

async function emptyKey(kind: (typeof kinds)[number], tenantId: string): Promise<string> {
  const { id, secret } = await all.gateway.createCredential(kind, { name: `emptied ${kind}`, tenantId });
  await all.gateway.store.database.em().nativeUpdate(Credential, { id }, { permissions: [] });
  const [row] = rows.filter(({ accepted }) => accepted.includes(kind)) as [Row];
  const isEmpty = async () => (await ask(row, all.homes[0] as Home, { secret })).status;
  await vi.waitFor(async () => expect(await isEmpty()).toBe(403), { timeout: 10_000 });
  return secret;
}

describe.each(dialects.flatMap(({ name, hubs = [] }) => hubs.map((hub) => ({ dialect: name, hub }))))(
  'WebSocket $hub.path',
  ({ hub }) => {
    it('tells a household of its own alone', async () => {
      const open = all.homes.map((home) => {
        const url = `${all.gateway.url.replace('http', 'ws')}${hub.path}?token=${home.tenant.token}`;
        const socket = new WebSocket(url);
        const frames: string[] = [];
        socket.on('message', (frame) => frames.push(String(frame)));
        return { home, socket, frames };
      });
      await Promise.all(open.map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))));
      for (const round of [1, 2]) {
        for (const home of all.homes) {
          const name = `${later}-${round}-${home.mark}`;
          await home.tenant.ingest(alertOf(home, { rule: { id: name, level: 9, description: name, groups: [name] } }));
        }
      }
      for (const { home, frames, socket } of open) {
        await expect.poll(() => frames.filter((frame) => frame.includes(`${later}-2-${home.mark}`)).length).toBe(1);
        socket.terminate();
        expect(frames).toHaveLength(2);
        expect(frames.flatMap((frame) => findLeaks(all, home, frame))).toEqual([]);
      }
    });

    it('opens to nobody else', async () => {
      const [home] = all.homes as [Home];
      const [needed] = Object.values(rootRequests).flatMap(({ document, permission }) =>
        document.includes('subscription { alertRaised') ? [permission] : [],
      );
      const keys = await Promise.all(kinds.slice(0, -1).map((kind) => all.gateway.key(kind, home.tenant.id)));
      const lacking = [...tokens].filter(([held]) => held !== needed).map(([, token]) => token);
      const knock = (token: string) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(`${all.gateway.url.replace('http', 'ws')}${hub.path}?token=${token}`);
          socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
          socket.on('open', () => resolve(101));
          socket.on('error', () => {});
        });
      expect(new Set(await Promise.all(['', 'unknown', ...keys].map(knock)))).toEqual(new Set([401]));
      expect(new Set(await Promise.all(lacking.map(knock)))).toEqual(new Set([403]));
    });
  },
);

describe('the paths of the server itself', () => {
  it.each(Object.keys(serverPaths))('%s shows a stranger nothing of any household', async (path) => {
    for (const method of ['GET', 'POST']) {
      const reply = await fetch(all.gateway.url + path, { method });
      expect(findLeaks(all, undefined, `${JSON.stringify([...reply.headers])}${await reply.text()}`)).toEqual([]);
    }
  });
});

describe('what sinks are sent', () => {
  it('is of the household that made them', () => {
    for (const home of all.homes) {
      const sent = all.receiver.received.filter(({ path }) => path.startsWith(`/${home.mark}`));
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.flatMap((request) => findLeaks(all, home, JSON.stringify(request)))).toEqual([]);
    }
  });
});
