import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silences } from '../../../../server/modules/silence/silence.filter.ts';
import { SilenceRepository } from '../../../../server/modules/silence/silence.repository.ts';
import { SilenceService } from '../../../../server/modules/silence/silence.service.ts';
import { anAlertNode } from '../../../support/alert-nodes.ts';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { readPages } from '../../../support/pages.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
let service: SilenceService;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Wednesday, half past ten in Berlin. */
const wednesday = Date.UTC(2026, 5, 3, 8, 30);
let nowMs = wednesday;

beforeAll(async () => {
  const now = () => nowMs;
  gateway = await startTestGateway({ config: { timeZone: 'Europe/Berlin' }, now });
  tenant = await openTenant(gateway, 'Silences');
  const { database, alerts } = gateway.store;
  service = new SilenceService(new SilenceRepository(database), alerts, 'Europe/Berlin', now);
});

afterAll(() => gateway.close());

const fields = `id matchers { field operator value } startsAt endsAt recurrence { rule durationMinutes } reason createdBy author { name }
  state isInForce`;
const createDocument = `mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { ${fields} } }`;
const updateDocument = `mutation ($id: ID!, $input: UpdateSilenceInput!) { updateSilence(id: $id, input: $input) { ${fields} } }`;
const expireDocument = `mutation ($id: ID!) { expireSilence(id: $id) { ${fields} } }`;
const previewDocument = `query ($input: PreviewSilenceInput!, $days: Int!) {
  previewSilence(input: $input, days: $days) { count examined isLowerBound examples { id } } }`;

const iso = (ms: number) => new Date(ms).toISOString();
const edge = { field: 'AGENT', operator: 'EQUALS', value: 'edge-01' };
const aSilence = (changes: object = {}) => ({
  matchers: [edge],
  endsAt: iso(nowMs + hourMs),
  reason: 'Works on the roof',
  ...changes,
});
const create = async (changes: object = {}) =>
  (await tenant.read(createDocument, { input: aSilence(changes) })).createSilence;
const faultOf = async (document: string, variables: object) =>
  (await tenant.graphql(document, variables)).errors?.map(({ message }) => message);

describe('a new silence', () => {
  it('begins now unless it says when, and knows who made it', async () => {
    expect(await create()).toEqual({
      id: expect.any(String),
      matchers: [edge],
      startsAt: iso(nowMs),
      endsAt: iso(nowMs + hourMs),
      recurrence: null,
      reason: 'Works on the roof',
      createdBy: null,
      author: null,
      state: 'ACTIVE',
      isInForce: true,
    });
    const user = await tenant.read(
      'mutation { createUser(input: { email: "ann@example.org", name: "Ann", permissions: [ALERTS_WRITE] }) { id } }',
    );
    const token = await tenant.read(
      'mutation ($id: ID!) { createApiToken(input: { name: "ann", userId: $id }) { secret } }',
      user.createUser,
    );
    const made = await gateway.graphql(createDocument, { input: aSilence() }, token.createApiToken.secret);
    expect(made.data.createSilence).toMatchObject({ createdBy: user.createUser.id, author: { name: 'Ann' } });
  });

  it.each([
    ['matchers: must be 1 to 20', { matchers: [] }],
    ['matchers: must be text of 1 to 500 characters', { matchers: [{ ...edge, value: '' }] }],
    ['matchers: IN_CIDR is for SOURCE_IP, DESTINATION_IP, ADDRESS', { matchers: [{ ...edge, operator: 'IN_CIDR' }] }],
    [
      'matchers: IN_CIDR takes a range of addresses such as 10.0.0.0/24',
      { matchers: [{ field: 'ADDRESS', operator: 'IN_CIDR', value: '10.0.0.0/33' }] },
    ],
    ['reason: must be text of 1 to 1000 characters', { reason: ' ' }],
    ['endsAt: must not be in the past', { startsAt: iso(wednesday - hourMs), endsAt: iso(wednesday) }],
    ['endsAt: must be after its start', { startsAt: iso(wednesday + hourMs), endsAt: iso(wednesday + hourMs) }],
    ['startsAt: must not be before 1970', { startsAt: '0000-01-01T00:00:00Z', ...recurring('FREQ=DAILY', 60) }],
    ['recurrence: durationMinutes must be from 1 to 10080', recurring('FREQ=DAILY', 0)],
    ['recurrence: the rule must begin with FREQ=DAILY or FREQ=WEEKLY', recurring('FREQ=YEARLY', 60)],
  ])('is refused: %s', async (fault, changes) => {
    expect(await faultOf(createDocument, { input: aSilence(changes) })).toEqual([fault]);
  });
});

function recurring(rule: string, durationMinutes: number) {
  return { recurrence: { rule, durationMinutes } };
}

describe('the time of a silence', () => {
  it('decides in which list it is, and an end at once puts it among the expired', async () => {
    const other = await openTenant(gateway, 'States');
    const make = async (changes: object) =>
      (await other.read(createDocument, { input: aSilence(changes) })).createSilence.id as string;
    const active = await make({});
    const upcoming = await make({ startsAt: iso(nowMs + hourMs), endsAt: iso(nowMs + 2 * hourMs) });
    const ended = await make({});
    const cancelled = await make({ startsAt: iso(nowMs + hourMs), endsAt: iso(nowMs + 2 * hourMs) });
    for (const id of [ended, cancelled]) {
      const { expireSilence } = await other.read(expireDocument, { id });
      expect(expireSilence).toMatchObject({ state: 'EXPIRED', endsAt: iso(nowMs), isInForce: false });
      nowMs += 1000;
      expect((await other.read(expireDocument, { id })).expireSilence).toEqual(expireSilence);
    }
    const inState = (state: string) =>
      readPages(other, { field: 'silences', first: 1, args: `, filter: { state: ${state} }` });
    expect(await inState('ACTIVE')).toEqual([active]);
    expect(await inState('UPCOMING')).toEqual([upcoming]);
    expect(await inState('EXPIRED')).toEqual([cancelled, ended]);
    expect(await readPages(other, { field: 'silences', first: 3 })).toEqual([cancelled, ended, upcoming, active]);
  });

  it('that recurs holds only in its turns', async () => {
    const { id } = await create({
      startsAt: iso(nowMs - 2 * hourMs),
      endsAt: iso(nowMs + 30 * dayMs),
      ...recurring('FREQ=DAILY', 60),
    });
    const isInForce = async (ms: number) => (await service.inForce(tenant.id, ms)).some((each) => each.id === id);
    expect(await isInForce(nowMs)).toBe(false);
    expect(await isInForce(nowMs + 22 * hourMs)).toBe(true);
    expect(await isInForce(nowMs + 31 * dayMs)).toBe(false);
    const { silences: listed } = await tenant.read('{ silences(first: 1) { nodes { id state isInForce } } }');
    expect(listed.nodes).toEqual([{ id, state: 'ACTIVE', isInForce: false }]);
  });
});

describe('what a silence leaves to be seen', () => {
  it('is at the groups that it holds back, while it does, and at itself who made it and which groups it names', async () => {
    const office = await openTenant(gateway, 'Traces');
    await office.ingest(aWazuhAlert({ id: 'h1', rule: { id: 'h1', level: 12, description: 'held' } }));
    await office.ingest(aWazuhAlert({ id: 'h2', rule: { id: 'h2', level: 12, description: 'told' } }));
    const read = async () => {
      const { alertGroups } = await office.read('{ alertGroups { nodes { id title silences { id reason } } } }');
      return alertGroups.nodes as { id: string; title: string; silences: { id: string }[] }[];
    };
    const [held] = (await read()).filter(({ title }) => title === 'held');
    const matchers = [
      { field: 'GROUP', value: held?.id },
      { field: 'GROUP', operator: 'MATCHES', value: '*' },
    ];
    const made = await office.read(createDocument, { input: aSilence({ matchers }) });
    const { id } = made.createSilence;
    expect((await read()).map(({ title, silences: found }) => [title, found])).toEqual(
      expect.arrayContaining([
        ['held', [{ id, reason: 'Works on the roof' }]],
        ['told', []],
      ]),
    );
    const { silences: listed } = await office.read(
      '{ silences { nodes { author { name } alertGroups { id title } } } }',
    );
    expect(listed.nodes).toEqual([{ author: null, alertGroups: [{ id: held?.id, title: 'held' }] }]);
    await office.read(expireDocument, { id });
    nowMs += 1;
    expect((await read()).flatMap(({ silences: found }) => found)).toEqual([]);
  });
});

describe('changing a silence', () => {
  it('changes what is named and nothing else', async () => {
    const silence = await create(recurring('FREQ=WEEKLY;BYDAY=WE', 600));
    const update = async (input: object) =>
      (await tenant.read(updateDocument, { id: silence.id, input })).updateSilence;
    const endsAt = iso(nowMs + 5 * hourMs);
    expect(await update({ reason: 'Longer', endsAt })).toEqual({ ...silence, reason: 'Longer', endsAt });
    const matchers = [{ field: 'TITLE', operator: 'MATCHES', value: 'sshd*' }];
    expect(await update({ recurrence: null, matchers })).toMatchObject({
      recurrence: null,
      matchers,
      reason: 'Longer',
    });
    expect(await faultOf(updateDocument, { id: silence.id, input: { endsAt: iso(nowMs - 1) } })).toEqual([
      'endsAt: must be after its start',
    ]);
  });
});

describe('what the server asks of silences', () => {
  it('are those in force, with all it takes to tell whether they hold an alert', async () => {
    const { id } = await create({
      reason: 'All about .10',
      matchers: [{ ...edge, field: 'SOURCE_IP', value: '203.0.113.10' }],
    });
    const inForce = await service.inForce(tenant.id, nowMs);
    const found = inForce.find((each) => each.id === id);
    expect(found).toMatchObject({ reason: 'All about .10', timeZone: 'Europe/Berlin', recurrence: null });
    expect(found && silences(found, anAlertNode(), nowMs)).toBe(true);
    expect(await service.inForce(gateway.tenantId, nowMs)).toEqual([]);
  });
});

describe('a preview', () => {
  it('counts the alerts of the last days that the silence would have held, and stores nothing', async () => {
    const home = await openTenant(gateway, 'Preview');
    const preview = async (input: object, days = 7) =>
      (await home.read(previewDocument, { input, days })).previewSilence;
    const start = nowMs;
    // At 10:30, 16:30, 22:30 and 04:30 in Berlin of ten days: an alert of each kind.
    for (let hour = 0; hour < 240; hour += 6) {
      nowMs = start + hour * hourMs;
      await home.ingest([aWazuhAlert(), aNetworkAlert({ agent: { id: '004', name: 'edge-02' } })]);
    }
    nowMs = start + 10 * dayMs;
    expect(await preview({ matchers: [edge] })).toEqual({
      count: 28,
      examined: 56,
      isLowerBound: false,
      examples: expect.any(Array),
    });
    const whole = await preview({ matchers: [{ field: 'ADDRESS', operator: 'IN_CIDR', value: '203.0.113.0/24' }] }, 90);
    expect(whole).toMatchObject({ count: 40, examined: 80 });
    const nights = {
      matchers: [edge],
      startsAt: iso(Date.UTC(2026, 6, 1, 20)),
      ...recurring('FREQ=DAILY', 480),
    };
    expect((await preview(nights)).count).toBe(14);
    const weekend = { ...nights, ...recurring('FREQ=WEEKLY;BYDAY=SA,SU', 480) };
    const { alerts } = await home.read('{ alerts(first: 200) { nodes { id receivedAt agentName } } }');
    const expected = alerts.nodes.filter(({ receivedAt, agentName }: { receivedAt: string; agentName: string }) => {
      const inBerlin = new Date(Date.parse(receivedAt) + 2 * hourMs);
      const days = { 22: [6, 0], 4: [0, 1] }[inBerlin.getUTCHours()] ?? [];
      const isRecent = Date.parse(receivedAt) >= nowMs - 7 * dayMs;
      return isRecent && agentName === 'edge-01' && days.includes(inBerlin.getUTCDay());
    });
    expect(expected).toHaveLength(4);
    const held = await preview(weekend);
    expect(held.count).toBe(expected.length);
    expect(held.examples.map(({ id }: { id: string }) => id)).toEqual(
      expected.slice(0, 5).map(({ id }: { id: string }) => id),
    );
    const { silences: stored } = await home.read('{ silences { totalCount } }');
    expect(stored.totalCount).toBe(0);
    expect(await faultOf(previewDocument, { input: { matchers: [edge] }, days: 91 })).toEqual([
      'days: must be from 1 to 90',
    ]);
  });
});
