import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { aDevice } from '../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterEach(dropSockets);

afterAll(() => gateway.close());

const groups = 'subscription { step: alertGroupChanged { group { id } } }';
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
const resume = async (tenant: TestTenant, document: string, variables: object) => {
  const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
  socket.subscribe('resumed', document, variables);
  return socket;
};

describe('eventIngested', () => {
  it('pushes every event in order while they are few', async () => {
    const tenant = await openTenant(gateway, 'Few');
    const live = await tenant.live(events);
    const sent = await tenant.ingest(many(20, () => rule('few', 1)));
    for (const id of sent) expect(await next(live)).toMatchObject({ event: { id }, sampled: null, gap: null });
  });

  it.each([
    ['all of them', {}, 2000],
    ['those of a filter', { severity: ['HIGH'] }, 500],
  ])('samples when they are many, and says what of: %s', async (name, filter, fitting) => {
    const tenant = await openTenant(gateway, `Many ${name}`);
    const live = await tenant.live(events, { filter });
    const sent: string[] = [];
    for (let batch = 0; batch < 4; batch++) {
      sent.push(...(await tenant.ingest(many(500, (index) => rule('many', index % 4 === 3 ? 12 : 3)))));
    }
    let told = 0;
    let messages = 0;
    let last: string | undefined;
    while (told < fitting) {
      const { event, sampled, gap } = await next(live);
      expect(gap).toBeNull();
      told += sampled?.outOf ?? 1;
      messages++;
      last = event.id;
    }
    expect(told).toBe(fitting);
    expect(last).toBe(sent.at(-1));
    expect(messages).toBeLessThan(fitting);
  });

  it('tells of what a search finds, its relative times meant as of then', async () => {
    const tenant = await openTenant(gateway, 'Searching');
    const search = '"Failed password" severity>=high -host:web-02 last:1h';
    const live = await tenant.live(events, { filter: { search, isAlert: true } });
    const event = (level: number, full_log: string, name = 'web-01') =>
      aWazuhAlert({ rule: { id: 'searched', level, description: 'Login' }, full_log, agent: { id: name, name } });
    const at = new Date().toISOString();
    const records = [
      event(12, 'sshd: password failed'),
      event(5, 'sshd: failed password'),
      event(12, 'sshd: failed password', 'web-02'),
      event(12, 'sshd: FAILED password for root'),
    ].map((record) => ({ ...record, timestamp: at }));
    const sent = await tenant.ingest([
      ...records,
      { ...event(12, 'failed password'), timestamp: '2020-01-01T00:00:00Z' },
    ]);
    const last = await tenant.ingest({ ...event(13, 'failed passwords'), timestamp: at });
    const told = [(await next(live)).event, (await next(live)).event];
    expect(told.map(({ id }) => id)).toEqual([sent[3], last[0]]);
    const { events: found } = await tenant.read(
      'query ($filter: EventFilter) { events(filter: $filter) { nodes { id } } }',
      { filter: { search } },
    );
    expect(found.nodes.map(({ id }: { id: string }) => id).reverse()).toEqual(told.map(({ id }) => id));
  });

  it.each([
    [events, { filter: { search: 'sevrity:high' } }, /^search: at character 1: there is no field "sevrity"/],
    [
      'subscription ($filter: AlertGroupFilter) { step: alertGroupChanged(filter: $filter) { cursor } }',
      { filter: { search: 'severity:high' } },
      /^search: groups cannot be followed by a search/,
    ],
  ])('is refused with a search that cannot be followed: %#', async (document, variables, message) => {
    const tenant = await openTenant(gateway, `Refused ${message}`);
    const socket = await resume(tenant, document, variables);
    const { payload } = await socket.next();
    const [error] = payload.errors ?? payload;
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_USER_INPUT', field: 'search' },
    });
  });

  it('resumes where it was cut, so that what it has told adds up', async () => {
    const tenant = await openTenant(gateway, 'Adding up');
    let after = await cursorOf(tenant);
    let told = 0;
    for (let cut = 0; cut < 10; cut++) {
      await tenant.ingest(many(150, () => rule('added', 1)));
      const socket = await resume(tenant, events, { after });
      for (let count = 0; count < 20; count++) {
        const { cursor, sampled } = await next(socket);
        told += sampled?.outOf ?? 1;
        after = cursor;
      }
      socket.drop();
    }
    const socket = await resume(tenant, events, { after });
    while (told < 1500) told += (await next(socket)).sampled?.outOf ?? 1;
    expect(told).toBe(1500);
  });
});

describe('deviceChanged', () => {
  it('tells of a device that is new, renamed, moved or found to be another one, and not of one that is seen again', async () => {
    const tenant = await openTenant(gateway, 'Things');
    const live = await tenant.live(devices);
    const see = async (...seen: Parameters<typeof aDevice>[0][]) => {
      await tenant.observe({ observations: seen.map((one) => aDevice(one)) });
      // The events above are stored as by another process: this has the server look.
      await tenant.ingest(rule('look', 1));
    };
    const mac = 'B8:27:EB:00:00:77';
    await see({ ip: '10.0.0.7' });
    const nameless = (await next(live)).device;
    expect(nameless).toMatchObject({ mac: null, lastIp: '10.0.0.7' });
    await see({ mac, ip: '10.0.0.8', hostname: 'pi' });
    const { device } = await next(live);
    expect(device).toMatchObject({ mac, hostname: 'pi', lastIp: '10.0.0.8' });
    await see({ mac, ip: '10.0.0.8' }, { mac, ip: '10.0.0.8', hostname: 'pi' });
    await see({ mac, ip: '10.0.0.7' });
    const both = [await next(live), await next(live)];
    expect(both).toContainEqual(expect.objectContaining({ device: null, removedId: nameless.id }));
    expect(both).toContainEqual(expect.objectContaining({ device: expect.objectContaining({ id: device.id }) }));
    const input = { id: device.id, friendlyName: 'Under the desk' };
    await tenant.read('mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { id } }', { input });
    expect((await next(live)).device).toMatchObject({ id: device.id, friendlyName: 'Under the desk' });
  });
});

describe('statsTick', () => {
  it('tells at once how many groups are open, and every two seconds what was stored since', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 21, 9));
    await using own = await startTestGateway({ now: clock.now, every: clock.every });
    const tenant = await openTenant(own, 'Ticks');
    await tenant.ingest([rule('open'), rule('grave', 15), rule('quiet', 1)]);
    const document = `subscription { step: statsTick { at eventsPerSecond alertsPerSecond events alerts devices
      rejectedEvents openGroups { severity count } waitingDeliveries } }`;
    const live = await tenant.live(document);
    const first = { eventsPerSecond: 0, alertsPerSecond: 0, events: 3, alerts: 2, devices: 0, rejectedEvents: 0 };
    const openGroups = [
      { severity: 'CRITICAL', count: 1 },
      { severity: 'LOW', count: 1 },
    ];
    expect(await next(live)).toEqual({ ...first, at: '2026-11-21T09:00:00.000Z', openGroups, waitingDeliveries: 0 });
    await tenant.ingest([rule('open'), rule('quiet', 1), rule('quiet', 1), rule('quiet', 1)]);
    await clock.pass(2000);
    const second = await next(live);
    expect(second).toMatchObject({ eventsPerSecond: 2, alertsPerSecond: 0.5, events: 7, alerts: 3 });
    expect(await next(await tenant.live(document))).toEqual(second);
  });
});

describe('the socket of a user who may do less than when it was opened', () => {
  it('is closed with 4403 within a second and a half, whichever permission it is', async () => {
    const tenant = await openTenant(gateway, 'Shrinking');
    const user = await gateway.store.users.create(tenant.id, {
      email: 'less@tenant.example',
      name: 'Less',
      permissions: ['ALERTS_READ', 'EVENTS_READ'],
    });
    const { secret } = await gateway.createCredential('API_TOKEN', { name: 'Less', tenantId: tenant.id, user });
    await expect.poll(() => GraphqlSocket.connect(gateway.url, secret).catch(() => undefined)).toBeDefined();
    const doomed = await GraphqlSocket.connect(gateway.url, secret);
    doomed.subscribe('groups', groups);
    doomed.subscribe('events', events);
    await tenant.ingest(rule('seen'));
    await doomed.next();
    await doomed.next();
    await gateway.store.users.grant(user.id, { permissions: ['ALERTS_READ'] });
    expect(await doomed.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(doomed.received).toEqual([]);
  });
});
