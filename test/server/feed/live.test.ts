import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AlertGroupStepsRepository } from '../../../server/modules/alert-group/alert-group-steps.repository.ts';
import { DeviceStepsRepository } from '../../../server/modules/device/device-steps.repository.ts';
import { EventStepsRepository } from '../../../server/modules/event/event-steps.repository.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { aDevice } from '../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, openTenants, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterEach(dropSockets);

afterAll(() => gateway.close());

const groupFields =
  'cursor removedId manyChanged gap { after missed } group { id status count severity assignee { name } }';
const groups = `subscription ($filter: AlertGroupFilter, $after: String) {
  step: alertGroupChanged(filter: $filter, after: $after) { ${groupFields} } }`;
const events = `subscription ($filter: EventFilter, $after: String) {
  step: eventIngested(filter: $filter, after: $after) { cursor event { id severity } sampled { outOf } gap { missed } } }`;
const devices = `subscription ($after: String) {
  step: deviceChanged(after: $after) { cursor removedId device { id mac lastIp hostname friendlyName } gap { missed } } }`;

const next = async (socket: GraphqlSocket) => {
  const { payload } = await socket.next();
  expect(payload.errors).toBeUndefined();
  return payload.data.step;
};
const cursorOf = async (tenant: TestTenant): Promise<string> => (await tenant.read('{ feedCursor }')).feedCursor;
const rule = (id: string, level = 5) => aWazuhAlert({ rule: { id, level } });
const many = (count: number, record: (index: number) => object) => Array.from({ length: count }, (_, i) => record(i));
const listed = async (tenant: TestTenant) =>
  (await tenant.read('{ alertGroups(first: 200) { nodes { id status count severity assignee { name } } } }'))
    .alertGroups.nodes as { id: string; count: number; status: string }[];
const update = (tenant: TestTenant, id: string, version: number, change: object) =>
  tenant.read(
    'mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { id } }',
    { id, version, change },
  );
const resume = async (tenant: TestTenant, document: string, variables: object) => {
  const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
  socket.subscribe('resumed', document, variables);
  return socket;
};

describe('feedCursor', () => {
  it('is where every subscription goes on: what was stored between it and the subscription is pushed first', async () => {
    const tenant = await openTenant(gateway, 'Between');
    await tenant.ingest(rule('before'));
    await tenant.observe({ observations: [aDevice({ ip: '10.0.0.1' })] });
    const after = await cursorOf(tenant);
    await tenant.observe({ observations: [aDevice({ ip: '10.0.0.2' })] });
    const [event] = await tenant.ingest(rule('between'));
    const documents = [
      groups,
      events,
      devices,
      'subscription ($after: String) { step: alertRaised(after: $after) { alert { event { id } } } }',
    ];
    const [group, first, device, alert] = await Promise.all(
      documents.map(async (document) => next(await resume(tenant, document, { after }))),
    );
    expect(group).toMatchObject({ group: { count: 1, status: 'NEW' }, gap: null });
    expect(first.sampled).toBeNull();
    expect(device).toMatchObject({ device: { lastIp: '10.0.0.2' }, removedId: null });
    expect(alert).toEqual({ alert: { event: { id: event } } });
  });

  it.each([
    [groups, ':5'],
    [events, '5'],
    [events, '5:'],
    [devices, '5:99999999999999999'],
  ])('%# of another sequence is refused', async (document, after) => {
    const tenant = await openTenant(gateway, `Wrong ${after} ${document.length}`);
    const { payload } = await (await resume(tenant, document, { after })).next();
    expect(payload.errors ?? payload).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });
});

describe('alertGroupChanged', () => {
  it('tells of new groups, of their alerts and of their triage, by whom it is filtered', async () => {
    const tenant = await openTenant(gateway, 'Groups');
    const live = await tenant.live(groups);
    const grave = await tenant.live(groups, { filter: { severity: ['CRITICAL'] } });
    await tenant.ingest(rule('one'));
    const { group } = await next(live);
    expect(group).toEqual({ id: expect.any(String), status: 'NEW', count: 1, severity: 'LOW', assignee: null });
    await update(tenant, group.id, 1, { status: 'RESOLVED' });
    expect(await next(live)).toMatchObject({ group: { id: group.id, status: 'RESOLVED' } });
    await update(tenant, group.id, 2, { note: 'Looked at it' });
    expect(await next(live)).toMatchObject({ group: { id: group.id, status: 'RESOLVED' } });
    await tenant.ingest([rule('one', 15)]);
    const follower = await next(live);
    expect(follower.group).toMatchObject({ status: 'NEW', count: 1, severity: 'CRITICAL' });
    expect(follower.group.id).not.toBe(group.id);
    expect((await next(grave)).group.id).toBe(follower.group.id);
  });

  it('makes a storm of one group few messages, the last of which is how it stands', async () => {
    const tenant = await openTenant(gateway, 'Storm');
    const live = await tenant.live(groups);
    for (let batch = 0; batch < 12; batch++) await tenant.ingest(many(250, () => rule('storm')));
    let messages = 1;
    for (let step = await next(live); step.group.count < 3000; step = await next(live)) {
      expect(step.gap).toBeNull();
      messages++;
    }
    expect(messages).toBeLessThan(60);
  });

  it('makes a bulk change of many groups few messages, which add up to them, and so does taking it back', async () => {
    const tenant = await openTenant(gateway, 'Bulk');
    await tenant.ingest(many(620, (index) => rule(`bulk ${index}`)));
    const live = await tenant.live(groups);
    const change = { status: 'ARCHIVED' };
    const { updateAlertGroups: bulk } = await tenant.read(
      'mutation ($change: AlertGroupChange!) { updateAlertGroups(filter: {}, change: $change) { id total } }',
      { change },
    );
    expect(bulk.total).toBe(620);
    const told = async () => {
      const found: (number | null)[] = [];
      while (found.reduce((sum: number, count) => sum + (count ?? 1), 0) < 620) {
        const step = await next(live);
        expect(step.gap).toBeNull();
        found.push(step.manyChanged);
      }
      return found;
    };
    // Six hundreds, and the last twenty one by one; where some are gathered, fewer.
    expect((await told()).length).toBeLessThanOrEqual(26);
    const status = async () => (await tenant.read(`{ bulkChange(id: "${bulk.id}") { status } }`)).bulkChange.status;
    await expect.poll(status, { timeout: 10_000 }).toBe('DONE');
    await tenant.read(`mutation { undoBulkChange(id: "${bulk.id}") { id } }`);
    const undone = await told();
    expect(undone.reduce((sum: number, count) => sum + (count ?? 1), 0)).toBe(620);
  });

  it('tells of a group that has lost an alert, and of one that is gone with its last', async () => {
    const tenant = await openTenant(gateway, 'Deleted');
    await tenant.ingest([rule('twice'), rule('twice')]);
    const { alerts } = await tenant.read('{ alerts { nodes { id group { id } } } }');
    const live = await tenant.live(groups);
    const remove = (id: string) => tenant.read('mutation ($id: ID!) { deleteServerAlert(id: $id) { id } }', { id });
    await remove(alerts.nodes[0].id);
    expect(await next(live)).toMatchObject({ group: { count: 1 }, removedId: null });
    await remove(alerts.nodes[1].id);
    expect(await next(live)).toMatchObject({ group: null, removedId: alerts.nodes[0].group.id });
  });

  it('comes to what the list shows, over 25 cuts while alerts come in and are triaged, also in large steps', async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Cut', 'Beside the cut')) as [TestTenant, TestTenant];
    const shown = new Map<string, object>();
    let after = await cursorOf(tenant);
    const work = (async () => {
      for (let round = 0; round < 30; round++) {
        await tenant.ingest(
          many(1 + (round % 4) * 40, (index) => rule(`cut ${(round + index) % 17}`, 5 + (index % 3) * 4)),
        );
        if (round % 3 === 0) await neighbour.ingest(rule('theirs'));
        const [some] = await listed(tenant);
        if (round % 2 && some?.status === 'NEW')
          await update(tenant, some.id, 1, { status: 'SUPPRESSED' }).catch(() => {});
      }
    })();
    for (let cut = 0; cut < 25; cut++) {
      const socket = await resume(tenant, groups, { after });
      for (let count = 0; count <= cut % 3; count++) {
        const step = await next(socket);
        expect(step.gap).toBeNull();
        shown.set(step.group.id, step.group);
        after = step.cursor;
      }
      socket.drop();
      // When nothing is left to happen, there may be nothing left to be told.
      if (cut % 5 === 0) await tenant.ingest(rule('last', 5));
      else await tenant.ingest(rule(`more ${cut}`));
    }
    await work;
    const socket = await resume(tenant, groups, { after });
    const now = async () => Object.fromEntries((await listed(tenant)).map((group) => [group.id, group]));
    const expected = await now();
    await expect
      .poll(async () => {
        while (socket.received.length > 0) {
          const { group } = await next(socket);
          shown.set(group.id, group);
        }
        return Object.fromEntries(shown);
      })
      .toEqual(expected);
  });
});

describe('the steps in a gap', () => {
  it("are counted as those that would have been pushed: a group once, and the tenant's own alone", async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Counted', 'Beside the counted')) as [
      TestTenant,
      TestTenant,
    ];
    const [feed, event] = (await cursorOf(tenant)).split(':').map(Number) as [number, number];
    await tenant.ingest([rule('a'), rule('a'), rule('b'), rule('quiet', 1)]);
    await neighbour.ingest(rule('theirs'));
    await tenant.observe({ observations: [aDevice({ ip: '10.0.0.1' }), aDevice({ ip: '10.0.0.2' })] });
    const [first] = await listed(tenant);
    await update(tenant, String(first?.id), 1, { status: 'RESOLVED' });
    const [lastFeed, lastEvent] = (await cursorOf(tenant)).split(':').map(Number) as [number, number];
    const { database } = gateway.store;
    expect(await new AlertGroupStepsRepository(database).countSteps(tenant.id, feed, lastFeed)).toBe(2);
    expect(await new DeviceStepsRepository(database).countSteps(tenant.id, feed, lastFeed)).toBe(2);
    expect(await new EventStepsRepository(database).countSteps(tenant.id, event, lastEvent)).toBe(5);
  });
});
