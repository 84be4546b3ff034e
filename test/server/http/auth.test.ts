import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCidrs } from '../../../server/cidr.ts';
import { Browser } from '../../support/browser.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { runTocsin, settingsOf } from '../../support/server-process.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;
/** Wall clock of the server, in milliseconds; it goes on when a test says so. */
let now = Date.now();
const hour = 3_600_000;
/** What the server does once a minute. */
const eachMinute: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const every = (ms: number, callBack: () => Promise<void>) => {
    if (ms === 60_000) eachMinute.push(callBack);
    return () => {};
  };
  gateway = await startTestGateway({ now: () => now, every, config: { trustedProxies: readCidrs('127.0.0.0/8') } });
});

afterAll(() => gateway.close());

let senders = 0;
/** Requests from an address that has sent none before. */
function fromElsewhere(): Record<string, string> {
  senders++;
  return { 'X-Forwarded-For': `198.51.${senders >> 8}.${senders & 255}` };
}

const me = '{ me { user { email role { id } } permissions tenant { name } credential { kind } sessionExpiresAt } }';
const wrong = { code: 'INVALID_CREDENTIALS', message: 'The e-mail address or the password is wrong' };

/** A WebSocket with the cookie of a browser. */
async function openWith({ cookie }: Browser, origin = gateway.url): Promise<GraphqlSocket> {
  const socket = await GraphqlSocket.open(gateway.url, { origin, cookie: `tocsin_session=${cookie}` });
  socket.send({ type: 'connection_init' });
  return socket;
}

/** The audit log's entries of an action, the latest first. */
async function audited(action: string, read = '{ auditLog(first: 100) { nodes { action userId subject details } } }') {
  const { data } = await gateway.graphql(read);
  return data.auditLog.nodes.filter((entry: { action: string }) => entry.action === action);
}

describe('the first person', () => {
  it('comes in by a link that works once, and is the administrator', async () => {
    const browser = new Browser(gateway);
    expect((await browser.auth('session')).body).toEqual({ state: 'setup' });
    const made = await runTocsin(['setup-link', '--json'], {
      ...settingsOf(gateway.config),
      TOCSIN_PUBLIC_URL: 'https://t.example/',
    });
    const [, token] = /^https:\/\/t\.example\/setup#token=(\S+)$/.exec(JSON.parse(made.stdout).link) ?? [];
    const { secret: other } = (await gateway.store.setupLinks.forFirst())!;
    expect((await browser.auth('link', { token })).body).toEqual({ kind: 'setup' });

    const form = { token, email: 'Ada@example.org', name: 'Ada', password: 'correct horse' };
    const short = await browser.auth('setup', { ...form, password: 'short' });
    expect(short).toMatchObject({ status: 400, body: { error: { code: 'BAD_USER_INPUT', field: 'password' } } });
    const nobody = await browser.auth('setup', { ...form, email: 'nobody' });
    expect(nobody).toMatchObject({ status: 400, body: { error: { code: 'BAD_USER_INPUT', field: 'email' } } });
    const done = await browser.auth('setup', form);
    expect(done.status).toBe(204);
    expect(done.headers.get('set-cookie')).toMatch(
      /^tocsin_session=tocsin_session_\w+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );

    const { data } = await browser.graphql(me);
    expect(data.me).toMatchObject({
      user: { email: 'ada@example.org', role: { id: 'ADMINISTRATOR' } },
      tenant: { name: 'Default' },
      credential: { kind: 'SESSION' },
      sessionExpiresAt: new Date(now + 12 * hour).toISOString(),
    });
    expect(data.me.permissions).toContain('USERS_WRITE');
    expect((await browser.auth('session')).body).toEqual({ state: 'signed-in' });
    for (const spent of [token, other, 'tocsin_setup_x', '']) {
      const again = await new Browser(gateway).auth('setup', { ...form, email: 'eve@example.org', token: spent });
      expect(again).toMatchObject({ status: 403, body: { error: { code: 'LINK_USED' } } });
    }
    expect((await new Browser(gateway).auth('session')).body).toEqual({ state: 'signed-out' });
    expect(await audited('SETUP')).toMatchObject([{ subject: expect.any(String), details: { kind: 'setup' } }]);
    const { database } = gateway.store;
    const stored = JSON.stringify(
      await Promise.all(['credential', 'setup_link'].map((table) => database.read(`select * from ${table}`, []))),
    );
    for (const secret of [browser.cookie, token, other]) expect(stored).not.toContain(secret);
    const refused = await runTocsin(['setup-link'], settingsOf(gateway.config));
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('say with --user') });
  });
});

describe('signing in', () => {
  it('answers an unknown address, a user without a password and a disabled one like a wrong password', async () => {
    const { users } = gateway.store;
    await users.create(gateway.tenantId, { email: 'none@example.org', permissions: [] });
    const password = 'a good password';
    await users.create(gateway.tenantId, { email: 'gone@example.org', permissions: [], password });
    await users.setDisabled('gone@example.org', true);
    const known = await users.create(gateway.tenantId, { email: 'ben@example.org', permissions: [], password });
    const replies = await Promise.all(
      ['ghost@example.org', 'no address', 'none@example.org', 'gone@example.org', 'ben@example.org'].map((email) =>
        new Browser(gateway).auth(
          'sign-in',
          { email, password: email.startsWith('ben') ? 'another' : password },
          fromElsewhere(),
        ),
      ),
    );
    for (const { status, body } of replies) expect({ status, body }).toEqual({ status: 401, body: { error: wrong } });
    await vi.waitFor(async () => {
      const failed = await audited('SIGN_IN_FAILED');
      expect(failed.map(({ details }: { details: { email: string } }) => details.email).sort()).toEqual([
        'ben@example.org',
        'gone@example.org',
        'none@example.org',
      ]);
      expect(failed).toContainEqual(
        expect.objectContaining({
          userId: null,
          subject: known.id,
          details: expect.objectContaining({ address: expect.stringMatching(/^198\.51\./) }),
        }),
      );
    });
    const browser = new Browser(gateway);
    expect((await browser.auth('sign-in', { email: ' BEN@example.org', password }, fromElsewhere())).status).toBe(204);
    expect(await audited('SIGN_IN')).toContainEqual(expect.objectContaining({ userId: known.id }));
  });

  it('makes who guesses at an account wait, wherever the guesses come from', async () => {
    const account = { email: 'cat@example.org', password: 'the right password' };
    await gateway.store.users.create(gateway.tenantId, { ...account, permissions: [] });
    const guess = (password: string) => new Browser(gateway).auth('sign-in', { ...account, password }, fromElsewhere());
    for (let tries = 0; tries < 3; tries++) expect((await guess('wrong')).status).toBe(401);
    const { status, headers, body } = await guess(account.password);
    expect({ status, wait: headers.get('retry-after') }).toEqual({ status: 429, wait: '1' });
    expect(body).toEqual({ error: { code: 'RATE_LIMITED', message: 'Too many tries; try again in 1 s' } });
    now += 1000;
    expect((await guess(account.password)).status).toBe(204);
  });

  it('takes ten wrong tries a minute from an address, those at links too', async () => {
    const address = fromElsewhere();
    const ask = (from: Record<string, string>) => new Browser(gateway).auth('link', { token: 'wrong' }, from);
    for (let tries = 0; tries < 10; tries++) expect((await ask(address)).status).toBe(403);
    const { status, headers } = await ask(address);
    expect({ status, wait: headers.get('retry-after') }).toEqual({ status: 429, wait: '60' });
    const form = { email: 'ada@example.org', password: 'correct horse' };
    expect((await new Browser(gateway).auth('sign-in', form, address)).status).toBe(429);
    expect((await ask(fromElsewhere())).status).toBe(403);
    now += 60_000;
    expect((await ask(address)).status).toBe(403);
  });

  it.each([
    ['a page of another origin', { Origin: 'https://evil.example' }, 403, 'FORBIDDEN'],
    ['a page without an origin', { Origin: 'null' }, 403, 'FORBIDDEN'],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'BAD_USER_INPUT'],
    ['a text', { 'Content-Type': 'text/plain' }, 415, 'BAD_USER_INPUT'],
  ])('is refused for %s', async (_, headers, status, code) => {
    const form = { email: 'ada@example.org', password: 'correct horse' };
    const reply = await new Browser(gateway).auth('sign-in', form, { ...fromElsewhere(), ...headers });
    expect(reply).toMatchObject({ status, body: { error: { code } } });
    expect(reply.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['{', 400, undefined],
    ['[]', 400, 'email'],
    ['{"email": 1, "password": "x"}', 400, 'email'],
    ['{"email": "a@b.org", "password": {"$ne": ""}}', 400, 'password'],
    [`{"email": "${'a'.repeat(20_000)}"}`, 413, undefined],
  ])('refuses the body %.40s', async (body, status, field) => {
    const reply = await new Browser(gateway).auth('sign-in', body, fromElsewhere());
    expect(reply.status).toBe(status);
    expect(reply.body.error?.field).toBe(field);
  });
});

describe('a session', () => {
  it('is over when its person signs out', async () => {
    const { browser } = await Browser.of(gateway, 'eva@example.org');
    const { cookie } = browser;
    const out = await browser.auth('sign-out', {});
    expect({ status: out.status, cookie: browser.cookie }).toEqual({ status: 204, cookie: undefined });
    browser.cookie = cookie;
    await vi.waitFor(async () => expect((await browser.auth('session')).body).toEqual({ state: 'signed-out' }));
    expect((await browser.graphql(me)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await audited('SIGN_OUT')).toHaveLength(1);
  });

  it('lives on while it is used, twelve hours from its last use, and thirty days at most', async () => {
    const { browser } = await Browser.of(gateway, 'fay@example.org');
    const idle = (await Browser.of(gateway, 'gil@example.org')).browser;
    const began = now;
    const endsAt = async () => Date.parse((await browser.graphql(me)).data.me.sessionExpiresAt);
    const aMinute = async () => {
      for (const work of eachMinute) await work();
    };
    while (now < began + 30 * 24 * hour - 11 * hour) {
      await endsAt();
      await aMinute();
      expect(await endsAt()).toBe(Math.min(now + 12 * hour, began + 30 * 24 * hour));
      now += 11 * hour;
    }
    await endsAt();
    await aMinute();
    expect(await endsAt()).toBe(began + 30 * 24 * hour);
    expect((await idle.auth('session')).body).toEqual({ state: 'signed-out' });
    now = began + 30 * 24 * hour;
    await vi.waitFor(async () => expect((await browser.auth('session')).body).toEqual({ state: 'signed-out' }));
  });

  it('is for GraphQL from pages of this server alone', async () => {
    const { browser } = await Browser.of(gateway, 'hal@example.org');
    expect((await browser.graphql(me)).status).toBe(200);
    for (const Origin of ['https://evil.example', 'null']) {
      const { status, errors } = await browser.graphql(me, {}, { Origin });
      expect({ status, code: errors?.[0]?.extensions['code'] }).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
    const headers = { Cookie: `tocsin_session=${browser.cookie}`, 'Content-Type': 'application/json' };
    const ask = (more: Record<string, string>) => gateway.post('/graphql', { query: me }, { ...headers, ...more });
    expect((await ask({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await ask({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    expect((await ask({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    const simple = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { Cookie: headers.Cookie },
    });
    expect(simple.status).toBe(400);
  });

  it('opens no dialect, is no token, and gives way to an Authorization header', async () => {
    const { browser } = await Browser.of(gateway, 'ivy@example.org');
    const Cookie = `tocsin_session=${browser.cookie}`;
    const get = (path: string, headers: Record<string, string>) => fetch(gateway.url + path, { headers });
    expect((await get('/api/v1/networks', { Cookie })).status).toBe(401);
    expect((await get('/api/v1/networks', { Authorization: `Bearer ${browser.cookie}` })).status).toBe(401);
    const asToken = await gateway.graphql(me, {}, browser.cookie);
    expect(asToken.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const { errors } = await browser.graphql(me, {}, { Authorization: 'Bearer nonsense' });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const { data } = await browser.graphql(me, {}, { Authorization: `Bearer ${await gateway.key('API_TOKEN')}` });
    expect(data.me).toMatchObject({ user: null, credential: { kind: 'API_TOKEN' }, sessionExpiresAt: null });
  });

  it('opens a WebSocket from pages of this server, which closes when the session is revoked', async () => {
    const { browser, user } = await Browser.of(gateway, 'jan@example.org');
    await expect(openWith(browser, 'https://evil.example')).rejects.toThrow(/403/);
    const stranger = await openWith(new Browser(gateway, `${browser.cookie}x`));
    expect((await stranger.closed).code).toBe(4403);
    const socket = await openWith(browser);
    expect((await socket.next()).type).toBe('connection_ack');
    const { data } = await browser.graphql('{ sessions { id userId isCurrent } }');
    const own = data.sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent);
    expect(own.userId).toBe(user.id);
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { id } }';
    expect((await browser.graphql(revoke, { id: own.id })).data.revokeSession).toEqual({ id: own.id });
    expect((await socket.closed).code).toBe(4403);
    expect(await audited('REVOKE_SESSION')).toMatchObject([{ subject: own.id, userId: user.id }]);
  });

  it('lives on while somebody only watches by it, thirty days at most, and then the watcher is told', async () => {
    const { browser, user } = await Browser.of(gateway, 'liv@example.org');
    const idle = (await Browser.of(gateway, 'mia@example.org')).browser;
    const socket = await openWith(browser);
    expect((await socket.next()).type).toBe('connection_ack');
    const { database } = gateway.store;
    const rows = () =>
      database.read<{ ends: number }>('select expires_at as ends from credential where user_id = ?', [user.id]);
    const comesToEnd = (at: number) =>
      vi.waitFor(
        async () => {
          for (const work of eachMinute) await work();
          expect(await rows()).toEqual([{ ends: at }]);
        },
        { timeout: 5000, interval: 20 },
      );
    for (const left of [12, 12, 12, 2]) {
      now += 11 * hour;
      if (left < 12)
        await database.em().execute('update credential set created_at = ?', [now - (30 * 24 - left) * hour], 'run');
      await comesToEnd(now + left * hour);
    }
    expect((await idle.auth('session')).body).not.toEqual({ state: 'signed-in' });
    now += 2 * hour;
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('has a cookie for https alone where people reach the server by https', async () => {
    await using behind = await startTestGateway({ config: { publicUrl: 'https://tocsin.example' } });
    const { secret } = (await behind.store.setupLinks.forFirst())!;
    const form = { token: secret, email: 'kim@example.org', name: 'Kim', password: 'correct horse' };
    const reply = await new Browser(behind).auth('setup', form, { Origin: 'https://tocsin.example' });
    expect(reply.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
  });
});
