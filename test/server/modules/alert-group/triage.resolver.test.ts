import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, TestTenant } from '../../../support/test-tenant.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 21, 9));
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ now: clock.now, every: clock.every });
});

afterAll(() => gateway.close());

const brief =
  'id status verdict untilWorse takesAlerts version severity count groupedBecause because { kind value } assignee { id name } predecessor { id }';
const fields = `${brief}
  history { at statusBefore statusAfter verdictBefore verdictAfter note bulkChangeId by { name } assigneeBefore { name } assigneeAfter { name } }`;

interface Person {
  readonly id: string;
  /** A tenant whose requests are this person's. */
  readonly tenant: TestTenant;
}

async function person(tenant: TestTenant, name: string): Promise<Person> {
  const user = await gateway.store.users.create(tenant.id, {
    email: `${name.toLowerCase()}@${tenant.id}.example`,
    name,
    permissions: ['ALERTS_READ', 'ALERTS_WRITE', 'AUDIT_READ'],
  });
  const { secret } = await gateway.createCredential('API_TOKEN', { name, tenantId: tenant.id, user });
  return { id: user.id, tenant: new TestTenant(gateway, tenant.id, secret) };
}

const rule = (id: string, level = 5) => aWazuhAlert({ rule: { id, level, description: `Rule ${id}` } });
const groupsOf = async (tenant: TestTenant, filter: object = {}, { first, wanted } = { first: 100, wanted: fields }) =>
  (
    await tenant.read(
      `query ($filter: AlertGroupFilter, $first: Int) { alertGroups(first: $first, filter: $filter) { nodes { ${wanted} } } }`,
      { filter, first },
    )
  ).alertGroups.nodes;
const many = { first: 200, wanted: brief };
const change = (tenant: TestTenant, id: string, version: number, wanted: object) =>
  tenant.graphql(
    `mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { ${fields} } }`,
    { id, version, change: wanted },
  );
const changed = async (tenant: TestTenant, id: string, version: number, wanted: object) => {
  const { data, errors } = await change(tenant, id, version, wanted);
  expect(errors).toBeUndefined();
  return data.updateAlertGroup;
};

describe('updateAlertGroup', () => {
  it('changes status, verdict, assignee and note, and writes down who did it', async () => {
    const tenant = await openTenant(gateway, 'Triage');
    const ada = await person(tenant, 'Ada');
    const bob = await person(tenant, 'Bob');
    await tenant.ingest(rule('100'));
    const [group] = await groupsOf(tenant);
    expect(group).toMatchObject({
      status: 'NEW',
      verdict: null,
      assignee: null,
      version: 1,
      untilWorse: false,
      takesAlerts: true,
      predecessor: null,
      history: [],
      groupedBecause: ['the same format, WAZUH', 'the same rule, 100', 'the same agent or host, 003'],
      because: [
        { kind: 'FORMAT', value: 'WAZUH' },
        { kind: 'RULE', value: '100' },
        { kind: 'AGENT', value: '003' },
      ],
    });

    const begun = await changed(ada.tenant, group.id, 1, { status: 'IN_PROGRESS', note: '  On it.  ' });
    expect(begun).toMatchObject({ status: 'IN_PROGRESS', assignee: { id: ada.id, name: 'Ada' }, version: 2 });
    const closed = await changed(bob.tenant, group.id, 2, {
      status: 'RESOLVED',
      verdict: 'FALSE_POSITIVE',
      assigneeId: bob.id,
    });
    expect(closed).toMatchObject({ status: 'RESOLVED', takesAlerts: false, version: 3, verdict: 'FALSE_POSITIVE' });
    expect(closed.history).toEqual([
      {
        at: new Date(clock.nowMs).toISOString(),
        statusBefore: 'IN_PROGRESS',
        statusAfter: 'RESOLVED',
        verdictBefore: null,
        verdictAfter: 'FALSE_POSITIVE',
        note: null,
        bulkChangeId: null,
        by: { name: 'Bob' },
        assigneeBefore: { name: 'Ada' },
        assigneeAfter: { name: 'Bob' },
      },
      expect.objectContaining({
        statusBefore: 'NEW',
        statusAfter: 'IN_PROGRESS',
        note: 'On it.',
        by: { name: 'Ada' },
        assigneeBefore: null,
        assigneeAfter: { name: 'Ada' },
      }),
    ]);
    const freed = await changed(bob.tenant, group.id, 3, { verdict: null, assigneeId: null });
    expect(freed).toMatchObject({ verdict: null, assignee: null, status: 'RESOLVED' });
    const { auditLog } = await bob.tenant.read('{ auditLog(first: 1) { nodes { action subject userId details } } }');
    expect(auditLog.nodes).toEqual([
      {
        action: 'UPDATE_ALERT_GROUP',
        subject: group.id,
        userId: bob.id,
        details: { change: { verdict: null, assigneeId: null, note: null } },
      },
    ]);
  });

  it('lets one of two people who race win, tells the other, and loses neither write unseen', async () => {
    const tenant = await openTenant(gateway, 'Race');
    await tenant.ingest(rule('200'));
    const [group] = await groupsOf(tenant);
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => change(tenant, group.id, 1, { note: `Writer ${index}` })),
    );
    expect(replies.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    for (const { errors } of replies.filter((reply) => reply.errors)) {
      expect(errors).toMatchObject([
        { message: 'The group has been changed since: its version is 2', extensions: { code: 'CONFLICT' } },
      ]);
    }
    const [after] = await groupsOf(tenant);
    expect(after.version).toBe(2);
    expect(after.history).toHaveLength(1);
  });

  it('opens a new group for alerts after a closed one, and names the one before', async () => {
    const tenant = await openTenant(gateway, 'Successors');
    await tenant.ingest(rule('300'));
    const [first] = await groupsOf(tenant);
    await changed(tenant, first.id, 1, { status: 'ARCHIVED' });
    await tenant.ingest([rule('300'), rule('300')]);
    const [second, still] = await groupsOf(tenant);
    expect(second).toMatchObject({ status: 'NEW', count: 2, predecessor: { id: first.id } });
    expect(still).toMatchObject({ id: first.id, status: 'ARCHIVED', count: 1 });

    const reopened = await changed(tenant, first.id, 2, { status: 'IN_PROGRESS' });
    expect(reopened).toMatchObject({ status: 'IN_PROGRESS', takesAlerts: false });
    await changed(tenant, second.id, 1, { status: 'RESOLVED' });
    expect(await changed(tenant, first.id, 3, { status: 'NEW' })).toMatchObject({ takesAlerts: true });
    await tenant.ingest(rule('300'));
    expect((await groupsOf(tenant, { ids: [first.id] }))[0].count).toBe(2);
  });

  it('acknowledges until it gets worse: then the group is new again, in lists and filters too', async () => {
    const tenant = await openTenant(gateway, 'Worse');
    await tenant.ingest(rule('400', 5));
    const [group] = await groupsOf(tenant);
    const quiet = await changed(tenant, group.id, 1, { status: 'SUPPRESSED', untilWorse: true });
    expect(quiet).toMatchObject({ status: 'SUPPRESSED', untilWorse: true });
    await tenant.ingest(rule('400', 5));
    expect(await groupsOf(tenant, { status: ['SUPPRESSED'] })).toHaveLength(1);
    await tenant.ingest(rule('400', 12));
    expect(await groupsOf(tenant, { status: ['SUPPRESSED'] })).toEqual([]);
    expect(await groupsOf(tenant, { status: ['NEW'] })).toMatchObject([{ status: 'NEW', untilWorse: false, count: 3 }]);
    const found = await tenant.read('{ alerts(filter: { status: [NEW] }) { totalCount } }');
    expect(found.alerts.totalCount).toBe(3);
    const again = await changed(tenant, group.id, 2, { note: 'Seen' });
    expect(again).toMatchObject({ status: 'NEW', history: [{ statusBefore: 'NEW', statusAfter: 'NEW' }, {}] });
  });

  it.each<[what: string, field: string, wanted: object]>([
    ['nothing', 'change', {}],
    ['an empty note', 'change.note', { note: ' ' }],
    ['a note of 4,001 characters', 'change.note', { note: 'x'.repeat(4001) }],
    ['no status', 'change.status', { status: null }],
    ['until worse without a status', 'change.untilWorse', { untilWorse: true, note: 'x' }],
    ['new until worse', 'change.untilWorse', { untilWorse: true, status: 'NEW' }],
  ])('refuses %s', async (_, field, wanted) => {
    const { errors } = await change(await openTenant(gateway, `Refused ${field} ${_}`), crypto.randomUUID(), 1, wanted);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  it('does not know groups or users of another tenant', async () => {
    const [tenant, other] = [await openTenant(gateway, 'Here'), await openTenant(gateway, 'There')];
    const stranger = await person(other, 'Eve');
    await tenant.ingest(rule('500'));
    const [group] = await groupsOf(tenant);
    const code = async (reply: ReturnType<typeof change>) => (await reply).errors?.[0]?.extensions['code'];
    expect(await code(change(other, group.id, 1, { note: 'x' }))).toBe('NOT_FOUND');
    expect(await code(change(tenant, group.id, 1, { assigneeId: stranger.id }))).toBe('NOT_FOUND');
    expect(await code(change(tenant, 'x', 1, { note: 'x' }))).toBe('NOT_FOUND');
    expect((await groupsOf(tenant))[0].version).toBe(1);
  });
});

describe('updateAlertGroups', () => {
  const progress = 'id status total changed undone kept createdAt finishedAt undoUntil';
  const begin = async (tenant: TestTenant, filter: object, wanted: object) =>
    (
      await tenant.read(
        `mutation ($filter: AlertGroupFilter!, $change: AlertGroupChange!) { updateAlertGroups(filter: $filter, change: $change) { ${progress} } }`,
        { filter, change: wanted },
      )
    ).updateAlertGroups;
  const look = async (tenant: TestTenant, id: string) =>
    (await tenant.read(`query ($id: ID!) { bulkChange(id: $id) { ${progress} } }`, { id })).bulkChange;
  const until = (tenant: TestTenant, id: string, status: string) =>
    expect.poll(() => look(tenant, id), { timeout: 15_000 }).toMatchObject({ status });
  const undo = (tenant: TestTenant, id: string) =>
    tenant.graphql(`mutation ($id: ID!) { undoBulkChange(id: $id) { ${progress} } }`, { id });
  const plain = (nodes: { id: string; version: number; count: number; takesAlerts: boolean }[]) =>
    nodes.map(({ version: _, ...rest }) => rest).sort((one, other) => (one.id < other.id ? -1 : 1));

  it('changes all groups that match while alerts go on coming, and takes it back exactly', async () => {
    const tenant = await openTenant(gateway, 'Bulk');
    const rules = (from: number, count: number) =>
      Array.from({ length: count }, (_, place) => rule(`b${from + place}`));
    await tenant.ingest(rules(0, 150));
    const all = await groupsOf(tenant, {}, many);
    await changed(tenant, all[3].id, 1, { status: 'IN_PROGRESS', verdict: 'SUSPICIOUS' });
    await changed(tenant, all[4].id, 1, { status: 'RESOLVED' });
    const before = plain(await groupsOf(tenant, {}, many));

    const { id, total, status } = await begin(tenant, {}, { status: 'RESOLVED', verdict: 'BENIGN', note: 'All clear' });
    expect({ total, status }).toEqual({ total: 150, status: 'RUNNING' });
    await tenant.ingest(rules(145, 10));
    await until(tenant, id, 'DONE');
    const closed = await look(tenant, id);
    expect(closed).toMatchObject({ changed: 150, total: 150, finishedAt: new Date(clock.nowMs).toISOString() });
    const mine = { ids: before.map((group) => group.id) };
    expect((await groupsOf(tenant, { ...mine, verdict: ['BENIGN'], status: ['RESOLVED'] }, many)).length).toBe(150);
    expect((await groupsOf(tenant, { ids: [all[0].id] }))[0].history[0]).toMatchObject({
      note: 'All clear',
      bulkChangeId: id,
    });

    const touched = all[10].id;
    await changed(tenant, touched, 2, { verdict: 'TRUE_POSITIVE' });
    expect((await undo(tenant, id)).data.undoBulkChange).toMatchObject({ status: 'UNDOING', undoUntil: null });
    await until(tenant, id, 'UNDONE');
    expect(await look(tenant, id)).toMatchObject({ undone: 149, kept: 1 });
    const states = (nodes: ReturnType<typeof plain>) =>
      nodes.filter((group) => group.id !== touched).map(({ count: _, takesAlerts: __, ...rest }) => rest as object);
    expect(states(plain(await groupsOf(tenant, mine, many)))).toEqual(states(before));
    expect((await undo(tenant, id)).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('is taken back for ten minutes only, by nobody of another tenant, and is done at once for no groups', async () => {
    const [tenant, other] = [await openTenant(gateway, 'Late'), await openTenant(gateway, 'Not mine')];
    await tenant.ingest(rule('900'));
    const { id } = await begin(tenant, { severity: ['LOW'] }, { status: 'ARCHIVED' });
    await until(tenant, id, 'DONE');
    expect(await look(other, id)).toBeNull();
    expect((await undo(other, id)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    await clock.pass(10 * 60_000 + 1);
    expect(await look(tenant, id)).toMatchObject({ undoUntil: null });
    expect((await undo(tenant, id)).errors).toMatchObject([
      { message: 'It is too late to take the change back', extensions: { code: 'CONFLICT' } },
    ]);
    const none = await begin(tenant, { type: ['nothing'] }, { status: 'ARCHIVED' });
    expect(none).toMatchObject({ status: 'DONE', total: 0, changed: 0 });
  });

  it('goes on after the server was stopped in the middle', async () => {
    const tenant = await openTenant(gateway, 'Restarted');
    await tenant.ingest(Array.from({ length: 900 }, (_, place) => rule(`r${place}`)));
    const { id } = await begin(tenant, {}, { status: 'RESOLVED' });
    await gateway.restart();
    await until(tenant, id, 'DONE');
    expect(await look(tenant, id)).toMatchObject({ total: 900, changed: 900 });
    const left = await tenant.read('{ alertGroups(filter: { status: [NEW] }) { totalCount } }');
    expect(left.alertGroups.totalCount).toBe(0);
  });
});
