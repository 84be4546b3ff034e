import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { SenderEvent } from '../../../desktop/main/ipc.ts';
import type {
  DesktopNotice,
  DesktopPort,
  DesktopWindow,
  MenuLine,
  Question,
  TrayView,
} from '../../../desktop/main/port.ts';
import { childEnvironment, type ForkServer } from '../../../desktop/main/server-child.ts';
import type { UpdateFeed } from '../../../desktop/main/updater.ts';
import type { GuardedContents, GuardedSession, WindowOptions } from '../../../desktop/main/window.ts';
import { forkNode } from './forked-child.ts';

type Listener = (...args: never[]) => void;

/** A window that was opened: what it was made with, and what happened to it. */
export interface FakeWindow extends DesktopWindow {
  readonly options: WindowOptions;
  readonly loaded: string[];
  readonly sent: unknown[][];
  shown: number;
  emit(event: 'ready' | 'closed' | 'gone', reason?: string): void;
}

/** Stands for Electron: children are really forked, all else is written down for a test to look at, and to answer. */
export class FakePort implements DesktopPort {
  readonly platform: NodeJS.Platform = 'linux';
  readonly locale: string = 'en-GB';
  readonly version = '1.2.3';
  readonly launch = { program: '/opt/Tocsin/tocsin', args: [] };
  readonly userData: string;
  readonly autostartFolder: string;
  args: readonly string[] = [];
  isFirst = true;
  /** Index of the button that the next question is answered with. */
  answer = -1;
  isVaultSafe = true;
  updateFeed: UpdateFeed | undefined;
  readonly installs: string[] = [];

  quits = 0;
  readonly windows: FakeWindow[] = [];
  readonly notices: DesktopNotice[] = [];
  readonly questions: Question[] = [];
  readonly trays: TrayView[] = [];
  readonly badges: number[] = [];
  readonly loginItems: unknown[][] = [];
  readonly openedOutside: string[] = [];
  readonly openedFolders: string[] = [];
  readonly guards: ((contents: GuardedContents) => void)[] = [];
  readonly guardedBy: Partial<Record<keyof GuardedSession, (...args: never[]) => unknown>> = {};
  readonly channels = new Map<string, (event: SenderEvent, ...args: unknown[]) => unknown>();
  menu: readonly MenuLine[] = [];
  appHandler: ((request: Request) => Promise<Response>) | undefined;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(userData: string, over: Partial<FakePort> = {}) {
    this.userData = userData;
    this.autostartFolder = join(userData, 'autostart');
    Object.assign(this, over);
  }

  /** Lets something happen: `second-instance`, `suspend`, `before-quit`, … */
  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]));
  }

  /** Calls a channel as the page of the window does. */
  async call(channel: string, ...args: unknown[]): Promise<unknown> {
    const id = this.windows.at(-1)?.contentsId ?? 0;
    return this.channels.get(channel)?.(
      { sender: { id }, senderFrame: { url: 'app://tocsin/', parent: null } },
      ...args,
    );
  }

  #on(event: string, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  readonly ipc: DesktopPort['ipc'] = { handle: (channel, listener) => this.channels.set(channel, listener) };
  readonly vault: DesktopPort['vault'] = {
    isSafe: () => this.isVaultSafe,
    seal: (secret) => Buffer.from([...secret].reverse().join('')),
    open: (sealed) => [...sealed.toString()].reverse().join(''),
  };
  readonly forkServer: ForkServer = forkNode;

  claimSingleInstance = () => this.isFirst;
  onSecondInstance = (listener: Listener) => this.#on('second-instance', listener);
  onActivate = (listener: Listener) => this.#on('activate', listener);
  onOpenUrl = (listener: Listener) => this.#on('open-url', listener);
  onAllWindowsClosed = (listener: Listener) => this.#on('window-all-closed', listener);
  onBeforeQuit = (listener: Listener) => this.#on('before-quit', listener);
  onDoNotDisturb = (listener: (isOn: boolean) => void) => this.#on('do-not-disturb', listener as Listener);
  onSuspend = (listener: Listener) => this.#on('suspend', listener);
  onResume = (listener: Listener) => this.#on('resume', listener);
  onTrayClick = (listener: Listener) => this.#on('tray-click', listener);
  whenReady = async () => {};
  isDark = () => false;
  setMenu = (lines: readonly MenuLine[]) => {
    this.menu = lines;
  };
  showTray = (view: TrayView) => void this.trays.push(view);
  setBadge = (count: number) => void this.badges.push(count);
  notify = (notice: DesktopNotice) => void this.notices.push(notice);
  setLoginItem = (...args: unknown[]) => void this.loginItems.push(args);
  installUpdate = (file: string) => void this.installs.push(file);
  openOutside = (url: string) => void this.openedOutside.push(url);
  openFolder = (path: string) => void this.openedFolders.push(path);
  guardContents = (guard: (contents: GuardedContents) => void) => void this.guards.push(guard);
  serveApp = (handler: (request: Request) => Promise<Response>) => {
    this.appHandler = handler;
  };

  /** As Electron does: asks first, and quits when nobody objects. */
  quit = () => {
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    this.emit('before-quit', { preventDefault });
    if (!isPrevented) this.quits += 1;
  };

  ask = async (question: Question) => {
    this.questions.push(question);
    const { answer } = this;
    this.answer = -1;
    return answer;
  };

  session = (): GuardedSession => ({
    setPermissionRequestHandler: (handler) => Object.assign(this.guardedBy, { setPermissionRequestHandler: handler }),
    setPermissionCheckHandler: (handler) => Object.assign(this.guardedBy, { setPermissionCheckHandler: handler }),
    setDevicePermissionHandler: (handler) => Object.assign(this.guardedBy, { setDevicePermissionHandler: handler }),
  });

  openWindow = (options: WindowOptions): FakeWindow => {
    const listeners = new Map<string, Listener>();
    const window: FakeWindow = {
      options,
      contentsId: this.windows.length + 1,
      loaded: [],
      sent: [],
      shown: 0,
      load: (url) => void window.loaded.push(url),
      send: (...args) => void window.sent.push(args),
      show: () => {
        window.shown += 1;
      },
      onReadyToShow: (listener) => void listeners.set('ready', listener),
      onClosed: (listener) => void listeners.set('closed', listener),
      onPageGone: (listener) => void listeners.set('gone', listener as Listener),
      emit: (event, reason) => listeners.get(event)?.(...([reason] as never[])),
    };
    this.windows.push(window);
    return window;
  };

  runTool: DesktopPort['runTool'] = (entry, args, environment) =>
    new Promise((resolve) => {
      const env = childEnvironment(process.env, environment);
      execFile(process.execPath, [entry, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? 1 : 0, output: stdout + stderr }),
      );
    });
}
