import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

interface Entry {
  readonly bulkChangeId: string | null;
  readonly statusBefore: string;
  readonly statusAfter: string;
  readonly verdictBefore: string | null;
  readonly verdictAfter: string | null;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly verdict: string | null;
  readonly version: number;
  readonly count: number;
  readonly takesAlerts: boolean;
  readonly untilWorse: boolean;
  /** The latest first. */
  readonly history: readonly Entry[];
}

interface Page {
  readonly nodes: readonly Group[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Progress {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly changed: number;
  readonly undone: number;
  readonly kept: number;
}

const progress = 'id status total changed undone kept';
const state = 'id title status verdict version count takesAlerts untilWorse';
const history = 'history { bulkChangeId statusBefore statusAfter verdictBefore verdictAfter }';
const rule = (id: string) => aWazuhAlert({ rule: { id, level: 5, description: `Rule ${id}`, groups: [id] } });
const rules = (name: string, count: number) => Array.from({ length: count }, (_, place) => rule(`${name}${place}`));

async function groupsOf(tenant: TestTenant): Promise<Group[]> {
  const groups: Group[] = [];
  const document = `query ($after: String) { alertGroups(first: 100, after: $after) {
    nodes { ${state} ${history} } pageInfo { hasNextPage endCursor } } }`;
  for (let after: string | null = null; ; ) {
    const { alertGroups } = (await tenant.read(document, { after })) as { alertGroups: Page };
    groups.push(...alertGroups.nodes);
    after = alertGroups.pageInfo.endCursor;
    if (!alertGroups.pageInfo.hasNextPage) return groups;
  }
}

const begin = async (tenant: TestTenant, filter: object, change: object): Promise<Progress> =>
  (
    await tenant.read(
      `mutation ($filter: AlertGroupFilter!, $change: AlertGroupChange!) {
        updateAlertGroups(filter: $filter, change: $change) { ${progress} } }`,
      { filter, change },
    )
  ).updateAlertGroups;

const undo = (tenant: TestTenant, id: string) =>
  tenant.read(`mutation ($id: ID!) { undoBulkChange(id: $id) { ${progress} } }`, { id });

/** Follows a change to its end, and sees that it never tells less than before, nor more than there is. */
async function follow(tenant: TestTenant, id: string, last: 'DONE' | 'UNDONE'): Promise<Progress> {
  for (let before = 0; ; ) {
    const found: Progress = (await tenant.read(`query ($id: ID!) { bulkChange(id: $id) { ${progress} } }`, { id }))
      .bulkChange;
    const done = last === 'DONE' ? found.changed : found.undone + found.kept;
    expect(done).toBeGreaterThanOrEqual(before);
    expect(done).toBeLessThanOrEqual(found.total);
    if (found.status === last) return found;
    before = done;
  }
}

const change = (tenant: TestTenant, { id, version }: Group, wanted: object) =>
  tenant.graphql(
    'mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { version } }',
    { id, version, change: wanted },
  );

/** Alerts of old and new groups, and people who judge some groups by themselves, until a job is done. */
async function meanwhile(tenant: TestTenant, groups: readonly Group[], verdict: string, job: Promise<Progress>) {
  let isDone = false;
  const ended = job.finally(() => {
    isDone = true;
  });
  const send = async (name: string) => {
    for (let round = 0; !isDone; round++)
      await tenant.ingest([rule(`u${round % groups.length}`), rule(`${name}${round}`)]);
  };
  const judge = async () => {
    for (let place = 5; !isDone && place < groups.length; place += 23) {
      const { nodes } = (
        await tenant.read(`query ($ids: [ID!]) { alertGroups(filter: { ids: $ids }) { nodes { id version } } }`, {
          ids: [groups[place]?.id],
        })
      ).alertGroups;
      await change(tenant, nodes[0], { verdict });
    }
  };
  await Promise.all([send(`${verdict} one `), send(`${verdict} two `), judge()]);
  return ended;
}

describe('a change of many groups', () => {
  it('is taken back exactly while alerts come and people judge; what they made stays, and is counted', async () => {
    const tenant = await openTenant(gateway, 'Undone');
    await tenant.ingest(rules('u', 450));
    const before = (await groupsOf(tenant)).toReversed();
    // Groups of every sort before it all begins.
    const sorts = [
      { status: 'IN_PROGRESS' },
      { status: 'RESOLVED', verdict: 'BENIGN' },
      { status: 'SUPPRESSED', untilWorse: true },
    ];
    for (const [place, wanted] of sorts.entries()) await change(tenant, before[place] as Group, wanted);

    const job = await begin(tenant, {}, { status: 'ARCHIVED', verdict: 'FALSE_POSITIVE', note: 'All of it' });
    const closed = await meanwhile(tenant, before, 'SUSPICIOUS', follow(tenant, job.id, 'DONE'));
    expect(closed).toMatchObject({ changed: closed.total });
    expect(closed.total).toBeGreaterThanOrEqual(450);
    for (const { id } of before.slice(100, 105)) {
      const { nodes } = (await tenant.read(`{ alertGroups(filter: { ids: ["${id}"] }) { nodes { id version } } }`))
        .alertGroups;
      await change(tenant, nodes[0], { status: 'IN_PROGRESS' });
    }
    await undo(tenant, job.id);
    const undone = await meanwhile(tenant, before, 'TRUE_POSITIVE', follow(tenant, job.id, 'UNDONE'));
    expect(undone.undone + undone.kept).toBe(closed.changed);

    const after = await groupsOf(tenant);
    let [taken, kept] = [0, 0];
    for (const group of after) {
      // Every change is in the history, and each has made one version.
      expect(group.version).toBe(1 + group.history.length);
      const steps = group.history.toReversed();
      const [made, unmade] = steps.flatMap((step, place) => (step.bulkChangeId === job.id ? [place] : []));
      if (made === undefined) continue;
      const was = steps[made] as Entry;
      const isTouched = steps.some(
        ({ bulkChangeId }, place) => bulkChangeId === null && place > made && place < (unmade ?? Infinity),
      );
      if (isTouched) kept++;
      else taken++;
      expect([group.id, unmade === undefined]).toEqual([group.id, isTouched]);
      const last = steps.at(-1) as Entry;
      expect([group.status, group.verdict]).toEqual([last.statusAfter, last.verdictAfter]);
      if (unmade === undefined) continue;
      expect([steps[unmade]?.statusAfter, steps[unmade]?.verdictAfter]).toEqual([was.statusBefore, was.verdictBefore]);
    }
    expect({ taken, kept }).toEqual({ taken: undone.undone, kept: undone.kept });
    expect(kept).toBeGreaterThanOrEqual(5);
    // A fingerprint has one group that takes its alerts, at most.
    const open = after.filter(({ takesAlerts }) => takesAlerts).map(({ title }) => title);
    expect(new Set(open).size).toBe(open.length);
    const suppressed = after.find(({ id }) => id === before[2]?.id);
    expect(suppressed).toMatchObject({ status: 'SUPPRESSED', untilWorse: true });
  });

  it('opens of groups alike the first alone for further alerts, and closes them again as they were', async () => {
    const tenant = await openTenant(gateway, 'Alike');
    for (const _ of [1, 2, 3]) {
      await tenant.ingest(rule('same'));
      const [latest] = await groupsOf(tenant);
      await change(tenant, latest as Group, { status: 'RESOLVED' });
    }
    const seen = async () => (await groupsOf(tenant)).map(({ status, takesAlerts }) => `${status} ${takesAlerts}`);
    const { id } = await begin(tenant, { status: ['RESOLVED'] }, { status: 'NEW' });
    expect(await follow(tenant, id, 'DONE')).toMatchObject({ changed: 3, total: 3 });
    expect(await seen()).toEqual(['NEW false', 'NEW false', 'NEW true']);
    await undo(tenant, id);
    expect(await follow(tenant, id, 'UNDONE')).toMatchObject({ undone: 3, kept: 0 });
    expect(await seen()).toEqual(['RESOLVED false', 'RESOLVED false', 'RESOLVED false']);
    await tenant.ingest(rule('same'));
    expect(await groupsOf(tenant)).toHaveLength(4);
  });

  it('is taken back once, however many ask for it together', async () => {
    const tenant = await openTenant(gateway, 'Together');
    await tenant.ingest(rules('t', 120));
    const { id } = await begin(tenant, { search: 'status:new' }, { status: 'RESOLVED' });
    await follow(tenant, id, 'DONE');
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => undo(tenant, id)));
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(await follow(tenant, id, 'UNDONE')).toMatchObject({ undone: 120, kept: 0 });
  });

  it('is taken back to its end where some of its groups are gone by then', async () => {
    const tenant = await openTenant(gateway, 'Gone');
    await tenant.ingest(rules('g', 150));
    const [gone] = (await groupsOf(tenant)).slice(-1);
    const { id } = await begin(tenant, {}, { status: 'RESOLVED' });
    await follow(tenant, id, 'DONE');
    const { alerts } = await tenant.read('{ alerts(filter: { type: ["g0"] }) { nodes { id group { id } } } }');
    expect(alerts.nodes[0].group.id).toBe(gone?.id);
    await tenant.read('mutation ($id: ID!) { deleteServerAlert(id: $id) { id } }', { id: alerts.nodes[0].id });
    await undo(tenant, id);
    expect(await follow(tenant, id, 'UNDONE')).toMatchObject({ undone: 149, kept: 1 });
    expect(new Set((await groupsOf(tenant)).map(({ status }) => status))).toEqual(new Set(['NEW']));
  });
});
