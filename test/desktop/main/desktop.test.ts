import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AwaySummary, BackupOutcome, GatewayState } from '../../../desktop/ipc-contract.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { isServerBuilt, patiently, RunningDesktop } from '../support/running-desktop.ts';

const soon = patiently;

// skipped: the server is built by `npm run build`, and not by the tests.
describe.skipIf(!isServerBuilt)('the app on its own server', { timeout: 90_000 }, () => {
  let app: RunningDesktop;

  beforeAll(async () => {
    app = new RunningDesktop();
    await app.ready();
    await vi.waitUntil(() => app.port.trays.at(-1)?.tooltip === 'Tocsin: Nothing new', soon);
  });

  afterAll(() => app[Symbol.asyncDispose]());

  const tray = () => app.port.trays.at(-1);
  const openGroups = async () => {
    type Group = { id: string; title: string; status: string };
    const query = '{ alertGroups(first: 50) { nodes { id title status } } }';
    return (await app.ask<{ alertGroups: { nodes: Group[] } }>(query)).alertGroups.nodes;
  };

  it('opens one window on its own page, shows it when it can be seen, and has a tray and a menu', () => {
    const [window, ...others] = app.port.windows;
    expect(others).toEqual([]);
    expect(window?.loaded).toEqual(['app://tocsin/']);
    expect(window?.shown).toBe(0);
    window?.emit('ready');
    expect(window?.shown).toBe(1);
    expect(tray()?.menu.map(({ label }) => label)).toEqual([
      'Nothing new',
      undefined,
      'Open Tocsin',
      'Settings',
      'No notifications for an hour',
      'Back up now',
      'Show the data folder',
      undefined,
      'Quit Tocsin',
    ]);
    expect(app.port.menu.map(({ label, role }) => label ?? role)).toEqual(['File', 'editMenu', 'windowMenu']);
  });

  it('notifies of an alert; acknowledged from there it leaves the tray and the badge, but not the list', async () => {
    await app.raise(['port scan']);
    await vi.waitUntil(() => app.port.badges.at(-1) === 1, soon);
    await vi.waitUntil(() => app.port.notices.length === 1, soon);
    expect(app.port.notices[0]).toMatchObject({ title: 'High: port scan', body: 'from edge-01' });
    expect(tray()).toMatchObject({
      title: '1',
      tooltip: 'Tocsin: 1 group nobody has looked at; the worst: High',
      menu: [{ isEnabled: false }, { label: 'High: port scan (1)' }, {}, {}, {}, {}, {}, {}, {}, {}],
    });

    app.port.notices[0]?.onAction(0);
    await vi.waitUntil(() => app.port.badges.at(-1) === 0, soon);
    expect(tray()).toMatchObject({ title: '', tooltip: 'Tocsin: Nothing new' });
    expect(await openGroups()).toMatchObject([{ title: 'port scan', status: 'IN_PROGRESS' }]);
  });

  it('leaves the tray alone while nothing changes: its menu may be open', async () => {
    const before = app.port.trays.length;
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(app.port.trays.length).toBe(before);
  });

  it('leads from a notification and from the tray to the group, in the window that is there', async () => {
    await app.raise(['new device']);
    await vi.waitUntil(() => tray()?.menu[1]?.label === 'High: new device (1)', soon);
    await vi.waitUntil(() => app.port.notices.at(-1)?.title === 'High: new device', soon);
    const id = (await openGroups()).find(({ title }) => title === 'new device')?.id;
    const [window] = app.port.windows;
    const shown = window?.shown ?? 0;
    app.port.notices.at(-1)?.onClick();
    tray()?.menu[1]?.onClick?.();

    expect(window?.sent.filter(([channel]) => channel === 'link:opened')).toEqual([
      ['link:opened', `/alerts/${id}`],
      ['link:opened', `/alerts/${id}`],
    ]);
    expect(window?.shown).toBe(shown + 2);
    expect(await app.port.call('link:take')).toBe(`/alerts/${id}`);
    expect(await app.port.call('link:take')).toBeNull();
  });

  it('sums up what came while the machine slept, in one notification, and goes on from there', async () => {
    // What the alerts before are still being gathered for has nothing to do with it.
    const before = app.port.notices.length;
    app.port.emit('suspend');
    await app.raise(Array.from({ length: 30 }, (_, index) => `night ${index}`));
    await app.raise(Array.from({ length: 20 }, () => 'night 7'));
    app.port.emit('resume');
    await vi.waitUntil(async () => (await app.port.call('away:read')) !== null, soon);

    const summary = (await app.port.call('away:read')) as AwaySummary;
    expect(summary).toMatchObject({ reason: 'AWAY', alerts: 50, bySeverity: { HIGH: 50 }, moreGroups: 20 });
    expect(summary.groups[0]).toMatchObject({ title: 'night 7', alerts: 21 });
    const told = app.port.notices.slice(before).map(({ title }) => title);
    expect(told.filter((title) => title === 'While you were away')).toHaveLength(1);
    expect(told.filter((title) => title.includes('night'))).toEqual([]);
    expect(app.port.windows[0]?.sent.filter(([channel]) => channel === 'away:changed')).toEqual([
      ['away:changed', summary],
    ]);

    await app.port.call('away:dismiss');
    expect(await app.port.call('away:read')).toBeNull();
  });

  it('saves settings that fit, tells the page, and starts with the session when asked to', async () => {
    const entry = join(app.port.autostartFolder, 'tocsin.desktop');
    expect(await app.port.call('settings:change', { startsAtLogin: true })).toMatchObject({ isSaved: true });
    expect(readFileSync(entry, 'utf8')).toContain('Exec=/opt/Tocsin/tocsin --hidden\n');
    expect(JSON.parse(readFileSync(join(app.userData, 'settings.json'), 'utf8'))).toMatchObject({
      startsAtLogin: true,
    });
    expect(app.port.windows[0]?.sent.filter(([channel]) => channel === 'settings:changed')).toHaveLength(1);
    await app.port.call('settings:change', { startsAtLogin: false });
    expect(existsSync(entry)).toBe(false);
    expect(await app.port.call('settings:change', { quietHours: { from: '25:00' } })).toEqual({
      isSaved: false,
      field: 'quietHours.from',
    });
  });

  it('backs up beside the running server, restores from the menu, and follows the restored server', async () => {
    const outcome = (await app.port.call('backup:make')) as Extract<BackupOutcome, { isDone: true }>;
    expect(outcome).toMatchObject({ isDone: true, events: 52 });
    expect(outcome.file.startsWith(join(app.userData, 'backups/tocsin-'))).toBe(true);
    expect(app.port.notices.at(-1)).toMatchObject({ title: 'The backup is made', body: outcome.file });
    await app.raise(['after the backup']);

    app.port.answer = 0;
    const restore = app.port.menu[0]?.lines?.find(({ label }) => label?.startsWith('Restore'));
    restore?.onClick?.();
    await vi.waitUntil(async () => (await app.state()).kind === 'stopped', soon);
    await app.ready();
    expect(app.port.questions.at(-1)?.detail).toContain(outcome.file);
    expect((await openGroups()).map(({ title }) => title)).not.toContain('after the backup');
    await vi.waitUntil(() => tray()?.title === '31', soon);
    await app.raise(['after the restore']);
    await vi.waitUntil(() => tray()?.title === '32', soon);
  });

  it('takes what other machines send once a person agrees; a port that is taken is told of, and all else goes on', async () => {
    const [other, brief] = [createServer(), createServer()];
    for (const server of [other, brief]) await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const [port, free] = [other, brief].map((server) => (server.address() as AddressInfo).port);
    await new Promise((resolve) => brief.close(resolve));
    const change = async (intake: object, answer: number) => {
      const { url } = await app.ready();
      app.port.answer = answer;
      const outcome = await app.port.call('settings:change', { intake });
      if (answer === 0) await vi.waitUntil(async () => (await app.state()).kind !== 'ready', soon);
      const state = await app.ready();
      expect(state.url === url).toBe(answer !== 0);
      return [outcome, state.listeners];
    };
    expect(await change({ isOn: true, port }, 1)).toEqual([{ isSaved: false, field: '', isDeclined: true }, undefined]);
    expect(app.port.questions.at(-1)).toMatchObject({
      detail: expect.stringContaining(`reach Tocsin on port ${port}, each with its key`),
      buttons: ['Start anew', 'Cancel'],
    });
    expect(await change({ isOn: true, port }, 0)).toEqual([
      { isSaved: true, settings: expect.objectContaining({ intake: { isOn: true, port } }) },
      { intake: { isOpen: false, problem: 'PORT_TAKEN' } },
    ]);
    expect((await change({ port: free }, 0))[1]).toEqual({ intake: { isOpen: true, port: free } });
    other.close();
    const { about } = await app.ask<{ about: object }>('{ about { reach { isLocalOnly } } }');
    expect(about).toEqual({ reach: { isLocalOnly: false } });

    type Made = { createIntake: { secret: string } };
    const create = 'mutation { createIntake(input: { name: "lan", kind: WEBHOOK }) { secret } }';
    const headers = {
      'X-API-Key': (await app.ask<Made>(create)).createIntake.secret,
      'Content-Type': 'application/json',
    };
    const body = JSON.stringify(aWazuhAlert({ id: crypto.randomUUID() }));
    const door = `http://127.0.0.1:${free}`;
    const sent = await fetch(`${door}/api/v1/webhooks/wazuh`, { method: 'POST', headers, body });
    expect([sent.status, await sent.json()]).toEqual([200, expect.objectContaining({ indexed: 1 })]);
    const { token } = (await app.state()) as Extract<GatewayState, { kind: 'ready' }>;
    const asApp = { headers: { authorization: `Bearer ${token}` } };
    expect((await fetch(`${door}/graphql?query={about{version}}`, asApp)).status).toBe(404);
    expect((await fetch(`${door}/api/v1/networks`, asApp)).status).toBe(401);
  });

  it('is the only one: a second start quits, and brings the first to the front at the place it names', async () => {
    const second = new RunningDesktop({}, { isFirst: false });
    expect([second.port.quits, second.port.windows, second.port.trays]).toEqual([1, [], []]);

    const [window] = app.port.windows;
    const shown = window?.shown ?? 0;
    const link = 'tocsin://alerts/019a0000-0000-7000-8000-000000000001';
    app.port.emit('second-instance', ['/opt/Tocsin/tocsin', link]);
    app.port.emit('second-instance', ['/opt/Tocsin/tocsin', 'tocsin://../../etc/passwd']);
    await vi.waitUntil(() => window?.shown === shown + 2, soon);
    expect(window?.sent.filter(([channel]) => channel === 'link:opened').at(-1)).toEqual([
      'link:opened',
      '/alerts/019a0000-0000-7000-8000-000000000001',
    ]);
  });

  it('cannot be followed by another on the same folder, as a second installation would be', async () => {
    const other = new RunningDesktop({}, { args: ['--hidden'] }, app.userData);
    await vi.waitUntil(() => other.port.questions.length === 1, soon);
    expect(other.port.questions[0]).toMatchObject({
      message: 'Another Tocsin is using the data folder',
      buttons: ['Try again', 'Quit'],
    });
    await other.quit();
  });

  it('stays in the tray without a window, opens a new one when asked, and quits then where that is wanted', async () => {
    app.port.windows[0]?.emit('closed');
    app.port.emit('window-all-closed');
    expect(app.port.quits).toBe(0);
    app.port.emit('tray-click');
    expect(app.port.windows).toHaveLength(2);
    await app.port.call('settings:change', { staysInTray: false });
    app.port.windows[1]?.emit('closed');
    app.port.emit('window-all-closed');
    await vi.waitUntil(() => app.port.quits === 1, soon);
  });
});

// skipped: the server is built by `npm run build`, and not by the tests.
describe.skipIf(!isServerBuilt)('an app whose server cannot start', { timeout: 90_000 }, () => {
  it('offers the last good backup of a damaged database, and is ready on it', async () => {
    const first = new RunningDesktop();
    await first.raise(['kept']);
    await first.port.call('backup:make');
    await first.quit();
    const database = join(first.userData, 'data/tocsin.db');
    writeFileSync(database, 'This is no database. '.repeat(1_000));

    await using app = new RunningDesktop({}, { args: ['--hidden'] }, first.userData);
    app.port.answer = 0;
    await vi.waitUntil(() => app.port.questions.length === 1, soon);
    expect(app.port.questions[0]).toMatchObject({
      kind: 'error',
      message: 'The database is damaged',
      buttons: [expect.stringMatching(/^Restore the backup of /), 'Show the folder', 'Try again', 'Quit'],
      cancel: -1,
    });
    expect(app.port.windows).toEqual([]);
    app.port.emit('tray-click');
    await app.ready();
    const { alerts } = await app.ask<{ alerts: unknown }>('{ alerts(first: 5) { nodes { title } } }');
    expect(alerts).toEqual({ nodes: [{ title: 'kept' }] });
  });

  it('says which folder is blocked, and tries again when asked', async () => {
    const blocked = new RunningDesktop({}, { isFirst: false });
    writeFileSync(join(blocked.userData, 'data'), 'a file where the folder should be');
    await using app = new RunningDesktop({}, { locale: 'de-DE' }, blocked.userData);
    await vi.waitUntil(() => app.port.questions.length === 1, soon);

    expect(app.port.questions[0]).toMatchObject({
      message: 'Der Datenordner ist nicht benutzbar',
      detail: expect.stringContaining(join(app.userData, 'data')),
      buttons: ['Erneut versuchen', 'Ordner zeigen', 'Beenden'],
    });
    expect(await app.state()).toMatchObject({ kind: 'failed', reason: 'REFUSED', problem: 'FOLDER_BLOCKED' });
    app.port.answer = 1;
    await app.port.call('gateway:retry');
    await vi.waitUntil(() => app.port.openedFolders.length === 1, soon);
  });
});

describe('a page that dies', () => {
  it('is loaded again, three times a minute; then a person is asked', async () => {
    const app = new RunningDesktop({ built: '/nowhere/desktop' });
    mkdirSync(join(app.userData, 'data'), { recursive: true });
    await vi.waitUntil(() => app.port.windows.length === 1, soon);
    const [window] = app.port.windows;
    window?.emit('gone', 'clean-exit');
    expect(window?.loaded).toHaveLength(1);
    for (let crash = 0; crash < 3; crash++) window?.emit('gone', 'crashed');
    expect(window?.loaded).toHaveLength(4);
    app.port.answer = 0;
    window?.emit('gone', 'oom');
    await vi.waitUntil(() => window?.loaded.length === 5, soon);
    expect(app.port.questions.find(({ message }) => message === 'The window has stopped working')).toMatchObject({
      buttons: ['Load it again', 'Quit Tocsin'],
    });
    await app[Symbol.asyncDispose]();
  });
});
