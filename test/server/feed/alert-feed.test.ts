import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { readPages } from '../../support/pages.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { countSubscriptions, openTenant, openTenants, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
const document = `subscription ($filter: AlertFilter, $after: String) {
  alertRaised(filter: $filter, after: $after) { cursor alert { id severity } gap { after missed } } }`;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterEach(dropSockets);

afterAll(() => gateway.close());

interface Step {
  readonly cursor: string;
  readonly alert: { readonly id: string; readonly severity: string } | null;
  readonly gap: { readonly after: string; readonly missed: number } | null;
}

async function nextStep(socket: GraphqlSocket): Promise<Step> {
  const { payload } = await socket.next();
  expect(payload).toEqual({ data: { alertRaised: expect.any(Object) } });
  return payload.data.alertRaised;
}

async function resume(tenant: TestTenant, after: string | null, filter: object | null = null): Promise<GraphqlSocket> {
  const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
  socket.subscribe('resumed', document, { after, filter });
  return socket;
}

const oldestFirst = ', orderBy: { field: RECEIVED_AT, direction: ASC }';

/** Posts alerts in batches of changing size until it is told to stop; a neighbour's lie between them. */
function keepIngesting(tenant: TestTenant, neighbour: TestTenant): () => Promise<void> {
  let isRunning = true;
  const running = (async () => {
    for (let round = 0; isRunning; round++) {
      await tenant.ingest(
        Array.from({ length: 1 + (round % 5) }, () => aWazuhAlert({ rule: { level: 5 + (round % 3) * 4 } })),
      );
      if (round % 2 === 0) await neighbour.ingest(aWazuhAlert());
    }
  })();
  return async () => {
    isRunning = false;
    await running;
  };
}

describe('a subscriber that is cut off and resumes with its last cursor', () => {
  it.each([
    ['without a filter', null, ''],
    ['with a filter', { severity: ['LOW', 'HIGH'] }, ', filter: { severity: [LOW, HIGH] }'],
  ])('%s misses nothing and sees nothing twice, over 30 cuts while alerts come in', async (name, filter, args) => {
    const [tenant, neighbour] = await openTenants(gateway, `Resuming ${name}`, `Beside ${name}`);
    if (!tenant || !neighbour) throw new Error('There are no tenants');
    const stop = keepIngesting(tenant, neighbour);
    const seen: Step[] = [];
    const cursor = () => seen.at(-1)?.cursor ?? '0';
    for (let cut = 0; cut < 30; cut++) {
      const socket = await resume(tenant, cursor(), filter);
      for (let count = 0; count < 1 + ((cut * 7) % 11); count++) seen.push(await nextStep(socket));
      socket.drop();
    }
    await stop();
    const expected = await readPages(tenant, { field: 'alerts', args: args + oldestFirst, first: 200 });
    const socket = await resume(tenant, cursor(), filter);
    while (seen.length < expected.length) seen.push(await nextStep(socket));
    socket.drop();
    expect(seen.map(({ alert }) => alert?.id)).toEqual(expected);
    expect(seen.filter(({ gap }) => gap !== null)).toEqual([]);
    const cursors = seen.map((step) => Number(step.cursor));
    expect(cursors).toEqual(cursors.toSorted((left, right) => left - right));
  });
});

describe('alertRaised(after)', () => {
  it('replays everything from the cursor 0 on, far beyond what is kept in memory, then goes on live', async () => {
    const tenant = await openTenant(gateway, 'Replay');
    for (let batch = 0; batch < 5; batch++) await tenant.ingest(Array.from({ length: 500 }, () => aWazuhAlert()));
    const before = await readPages(tenant, { field: 'alerts', args: oldestFirst, first: 200 });
    const socket = await resume(tenant, '0');
    const steps: Step[] = [];
    while (steps.length < before.length) steps.push(await nextStep(socket));
    expect(steps.map(({ alert }) => alert?.id)).toEqual(before);
    await tenant.ingest(aWazuhAlert({ rule: { level: 15 } }));
    expect(await nextStep(socket)).toMatchObject({ alert: { severity: 'CRITICAL' }, gap: null });
    socket.drop();
  });

  it('goes on after the very step it names', async () => {
    const tenant = await openTenant(gateway, 'After');
    await tenant.ingest([1, 2, 3].map(() => aWazuhAlert()));
    const first = await resume(tenant, '0');
    const steps = [await nextStep(first), await nextStep(first), await nextStep(first)];
    first.drop();
    for (const [index, step] of steps.entries()) {
      const again = await resume(tenant, step.cursor);
      for (const following of steps.slice(index + 1)) expect(await nextStep(again)).toEqual(following);
      expect(again.received).toEqual([]);
      again.drop();
    }
  });

  it('takes the latest cursor of all, though it belongs to another tenant', async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Latest', 'Latest beside')) as [TestTenant, TestTenant];
    const theirs = await neighbour.live(document);
    await neighbour.ingest(aWazuhAlert());
    const { cursor } = await nextStep(theirs);
    theirs.drop();
    const socket = await resume(tenant, cursor);
    await tenant.ingest(aWazuhAlert({ rule: { level: 15 } }));
    expect(await nextStep(socket)).toMatchObject({ alert: { severity: 'CRITICAL' } });
    socket.drop();
  });

  it('starts from now on without a cursor', async () => {
    const tenant = await openTenant(gateway, 'From now on');
    await tenant.ingest(aWazuhAlert());
    const socket = await tenant.live(document);
    await tenant.ingest(aWazuhAlert({ rule: { level: 15 } }));
    expect(await nextStep(socket)).toMatchObject({ alert: { severity: 'CRITICAL' } });
    socket.drop();
  });

  const problem = 'is not a cursor of this feed';
  it.each([
    ['', problem],
    ['-1', problem],
    ['1.5', problem],
    ['x', problem],
    ['0x10', problem],
    ['1e3', problem],
    [' 1', problem],
    ['1_2', problem],
    ['٣', problem],
    ['99999999999999999999', problem],
    ['01940000-0000-7000-8000-000000000000', problem],
    ['900719925474099', 'lies ahead of this feed: it belongs to another database'],
  ])('"%s" is refused', async (after, words) => {
    const tenant = await openTenant(gateway, `Cursor ${after}`);
    const socket = await resume(tenant, after);
    const { type, payload } = await socket.next();
    const error = { message: `after: ${words}`, extensions: { code: 'BAD_USER_INPUT', field: 'after' } };
    expect(type === 'error' ? payload : payload.errors).toMatchObject([error]);
    expect(await socket.next()).toEqual({ id: 'resumed', type: 'complete' });
    socket.drop();
  });
});

describe('subscribers that ask alike', () => {
  it('are all given the same, in the same order', async () => {
    const tenant = await openTenant(gateway, 'Fifty');
    const sockets = await Promise.all(
      Array.from({ length: 50 }, () => GraphqlSocket.connect(gateway.url, tenant.token)),
    );
    for (const socket of sockets) socket.subscribe('same', document);
    const last = await tenant.live(document);
    await vi.waitFor(async () => expect(await countSubscriptions(gateway)).toBe(51), 5000);
    const count = 24;
    for (let batch = 0; batch < 4; batch++) await tenant.ingest(Array.from({ length: count / 4 }, () => aWazuhAlert()));
    const expected: unknown[] = [];
    while (expected.length < count) expected.push((await last.next()).payload);
    for (const socket of sockets) {
      const given: unknown[] = [];
      while (given.length < count) given.push((await socket.next()).payload);
      expect(given).toEqual(expected);
    }
    for (const socket of [...sockets, last]) {
      expect(socket.received).toEqual([]);
      socket.drop();
    }
  });

  it('with other variables or fields are each given their own', async () => {
    const tenant = await openTenant(gateway, 'Each their own');
    const high = await tenant.live(document, { filter: { severity: ['HIGH'] } });
    const brief = await tenant.live('subscription { alertRaised { alert { severity } } }');
    const renamed = await tenant.live('subscription { raised: alertRaised { alert { level group { count } } } }');
    await tenant.ingest([aWazuhAlert(), aWazuhAlert({ rule: { level: 12 } })]);
    expect(await nextStep(high)).toMatchObject({ alert: { severity: 'HIGH' } });
    expect((await brief.next()).payload).toEqual({ data: { alertRaised: { alert: { severity: 'LOW' } } } });
    expect((await brief.next()).payload).toEqual({ data: { alertRaised: { alert: { severity: 'HIGH' } } } });
    expect((await renamed.next()).payload).toEqual({ data: { raised: { alert: { level: 10, group: { count: 2 } } } } });
    for (const socket of [high, brief, renamed]) socket.drop();
  });
});
