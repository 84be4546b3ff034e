import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupOutcome, GatewayState } from '../../../desktop/ipc-contract.ts';
import { findElectron, isDesktopBuilt, type LaunchedApp, launchApp } from '../support/electron-app.ts';
import { traversals } from '../support/traversals.ts';

const program = findElectron();
const patiently = { timeout: 25_000, interval: 50 };

// skipped: ELECTRON_OVERRIDE_DIST_PATH names no Electron binary, or the desktop is not built (`npm run build:desktop`)
describe.skipIf(program === undefined || !isDesktopBuilt)('the app in Electron', () => {
  let launched: LaunchedApp;

  beforeAll(async () => {
    launched = await launchApp(program ?? '');
  });

  afterAll(() => launched?.[Symbol.asyncDispose]());

  /** Runs an expression in the page. */
  const inPage = <Value>(expression: string) => launched.page.evaluate(expression) as Promise<Value>;
  const state = () => inPage<GatewayState>('window.tocsin.gatewayState()');
  const ready = async () => {
    await expect.poll(async () => (await state()).kind, patiently).toBe('ready');
    return (await state()) as Extract<GatewayState, { kind: 'ready' }>;
  };
  const pid = () => Number(readFileSync(join(launched.userData, 'data/server.pid'), 'utf8'));
  const isAlive = (process_: number) => {
    try {
      return process.kill(process_, 0);
    } catch {
      return false;
    }
  };
  const windows = () => launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

  it('opens one window on its own page', async () => {
    expect(await windows()).toBe(1);
    expect(launched.page.url()).toMatch(/^app:\/\/tocsin\//);
    expect(await launched.page.title()).toBe('Tocsin');
  });

  it('keeps its data in the app-data folder, and has its server ready in time', async () => {
    const { url, dataDir } = await ready();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(dataDir).toBe(join(launched.userData, 'data'));
    expect(existsSync(join(dataDir, 'tocsin.db'))).toBe(true);
  });

  it('runs its server apart from the main process', async () => {
    const main = await launched.app.evaluate(() => process.pid);
    await ready();
    expect(pid()).not.toBe(main);
    const metrics = await launched.app.evaluate(({ app }) => app.getAppMetrics().map(({ type }) => type));
    expect(metrics).toContain('Utility');
  });

  it('gives the page the bridge, frozen, and nothing of Node.js', async () => {
    expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
      Array(4).fill('undefined'),
    );
    expect(await inPage('Object.isFrozen(window.tocsin)')).toBe(true);
    expect(await inPage<string[]>('Object.keys(window.tocsin).sort()')).toContain('gatewayState');
  });

  it('sandboxes the page', async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): object };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  it('has a policy that stops eval', async () => {
    expect(await inPage('(() => { try { return eval("1"); } catch (cause) { return cause.name; } })()')).toBe(
      'EvalError',
    );
  });

  it('has a policy that stops requests to elsewhere', async () => {
    expect(await inPage('fetch("https://example.com/").then(() => "went", () => "stopped")')).toBe('stopped');
  });

  it('lets the page open a WebSocket to its server', async () => {
    const { url } = await ready();
    const socket = `new Promise((resolve) => {
      const socket = new WebSocket("${url.replace('http', 'ws')}/graphql", "graphql-transport-ws");
      socket.onopen = () => resolve("open"); socket.onerror = () => resolve("failed");
    })`;
    expect(await inPage(socket)).toBe('open');
  });

  it('lets nobody navigate the window away', async () => {
    const before = launched.page.url();
    await inPage('void (location.href = "https://example.com/?app://tocsin/")');
    await launched.page.waitForTimeout(500);
    expect(launched.page.url()).toBe(before);
  });

  it('opens no second window for the page', async () => {
    expect(await inPage('window.open("https://example.com/") === null')).toBe(true);
    expect(await windows()).toBe(1);
  });

  it.each(['geolocation', 'camera', 'microphone', 'midi'])('denies the page the %s', async (name) => {
    const asked = `navigator.permissions.query({ name: "${name}" }).then(({ state }) => state)`;
    expect(await inPage(asked)).not.toBe('granted');
  });

  it('grants the page notifications', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('granted');
  });

  it('serves nothing of 40 ways out of its folder', async () => {
    const paths = JSON.stringify(traversals(40));
    const fetched = `Promise.all(${paths}.map((path) =>
      fetch("app://tocsin/" + path).then(({ status }) => status, () => 0)))`;
    expect(new Set(await inPage<number[]>(fetched))).not.toContain(200);
  });

  it('answers its scheme with GET alone', async () => {
    const posted = 'fetch("app://tocsin/", { method: "POST" }).then(({ status }) => status)';
    expect(await inPage(posted)).toBe(405);
  });

  it('saves settings that fit, and refuses others', async () => {
    expect(await inPage('window.tocsin.changeDesktopSettings({ quietHours: { isOn: true } })')).toMatchObject({
      isSaved: true,
    });
    const file = join(launched.userData, 'settings.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ quietHours: { isOn: true } });
    expect(await inPage('window.tocsin.changeDesktopSettings({ gateway: { kind: "remote" } })')).toEqual({
      isSaved: false,
      field: 'gateway.kind',
    });
  });

  it('asks before it sends a token in the open', async () => {
    const connect = 'window.tocsin.connectGateway({ url: "http://192.0.2.1", token: "x".repeat(20) })';
    expect(await inPage(connect)).toEqual({ isConnected: false, problem: 'INSECURE' });
  });

  it('backs its database up', async () => {
    await ready();
    const outcome = await inPage<BackupOutcome>('window.tocsin.backUpNow()');
    expect(outcome).toMatchObject({ isDone: true });
    expect(outcome.isDone && existsSync(outcome.file)).toBe(true);
  });

  it('has a menu, and no developer tools in it', async () => {
    const roles = await launched.app.evaluate(({ Menu }) => {
      const walk = (menu: Electron.Menu | null): string[] =>
        menu?.items.flatMap((item) => [String(item.role ?? ''), ...walk(item.submenu ?? null)]) ?? [];
      return walk(Menu.getApplicationMenu());
    });
    expect(roles).toContain('quit');
    expect(roles).not.toContain('toggledevtools');
  });

  it('brings a killed server back with another token', async () => {
    const before = await ready();
    process.kill(pid(), 'SIGKILL');
    await expect
      .poll(async () => {
        const now = await state();
        return now.kind === 'ready' && now.token !== before.token;
      }, patiently)
      .toBe(true);
  });

  it('is the only one: a second start ends at once, and leads the first to the place it names', async () => {
    await inPage('void window.tocsin.onDeepLink((path) => { window.ledTo = path; })');
    const { program: second, args, env } = launched.command;
    const child = spawn(second, [...args, 'tocsin://alerts/019a0000-0000-7000-8000-000000000001'], { env });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    await expect.poll(() => inPage('window.ledTo'), patiently).toBe('/alerts/019a0000-0000-7000-8000-000000000001');
    expect(await windows()).toBe(1);
  });

  it('passes on that the machine slept and woke', async () => {
    await launched.app.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('suspend');
      powerMonitor.emit('resume');
    });
    expect(await inPage('window.tocsin.awaySummary()')).toBeNull();
    expect((await state()).kind).toBe('ready');
  });

  it('goes on without a window, and takes its server down when it quits', async () => {
    const server = pid();
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(windows, patiently).toBe(0);
    expect(isAlive(server)).toBe(true);
    const closed = launched.app.waitForEvent('close');
    await launched.app.evaluate(({ app }) => app.quit());
    await closed;
    await expect.poll(() => isAlive(server), patiently).toBe(false);
  });
});
