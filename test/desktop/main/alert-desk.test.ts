import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwaySummary, DesktopSettings } from '../../../desktop/ipc-contract.ts';
import type { OpenCounts } from '../../../desktop/main/alert.ts';
import { totalOf } from '../../../desktop/main/alert.ts';
import { AlertDesk, type SavedPosition } from '../../../desktop/main/alert-desk.ts';
import { messagesFor } from '../../../desktop/main/messages.ts';
import type { DesktopNotice } from '../../../desktop/main/port.ts';
import { defaultSettings, withChange } from '../../../desktop/main/settings.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type BreakableProxy, openProxy } from '../support/breakable-proxy.ts';
import { ManualClock } from '../support/manual-clock.ts';

const soon = { timeout: 10_000, interval: 10 };
const feedTimes = { firstRetryMs: 20, longestRetryMs: 50, countEveryMs: 50, countAfterMs: 10 };

let gateway: TestGateway;
let proxy: BreakableProxy;
let token: string;
let clock: ManualClock;
let settings: DesktopSettings;
let notices: DesktopNotice[];
let opened: string[];
let counts: OpenCounts | undefined;
let summaries: (AwaySummary | null)[];
let saved: SavedPosition | undefined;
let desk: AlertDesk;

beforeEach(async () => {
  gateway = await startTestGateway();
  proxy = await openProxy(gateway.url);
  token = await gateway.key('API_TOKEN');
  clock = new ManualClock('2026-01-14T20:00:00Z');
  settings = defaultSettings;
  saved = undefined;
  summaries = [];
  openDesk();
});

afterEach(async () => {
  desk.stop();
  await proxy[Symbol.asyncDispose]();
  await gateway.close();
});

function openDesk(): void {
  notices = [];
  opened = [];
  desk = new AlertDesk({
    ...{ clock, feedTimes, saved },
    words: messagesFor('en'),
    settings: () => settings,
    notify: (notice) => notices.push(notice),
    open: (path) => opened.push(path),
    onOpenGroups: (found) => {
      counts = found;
    },
    onAway: (summary) => summaries.push(summary),
    savePosition: (position) => {
      saved = position;
    },
  });
}

async function follow(url = gateway.url, isRemote = false): Promise<void> {
  desk.gatewayChanged({ kind: 'ready', url, token, dataDir: '', ...(isRemote && { isRemote }) });
  await vi.waitUntil(() => counts !== undefined, soon);
}

let lastRule = 0;

/** Raises alerts of these names, each in a group of its own. */
async function raise(...names: string[]): Promise<void> {
  const alerts = names.map((description) => {
    lastRule += 1;
    return aWazuhAlert({ id: `${lastRule}`, rule: { id: `${lastRule}`, level: 12, description } });
  });
  expect(await gateway.ingestWazuh(alerts)).toMatchObject({ indexed: names.length });
}

const titles = () => notices.map(({ title }) => title);
const open = () => (counts ? totalOf(counts) : undefined);

/** Waits until the desk has been told of all that there is. */
async function isCaughtUp(): Promise<void> {
  const { data } = await gateway.graphql('{ alerts(first: 1) { nodes { id } } }');
  await vi.waitUntil(() => {
    desk.save();
    return saved?.newestId === Number(data.alerts.nodes[0].id);
  }, soon);
}

describe('quiet hours', () => {
  it('hold notifications back and nothing else; at their end one sums them up', async () => {
    settings = withChange(settings, { quietHours: { isOn: true } });
    clock.pass(3_600_000);
    await follow();
    await raise('first', 'second');
    await vi.waitUntil(() => open() === 2, soon);
    await isCaughtUp();
    expect(titles()).toEqual([]);

    clock.pass(8 * 3_600_000);
    clock.pass(30_000);
    expect(notices).toMatchObject([{ title: 'In the quiet hours', body: '2 alerts in 2 groups. The worst: second' }]);
    expect(desk.summary).toMatchObject({ reason: 'QUIET_HOURS', alerts: 2, since: '2026-01-14T21:00:00.000Z' });
    notices[0]?.onClick();
    expect(opened).toEqual(['/']);
    desk.dismiss();
    expect(summaries.at(-1)).toBeNull();
  });

  it('of the system itself do the same, and the sum says that they were', async () => {
    desk.setDoNotDisturb(true);
    await follow();
    await raise('first');
    await vi.waitUntil(() => open() === 1, soon);
    await isCaughtUp();
    expect(titles()).toEqual([]);
    desk.setDoNotDisturb(false);
    expect(titles()).toEqual(['While you were not to be disturbed']);
    expect(desk.summary).toMatchObject({ reason: 'OS_DND', alerts: 1 });
  });

  it('that end without anything say nothing', async () => {
    settings = withChange(settings, { quietHours: { isOn: true } });
    await follow();
    clock.pass(24 * 3_600_000);
    expect([titles(), summaries]).toEqual([[], []]);
  });
});

describe('a server that was away', () => {
  it('for a moment is resumed without loss or repeats, and its alerts are notified of as ever', async () => {
    await follow(proxy.url);
    await raise('before');
    await vi.waitUntil(() => notices.length === 1, soon);
    proxy.cut();
    await vi.waitUntil(() => counts === undefined, soon);
    await raise('meanwhile');
    proxy.mend();
    await vi.waitUntil(() => open() === 2, soon);
    await vi.waitUntil(() => notices.length === 2, soon);
    expect(titles()).toEqual(['High: before', 'High: meanwhile']);
    expect(summaries).toEqual([]);
  });

  it('for longer is summed up once, also when nothing had come before', async () => {
    await follow(proxy.url, true);
    proxy.cut();
    await vi.waitUntil(() => counts === undefined, soon);
    clock.pass(60_000);
    await raise('one', 'two', 'three');
    proxy.mend();
    await vi.waitUntil(() => open() === 3, soon);
    await isCaughtUp();
    clock.pass(3_000);
    expect(titles()).toEqual(['While you were away']);
    expect(desk.summary).toMatchObject({ alerts: 3, since: '2026-01-14T20:00:00.000Z' });

    await raise('after');
    await vi.waitUntil(() => notices.length === 2, soon);
    expect(titles()).toEqual(['While you were away', 'High: after']);
  });

  it('while the app was not running is resumed by the next start, and by that alone', async () => {
    await follow(gateway.url, true);
    await raise('seen');
    await vi.waitUntil(() => notices.length === 1, soon);
    desk.stop();
    expect(saved).toMatchObject({ place: gateway.url, cursor: expect.any(String) });
    clock.sleep(8 * 3_600_000);
    await raise('missed', 'missed too');
    counts = undefined;
    openDesk();
    await follow(gateway.url, true);
    await vi.waitUntil(() => open() === 3, soon);
    await isCaughtUp();
    clock.pass(3_000);
    expect(titles()).toEqual(['While you were away']);
    expect(desk.summary).toMatchObject({ alerts: 2, groups: [{ title: 'missed too' }, { title: 'missed' }] });
  });

  it('and came back with another database is followed from now on', async () => {
    await follow();
    saved = { place: 'local', at: clock.now() - 1_000, cursor: '999999', newestId: 999_999 };
    desk.stop();
    counts = undefined;
    openDesk();
    await follow();
    await raise('new');
    await vi.waitUntil(() => open() === 1, soon);
    clock.pass(3_000);
    await raise('newer');
    await vi.waitUntil(() => titles().includes('High: newer'), soon);
  });
});

describe('what a person does', () => {
  it('in a pause is notified of nothing for an hour', async () => {
    await follow();
    desk.togglePause();
    await raise('during the pause');
    await isCaughtUp();
    expect([desk.isPaused, titles()]).toEqual([true, []]);
    clock.pass(3_600_000);
    await raise('after it');
    await vi.waitUntil(() => notices.length === 1, soon);
  });

  it('is told why a group could not be acknowledged', async () => {
    token = (await gateway.createCredential('API_TOKEN', { permissions: ['ALERTS_READ'] })).secret;
    await follow();
    await raise('not mine');
    await vi.waitUntil(() => notices.length === 1, soon);
    notices[0]?.onAction(0);
    await vi.waitUntil(() => notices.length === 2, soon);
    expect(notices[1]).toMatchObject({
      title: 'The alert could not be acknowledged',
      body: 'This needs the permission ALERTS_WRITE',
    });
    notices[1]?.onClick();
    expect(opened).toEqual([expect.stringMatching(/^\/alerts\/[0-9a-f-]{36}$/)]);
  });
});
