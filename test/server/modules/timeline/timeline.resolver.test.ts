import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aNetworkAlert } from '../../../support/builders.ts';
import type { TestTenant } from '../../../support/test-tenant.ts';
import { type DeliveryHarness, openDeliveries } from '../../delivery/open-delivery.ts';

let harness: DeliveryHarness;

beforeAll(async () => {
  harness = await openDeliveries(({ path }) => ({ status: path === '/broken' ? 500 : 204 }));
});

afterAll(() => harness[Symbol.asyncDispose]());

interface Entry {
  readonly at: string;
  readonly stage: string;
  readonly title: string;
  readonly detail: string | null;
  readonly subjectId: string | null;
  readonly kind: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const fields = 'timeline { at stage title detail subjectId kind facts { name value } }';
const alertTimeline = `query ($id: ID!) { alert(id: $id) { id intakeId event { id } group { id ${fields} } ${fields} } }`;
const told = ({ kind, facts }: Entry) =>
  `${kind} ${facts.map(({ name, value }) => `${name}=${value}`).join(' ')}`.trim();
const lines = (timeline: Entry[]) => timeline.map(({ stage, title }) => `${stage}: ${title}`);

/** The timeline of an alert, once nothing of it is undecided. */
async function decided(tenant: TestTenant, id: string, attempts: number) {
  return vi.waitFor(async () => {
    const { alert } = await tenant.read(alertTimeline, { id });
    const told = lines(alert.timeline).filter((line) => /is not decided|was told$|Telling/.test(line));
    expect(told.filter((line) => line.endsWith('is not decided yet'))).toEqual([]);
    expect(told).toHaveLength(attempts);
    return alert;
  }, 10_000);
}

describe('the timeline of an alert', () => {
  it('goes from its intake to each attempt to tell each sink, and says why others were not told', async () => {
    const tenant = await harness.tenant('Told of');
    await harness.sink(tenant, 'well');
    await harness.sink(tenant, 'broken');
    await harness.sink(tenant, 'worst', { minSeverity: 'CRITICAL' });
    await harness.sink(tenant, 'off', { isEnabled: false });
    await harness.sink(tenant, 'choosy', { filter: { types: ['none'] } });
    const id = await harness.raise(tenant, '5710', 12);
    harness.clock.nowMs += 10;
    await harness.sink(tenant, 'late');
    const alert = await decided(tenant, id, 2);

    expect(lines(alert.timeline).slice(0, 4)).toEqual([
      'INTAKE: Received by the intake "INGEST_KEY" (WEBHOOK)',
      'PARSE: Read as WAZUH',
      'RULE: An alert, for its severity is HIGH',
      'GROUP: Put in a group that has 1 alert now',
    ]);
    expect(new Set(lines(alert.timeline).slice(4))).toEqual(
      new Set([
        'DELIVERY: "well" is told at once',
        'DELIVERY: "well" was told',
        'DELIVERY: "broken" is told at once',
        'DELIVERY: Telling "broken" failed',
        'DELIVERY: "worst" was not told: not severe enough',
        'DELIVERY: "off" was not told: it was switched off',
        'DELIVERY: "choosy" was not told: its filter does not let the alert through',
        'DELIVERY: "late" was not told: it was made after the alert',
      ]),
    );
    const details = alert.timeline.map(({ detail }: Entry) => detail).join('\n');
    for (const words of [
      'is not kept with an event',
      'Recognised: host, application, agent.',
      'Not found in it: source address, destination address.',
      "Events of LOW and above raise an alert here. Its sender's rule: 5710.",
      'They have in common: the same format, WAZUH; the same rule, 5710',
      'It is told of CRITICAL and above.',
      'The receiver answered 500.',
    ]) {
      expect(details).toContain(words);
    }
    const facts = alert.timeline.map((entry: Entry) => told(entry).replace(/(DURATION_MS|OCCURRED_AT)=\S+/, '$1=…'));
    for (const line of [
      'RECEIVED INTAKE=INGEST_KEY INTAKE_KIND=WEBHOOK OCCURRED_AT=…',
      'READ FORMAT=WAZUH FOUND=HOST FOUND=APP FOUND=AGENT MISSING=SOURCE_IP MISSING=DESTINATION_IP',
      'RAISED SEVERITY=HIGH THRESHOLD=LOW RULE=5710 TYPE=sshd',
      'GROUPED COUNT=1',
      'DECIDED OUTCOME=BELOW_THRESHOLD SINK=worst LEAST_SEVERITY=CRITICAL',
      'ATTEMPTED SINK=well DURATION_MS=… ANSWER=204',
      'ATTEMPTED SINK=broken DURATION_MS=… ANSWER=500 ERROR=The receiver answered 500',
    ]) {
      expect(facts).toContain(line);
    }
    const subjects = alert.timeline.map(({ subjectId }: Entry) => subjectId);
    expect(subjects.slice(0, 4)).toEqual([alert.intakeId, alert.event.id, null, alert.group.id]);
    const times = alert.timeline.map(({ at }: Entry) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('says that nobody was told where there is no sink, names the silence, and ends with the triage of its group', async () => {
    const tenant = await harness.tenant('Quiet');
    const first = await harness.raise(tenant, '1');
    expect(lines((await decided(tenant, first, 0)).timeline)).toContain('DELIVERY: Nobody was told: there is no sink');
    await harness.sink(tenant, 'well');
    const endsAt = new Date(harness.clock.nowMs + 3_600_000);
    const input = { matchers: [{ field: 'AGENT', value: 'edge-01' }], endsAt, reason: 'Moving the server' };
    const { createSilence } = await tenant.read(
      'mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { id } }',
      { input },
    );
    harness.clock.nowMs += 10;
    const second = await harness.raise(tenant, '2');
    const alert = await decided(tenant, second, 0);
    expect(alert.timeline.at(-1)).toMatchObject({
      stage: 'SILENCE',
      title: '"well" was not told: a silence was in force',
      detail: 'Its reason: Moving the server.',
      subjectId: createSilence.id,
    });
    expect(told(alert.timeline.at(-1))).toBe('DECIDED OUTCOME=SILENCED SINK=well REASON=Moving the server');
    harness.clock.nowMs += 10;
    await tenant.read(
      'mutation ($id: ID!) { updateAlertGroup(id: $id, version: 1, change: { status: RESOLVED, note: "Done" }) { id } }',
      { id: alert.group.id },
    );
    expect((await decided(tenant, second, 0)).timeline.at(-1)).toMatchObject({
      stage: 'TRIAGE',
      title: expect.stringContaining('NEW became RESOLVED, noted'),
      detail: 'Done',
      kind: 'TRIAGED',
      facts: expect.arrayContaining([
        { name: 'STATUS', value: 'RESOLVED' },
        { name: 'NOTE', value: 'Done' },
      ]),
    });
  });

  it('shows nothing of sinks to who may not read them', async () => {
    const tenant = await harness.tenant('Reader');
    await harness.sink(tenant, 'well');
    const id = await harness.raise(tenant, '3');
    const { secret } = await harness.gateway.createCredential('API_TOKEN', {
      tenantId: tenant.id,
      permissions: ['ALERTS_READ'],
    });
    await vi.waitFor(async () => {
      const { data } = await harness.gateway.graphql(alertTimeline, { id }, secret);
      const told = lines(data.alert.timeline).filter((line) => line.startsWith('DELIVERY'));
      expect(told).toEqual(['DELIVERY: Which sinks were told is not shown']);
      expect(lines(data.alert.group.timeline).join()).not.toContain('well');
    });
  });
});

describe('the timeline of a group', () => {
  it('is that of its latest alert, with the attempts to tell of those before it', async () => {
    const tenant = await harness.tenant('Of a group');
    await harness.sink(tenant, 'well', { digestSeconds: 60 });
    const first = await harness.raise(tenant, '4');
    await decided(tenant, first, 1);
    harness.clock.nowMs += 1000;
    const second = await harness.raise(tenant, '4');
    const { group, timeline } = await decided(tenant, second, 0);
    expect(lines(timeline)).toContain('DELIVERY: "well" is told with others of the group');
    expect(lines(group.timeline).sort()).toEqual([...lines(timeline), 'DELIVERY: "well" was told'].sort());
  });

  it('names the source and destination of what has them, and the group that it follows', async () => {
    const tenant = await harness.tenant('Between');
    await tenant.ingest(aNetworkAlert());
    const { alertGroups } = await tenant.read('{ alertGroups { nodes { id } } }');
    const [{ id }] = alertGroups.nodes;
    await tenant.read(
      'mutation ($id: ID!) { updateAlertGroup(id: $id, version: 1, change: { status: RESOLVED }) { id } }',
      { id },
    );
    await tenant.ingest(aNetworkAlert());
    const found = (await tenant.read(`{ alertGroups { nodes { ${fields} } } }`)).alertGroups.nodes[0].timeline;
    const detailOf = (stage: string) => found.find((entry: Entry) => entry.stage === stage)?.detail;
    expect(detailOf('PARSE')).toContain('source address, destination address');
    expect(detailOf('GROUP')).toContain(`Follows the closed group ${id}.`);
  });
});
