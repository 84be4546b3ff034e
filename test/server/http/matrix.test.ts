import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { Credential } from '../../../server/modules/credential/credential.entity.ts';
import { alertOf } from '../../support/matrix/furnishings.ts';
import { findLeaks, type Home, type Homes, later, openHomes, signIn } from '../../support/matrix/homes.ts';
import { listRoutes, routeRequests, serverPaths } from '../../support/matrix/route-requests.ts';
import {
  type Asked,
  askRoute,
  dialects,
  kinds,
  type RouteReply,
  type RouteRow,
  rows,
  secretOf,
} from '../../support/matrix/route-rows.ts';
import { foreignIds, leavingOthers, tokensOf, unknownLike } from '../../support/matrix/witness.ts';
import { rootRequests } from '../../support/root-fields.ts';
import { nowhere } from '../../support/root-request.ts';
import { listFiles, read, scan } from '../../support/source-files.ts';

let all: Homes;
let tokens: ReadonlyMap<Permission | null, string>;
/** Of a person who may do everything in the first household. */
let session: { readonly secret: string; readonly cookie: string };

beforeAll(async () => {
  all = await openHomes();
  const made = all.homes.flatMap(({ tenant }) => kinds.map((kind) => all.gateway.key(kind, tenant.id)));
  await Promise.all(made);
  // What was made last is known only when all before it is.
  session = await signIn(all.homes[0] as Home, allPermissions);
  tokens = await tokensOf(all, all.homes[0] as Home);
});

afterAll(() => all.close());

const ask = (row: RouteRow, home: Home, asked: Asked) => askRoute(all, row, home, asked);

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
    const { secret: ofPerson, cookie } = session;
    const secrets = [undefined, 'unknown', ofPerson, ...keys].map((secret) => ({ secret, cookie: undefined }));
    for (const { secret, cookie: sent } of [...secrets, { secret: undefined, cookie }]) {
      for (const body of [undefined, '{ not json']) {
        const reply = await ask(row, home, { id: 'x', ...(secret !== undefined && { secret }), cookie: sent, body });
        const isUnread = request.isKeyInBody && secret === undefined && body !== undefined;
        expect([secret, sent, body, reply.status]).toEqual([secret, sent, body, isUnread ? 400 : 401]);
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

const hasId = ({ route }: RouteRow) => route.path.includes(':id');
const deletes = (row: RouteRow) => hasId(row) && row.route.method === 'delete';

describe.each([0, 1, 2])('household %i', (index) => {
  it("is answered for a neighbour's id as for that of nothing, byte by byte, and changes nothing of theirs", async () => {
    const home = all.homes[index] as Home;
    const foreign = foreignIds(all, home);
    const wrong: string[] = [];
    await leavingOthers(all, home, async () => {
      for (const row of rows.filter(hasId)) {
        const secret = await secretOf(all, row, home);
        const send = (id: string) => ask(row, home, { id, secret });
        const unknown = new Map<string, string>();
        for (const id of [nowhere, '999999']) unknown.set(id, alike(await send(id), id));
        if (![...unknown.values()].some((text) => text.startsWith('404 '))) wrong.push(`${row.name}: no 404`);
        await Promise.all(
          foreign.map(async (id) => {
            const reply = await send(id);
            const expected = unknown.get(unknownLike(id, nowhere));
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
    await leavingOthers(all, home, async () => {
      // What deletes comes last, for the others need something to be there.
      for (const row of [...rows.filter((each) => !deletes(each)), ...rows.filter(deletes)]) {
        const { name, request } = row;
        const secret = await secretOf(all, row, home);
        const replies: RouteReply[] = [];
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
function alike({ status, body }: RouteReply, id: string): string {
  return `${status} ${body.replace(new RegExp(`\\b${id}\\b`, 'g'), 'ID')}`;
}

/** A key of the kind that the route takes, from which all that its kind may was taken away. */
async function keyWithNothing({ accepted: [kind] }: RouteRow, { tenant }: Home): Promise<string> {
  if (kind === undefined) throw new Error('No credential opens the route');
  const made = emptied.get(kind) ?? emptyKey(kind, tenant.id);
  emptied.set(kind, made);
  return made;
}

const emptied = new Map<string, Promise<string>>();

async function emptyKey(kind: (typeof kinds)[number], tenantId: string): Promise<string> {
  const { id, secret } = await all.gateway.createCredential(kind, { name: `emptied ${kind}`, tenantId });
  await all.gateway.store.database.em().nativeUpdate(Credential, { id }, { permissions: [] });
  const [row] = rows.filter(({ accepted }) => accepted.includes(kind)) as [RouteRow];
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
      const knock = (token: string, headers: Record<string, string> = {}) =>
        new Promise<number>((resolve) => {
          const url = `${all.gateway.url.replace('http', 'ws')}${hub.path}?token=${token}`;
          const socket = new WebSocket(url, { headers });
          socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
          socket.on('open', () => resolve(101));
          socket.on('error', () => {});
        });
      const unknown = ['', 'unknown', session.secret, ...keys].map((token) => knock(token));
      expect(new Set(await Promise.all(unknown))).toEqual(new Set([401]));
      expect(await knock('', { Cookie: session.cookie })).toBe(401);
      expect(new Set(await Promise.all(lacking.map((token) => knock(token))))).toEqual(new Set([403]));
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
