import { beforeEach, describe, expect, it } from 'vitest';
import type { DesktopSettings } from '../../../desktop/ipc-contract.ts';
import type { FollowedAlert } from '../../../desktop/main/alert.ts';
import { plainText } from '../../../desktop/main/alert.ts';
import { alertNotice, gatheredNotice, plainNotice } from '../../../desktop/main/alert-notices.ts';
import { AwayLog } from '../../../desktop/main/away.ts';
import { messagesFor } from '../../../desktop/main/messages.ts';
import { paceSound } from '../../../desktop/main/notice-sound.ts';
import { type GatheredAlerts, Notifier } from '../../../desktop/main/notifier.ts';
import { defaultSettings, withChange } from '../../../desktop/main/settings.ts';
import { aFollowedAlert, groupId } from '../support/followed.ts';
import { ManualClock } from '../support/manual-clock.ts';

let clock: ManualClock;
let settings: DesktopSettings;
let alone: FollowedAlert[];
let gathered: GatheredAlerts[];
let isDoNotDisturb: boolean;
let heldBy: string | undefined;
let held: FollowedAlert[];
let notifier: Notifier;

beforeEach(() => {
  clock = new ManualClock('2026-01-14T12:00:00Z');
  settings = defaultSettings;
  alone = [];
  gathered = [];
  held = [];
  isDoNotDisturb = false;
  heldBy = undefined;
  notifier = new Notifier({
    settings: () => settings,
    timeZone: clock.timeZone,
    now: clock.now,
    setTimer: clock.setTimer,
    showAlert: (alert) => alone.push(alert),
    showGathered: (all) => gathered.push(all),
    isDoNotDisturb: () => isDoNotDisturb,
    hold: (alert, reason) => {
      held.push(alert);
      heldBy = reason;
    },
  });
});

const shown = () => alone.length + gathered.length;

describe('a storm', () => {
  it('of 1,000 like alerts in 10 s is one notification and one with the true count of the others', () => {
    for (let sent = 0; sent < 1_000; sent++) {
      notifier.take(aFollowedAlert());
      clock.pass(10);
    }
    clock.pass(10_000);

    expect(alone).toHaveLength(1);
    expect(gathered.map(({ alerts, groups }) => [alerts, groups])).toEqual([[999, 1]]);
  });

  it('of 1,000 groups in 10 s is three', () => {
    for (let sent = 0; sent < 1_000; sent++) {
      notifier.take(aFollowedAlert({ groupId: groupId(sent), severity: sent === 700 ? 'CRITICAL' : 'HIGH' }));
      clock.pass(9);
    }
    clock.pass(60_000);

    expect(alone).toHaveLength(2);
    expect(gathered).toHaveLength(1);
    expect(gathered[0]).toMatchObject({ alerts: 998, worst: { groupId: groupId(700) } });
  });

  it('that goes on for an hour is told of more and more rarely, and never of one group twice in 10 s', () => {
    const told: number[] = [];
    for (let second = 0; second < 3_600; second++) {
      const before = shown();
      notifier.take(aFollowedAlert());
      clock.pass(1_000);
      if (shown() > before) told.push(second);
    }

    expect(told.length).toBeLessThan(20);
    expect(Math.min(...told.slice(1).map((at, index) => at - (told[index] ?? 0)))).toBeGreaterThanOrEqual(9);
    expect(1 + gathered.reduce((sum, { alerts }) => sum + alerts, 0)).toBeGreaterThan(3_200);
  });

  it('does not hide another group, and is over when it has been quiet for a while', () => {
    for (let sent = 0; sent < 100; sent++) notifier.take(aFollowedAlert());
    notifier.take(aFollowedAlert({ groupId: groupId(2) }));
    expect(alone.map(({ groupId: id }) => id)).toEqual([groupId(1), groupId(2)]);

    clock.pass(60_000);
    notifier.take(aFollowedAlert());
    expect(alone).toHaveLength(3);
  });

  it('leaves nothing behind when it is stopped', () => {
    notifier.take(aFollowedAlert());
    notifier.take(aFollowedAlert());
    notifier.stop();
    clock.pass(60_000);
    expect(shown()).toBe(1);
  });
});

describe('what is not notified of', () => {
  it('is what is milder than asked for, and everything when notifications are off', () => {
    notifier.take(aFollowedAlert({ severity: 'LOW' }));
    expect(shown()).toBe(0);
    notifier.take(aFollowedAlert({ severity: 'MEDIUM' }));
    expect(shown()).toBe(1);
    settings = withChange(settings, { notifications: { isOn: false } });
    notifier.take(aFollowedAlert({ severity: 'FATAL', groupId: groupId(2) }));
    expect([shown(), held.length]).toEqual([1, 0]);
  });

  it('is everything during a pause, until it is over or called off', () => {
    notifier.pause(3_600_000);
    notifier.take(aFollowedAlert());
    clock.pass(3_599_999);
    expect([notifier.isPaused, shown()]).toEqual([true, 0]);
    clock.pass(1);
    notifier.take(aFollowedAlert());
    expect([notifier.isPaused, shown()]).toEqual([false, 1]);
    notifier.pause(3_600_000);
    notifier.pause(0);
    expect(notifier.isPaused).toBe(false);
  });
});

describe('quiet hours', () => {
  beforeEach(() => {
    settings = withChange(settings, { quietHours: { isOn: true, from: '22:00', to: '06:00' } });
    clock.pass(9 * 3_600_000);
  });

  it('hold back what is not critical until their end, which is loud again', () => {
    notifier.take(aFollowedAlert());
    notifier.take(aFollowedAlert({ severity: 'CRITICAL' }));
    notifier.take(aFollowedAlert({ severity: 'FATAL', groupId: groupId(2) }));
    expect([held.length, alone.map(({ severity }) => severity)]).toEqual([1, ['CRITICAL', 'FATAL']]);

    clock.pass(8 * 3_600_000 - 1);
    notifier.take(aFollowedAlert());
    expect(held).toHaveLength(2);
    clock.pass(1);
    notifier.take(aFollowedAlert());
    expect([held.length, alone.length]).toEqual([2, 3]);
  });

  it('hold back also what a storm from before them was gathering', () => {
    settings = withChange(settings, { quietHours: { from: '23:00' } });
    clock.pass(55 * 60_000);
    for (let sent = 0; sent < 8; sent++) notifier.take(aFollowedAlert());
    clock.pass(3_000);
    clock.pass(7_000);
    expect(gathered.map(({ alerts }) => alerts)).toEqual([7]);
    clock.pass(4 * 60_000);
    clock.pass(45_000);
    for (let sent = 0; sent < 4; sent++) notifier.take(aFollowedAlert());
    expect(held).toEqual([]);
    clock.pass(60_000);
    expect([gathered.length, held.length, alone.length]).toEqual([1, 3, 2]);
  });

  it('hold back what is critical, too, where that is wanted', () => {
    settings = withChange(settings, { quietHours: { isCriticalLoud: false } });
    notifier.take(aFollowedAlert({ severity: 'FATAL' }));
    expect([held.length, shown()]).toEqual([1, 0]);
  });
});

describe('a system that is set not to disturb', () => {
  it('holds back what is not critical, by a reason of its own', () => {
    isDoNotDisturb = true;
    notifier.take(aFollowedAlert());
    notifier.take(aFollowedAlert({ severity: 'CRITICAL', groupId: groupId(2) }));
    expect([held.length, heldBy, alone.map(({ severity }) => severity)]).toEqual([1, 'OS_DND', ['CRITICAL']]);

    isDoNotDisturb = false;
    notifier.take(aFollowedAlert());
    expect([held.length, alone.length]).toEqual([1, 2]);
  });
});

describe('the sound of notifications', () => {
  it('is heard at most once in 5 s, and again after a clock was set back', () => {
    let now = 0;
    const paced = paceSound(() => now);
    const heard: number[] = [];
    for (; now < 60_000; now += 100) if (!paced(plainNotice('t', 'b')).isSilent) heard.push(now);
    expect(heard).toEqual(Array.from({ length: 12 }, (_, index) => index * 5_000));
    now = -3_600_000;
    expect(paced(plainNotice('t', 'b')).isSilent).toBeUndefined();
  });
});

describe('AwayLog', () => {
  it('sums up: the worst group first, the latest of equals before, ten at most', () => {
    const log = new AwayLog();
    expect(log.summarise('AWAY', new Date(0))).toBeNull();
    log.begin(new Date('2026-01-14T00:00:00Z'));
    log.begin(new Date('2026-01-14T05:00:00Z'));
    for (let group = 1; group <= 12; group++) log.take(aFollowedAlert({ groupId: groupId(group), title: `t${group}` }));
    log.take(aFollowedAlert({ groupId: groupId(3), severity: 'FATAL', title: 'worse' }));
    log.take(aFollowedAlert({ groupId: groupId(3), severity: 'LOW', title: 'worse' }));
    log.miss(5);

    const summary = log.summarise('AWAY', new Date('2026-01-14T08:00:00Z'));
    expect(summary).toMatchObject({
      since: '2026-01-14T00:00:00.000Z',
      until: '2026-01-14T08:00:00.000Z',
      alerts: 19,
      bySeverity: { LOW: 1, HIGH: 12, FATAL: 1 },
      moreGroups: 2,
    });
    expect(summary?.groups.slice(0, 3)).toEqual([
      { id: groupId(3), title: 'worse', severity: 'FATAL', alerts: 3 },
      { id: groupId(12), title: 't12', severity: 'HIGH', alerts: 1 },
      { id: groupId(11), title: 't11', severity: 'HIGH', alerts: 1 },
    ]);
    log.clear();
    expect(log.isEmpty).toBe(true);
  });
});

describe('a notification', () => {
  const did: string[] = [];
  const on = { open: () => did.push('open'), acknowledge: () => did.push('acknowledge') };

  it('names the severity, the title and the source, and can be acknowledged or opened', () => {
    const notice = alertNotice(aFollowedAlert({ severity: 'CRITICAL' }), messagesFor('en-GB'), on);
    expect(notice).toMatchObject({
      title: 'Critical: sshd: brute force',
      body: 'from 203.0.113.10',
      actions: ['Acknowledge', 'Open'],
      isUrgent: true,
    });
    notice.onClick();
    notice.onAction(0);
    notice.onAction(1);
    expect(did).toEqual(['open', 'acknowledge', 'open']);
  });

  it('speaks German to Germans', () => {
    const notice = alertNotice(aFollowedAlert({ sourceIp: null }), messagesFor('de-AT'), on);
    expect([notice.title, notice.body]).toEqual(['Hoch: sshd: brute force', 'von edge-01']);
  });

  it('has a body that no desktop takes for markup, whatever the source is called', () => {
    const notice = alertNotice(aFollowedAlert({ sourceIp: '<img src=x>&amp;<a href="x">' }), messagesFor('en'), on);
    expect(notice.body).toBe('from ‹img src=x>＆amp;‹a href="x">');
  });

  it('of a storm counts, and leads to the one group or to the list', () => {
    const led: unknown[] = [];
    const words = messagesFor('en');
    const one = gatheredNotice({ alerts: 999, groups: 1, worst: aFollowedAlert() }, words, (id) => led.push(id));
    const many = gatheredNotice({ alerts: 2, groups: 2, worst: aFollowedAlert() }, words, (id) => led.push(id));
    one.onClick();
    many.onAction(0);
    expect(one.title).toBe('999 alerts more in 1 group');
    expect(one.body).toBe('The worst: High, sshd: brute force');
    expect(led).toEqual([groupId(1), undefined]);
  });
});

describe('plainText', () => {
  it.each([
    ['one\r\ntwo\u2028three\u0007', 'one two three'],
    ['invoice\u202Efdp.exe', 'invoice‹202E›fdp.exe'],
    ['  <b>x</b> & y  ', '<b>x</b> & y'],
    ['x'.repeat(1_000_000), `${'x'.repeat(159)}…`],
    ['\uD800', '‹D800›'],
    ['', ''],
  ])('makes %j one line', (text, line) => {
    expect(plainText(text)).toBe(line);
  });
});
