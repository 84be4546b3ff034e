import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { countSubscriptions, openTenant, openTenants, readMetric, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
const fields = 'cursor alert { id } gap { after missed }';
const document = `subscription ($after: String) { alertRaised(after: $after) { ${fields} } }`;
/** A step of this one is some 100 kB, so that little of it fits between server and client. */
const heavy = `subscription { alertRaised { ${fields} ${Array.from({ length: 15 }, (_, index) => `a${index}: alert { message }`).join(' ')} } }`;
const padded = aWazuhAlert({ full_log: 'x'.repeat(7000) });

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterEach(dropSockets);

afterAll(() => gateway.close());

async function nextStep(socket: GraphqlSocket) {
  const { payload } = await socket.next();
  expect(payload.errors).toBeUndefined();
  const { cursor, alert, gap } = payload.data.alertRaised;
  return {
    cursor: Number(cursor),
    id: alert?.id as string | undefined,
    gap: gap as { after: string; missed: number } | null,
  };
}

const ingest = async (tenant: TestTenant, count: number, record: object = padded) => {
  for (let left = count; left > 0; left -= 100)
    await tenant.ingest(Array.from({ length: Math.min(100, left) }, () => record));
};

describe('a subscriber that stops reading while more than 1,000 alerts come in', () => {
  it('is told of the gap, can fetch exactly what it missed, and goes on live; the others are not held up', async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Stalled', 'Beside the stalled')) as [
      TestTenant,
      TestTenant,
    ];
    const healthy = await tenant.live(document);
    const apart = await neighbour.live(document);
    const stalled = await tenant.live(heavy);
    await ingest(tenant, 1);
    const first = await nextStep(stalled);
    stalled.socket.pause();

    const every = [(await nextStep(healthy)).id];
    let slowest = 0;
    for (let round = 0; round < 15; round++) {
      await ingest(tenant, 100);
      await neighbour.ingest(aWazuhAlert());
      const startedAt = performance.now();
      for (let count = 0; count < 100; count++) every.push((await nextStep(healthy)).id);
      expect(await nextStep(apart)).toMatchObject({ gap: null });
      slowest = Math.max(slowest, performance.now() - startedAt);
    }
    expect(slowest).toBeLessThan(2000);
    expect(every).not.toContain(undefined);

    stalled.socket.resume();
    const got = [first];
    while (!got.at(-1)?.gap) got.push(await nextStep(stalled));
    const notice = got.pop();
    expect(notice).toEqual({
      cursor: expect.any(Number),
      id: undefined,
      gap: { after: String(got.at(-1)?.cursor), missed: every.length - got.length },
    });
    expect(got.map(({ id }) => id)).toEqual(every.slice(0, got.length));

    await ingest(tenant, 2);
    const later = [await nextStep(stalled), await nextStep(stalled)];
    expect(later).toMatchObject([{ gap: null }, { gap: null }]);
    expect(later[0]?.cursor).toBeGreaterThan(Number(notice?.cursor));

    const resumed = await tenant.live(document, { after: notice?.gap?.after });
    const missed: unknown[] = [];
    while (missed.length < Number(notice?.gap?.missed)) missed.push((await nextStep(resumed)).id);
    expect(missed).toEqual(every.slice(got.length));
    expect((await nextStep(resumed)).id).toBe(later[0]?.id);
    expect(await readMetric(gateway, 'tocsin_subscription_gaps_total')).toBe(1);
    for (const socket of [healthy, apart, stalled, resumed]) socket.drop();
  });

  it('of another tenant is told of no gap, for it missed nothing', async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Quiet', 'Busy')) as [TestTenant, TestTenant];
    const stalled = await tenant.live(heavy);
    stalled.socket.pause();
    await ingest(tenant, 300);
    await ingest(neighbour, 1500, aWazuhAlert());
    stalled.socket.resume();
    for (let count = 0; count < 300; count++) expect(await nextStep(stalled)).toMatchObject({ gap: null });
    await ingest(tenant, 1);
    expect(await nextStep(stalled)).toMatchObject({ id: expect.any(String), gap: null });
    stalled.drop();
  });
});

describe('a subscriber that reads as fast as it can', () => {
  it('is given every alert of one large request, without a gap', async () => {
    const tenant = await openTenant(gateway, 'Burst');
    const socket = await tenant.live(document);
    await tenant.ingest(Array.from({ length: 3000 }, () => aWazuhAlert()));
    const ids: unknown[] = [];
    while (ids.length < 3000) {
      const { id, gap } = await nextStep(socket);
      expect(gap).toBeNull();
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(3000);
    socket.drop();
  });
});

describe('the socket of a revoked token', () => {
  it('is closed with 4403 within five seconds and is told nothing more', async () => {
    const tenant = await openTenant(gateway, 'Revoked');
    const { id, secret } = await gateway.createCredential('API_TOKEN', { tenantId: tenant.id, name: 'To be revoked' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const doomed = await GraphqlSocket.connect(gateway.url, secret);
    doomed.subscribe('live', document);
    const kept = await tenant.live(document);
    await tenant.ingest(aWazuhAlert());
    await nextStep(doomed);
    const before = await countSubscriptions(gateway);
    const revokedAt = Date.now();
    await gateway.store.credentials.revoke(id);

    expect(await doomed.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(Date.now() - revokedAt).toBeLessThan(5000);
    expect(doomed.received).toEqual([]);
    await tenant.ingest(aWazuhAlert());
    await nextStep(kept);
    await nextStep(kept);
    expect(await countSubscriptions(gateway)).toBe(before - 1);
    const reply = await gateway.graphql('{ about { version } }', {}, secret);
    expect(reply).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    kept.drop();
  });
});

describe('a subscription that is left', () => {
  const gone = (count: number) =>
    vi.waitFor(async () => expect(await countSubscriptions(gateway)).toBe(count), { timeout: 2000, interval: 20 });

  it('while nothing happens ends at once, and the socket stays open', async () => {
    await gone(0);
    const tenant = await openTenant(gateway, 'Leaving');
    const socket = await tenant.live(document);
    socket.send({ type: 'complete', id: 'live' });
    await gone(0);
    socket.subscribe('live', document);
    await vi.waitFor(async () => expect(await countSubscriptions(gateway)).toBe(1));
    await tenant.ingest(aWazuhAlert());
    expect(await nextStep(socket)).toMatchObject({ gap: null });
    socket.drop();
    await gone(0);
  });

  it('by closing the socket, by cutting it, or by many at once leaves none behind', async () => {
    await gone(0);
    const tenant = await openTenant(gateway, 'Many leaving');
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => GraphqlSocket.connect(gateway.url, tenant.token)),
    );
    for (const socket of sockets) for (const id of ['a', 'b', 'c']) socket.subscribe(id, document);
    await gone(60);
    for (const [index, socket] of sockets.entries()) {
      if (index % 2) socket.drop();
      else socket.socket.close();
    }
    await gone(0);
  });

  it('before it was taken up leaves none behind', async () => {
    const tenant = await openTenant(gateway, 'Hasty');
    for (let round = 0; round < 20; round++) {
      const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
      socket.subscribe('hasty', document);
      if (round % 2) socket.send({ type: 'complete', id: 'hasty' });
      socket.socket.close();
      await socket.closed;
    }
    await gone(0);
  });
});
