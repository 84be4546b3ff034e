import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { IpcNotices } from '../ipc-contract.ts';
import { totalOf } from './alert.ts';
import { AlertDesk, type Clock, type SavedPosition } from './alert-desk.ts';
import { serveAppFile } from './app-protocol.ts';
import { hiddenArgument, setAutostart } from './autostart.ts';
import { Backups } from './backups.ts';
import { Connections } from './connections.ts';
import type { FeedTimes } from './gateway-feed.ts';
import { type GatewayLimits, GatewayProcess } from './gateway-process.ts';
import { GatewaySwitch } from './gateway-switch.ts';
import { type IpcHandlers, serveIpc, trustsWindow } from './ipc.ts';
import { readJsonFile, tryWriteJsonFile } from './json-file.ts';
import { pathOfLink } from './links.ts';
import { menuBar } from './menu.ts';
import { messagesFor } from './messages.ts';
import { paceSound } from './notice-sound.ts';
import { OwnServer } from './own-server.ts';
import type { DesktopPort } from './port.ts';
import { Rescue } from './rescue.ts';
import { listenerEnvironment, SenderListening } from './sender-listeners.ts';
import { SettingsStore } from './settings-store.ts';
import { type TrayState, trayView } from './tray-view.ts';
import { UpdateDesk } from './update-desk.ts';
import { Updater } from './updater.ts';
import { guardContents, guardPermissions } from './window.ts';
import { WindowKeeper } from './window-keeper.ts';

export interface DesktopOptions {
  /** The folder that the app was built into: beside it lies the built server. */
  readonly built: string;
  readonly clock?: Clock;
  readonly limits?: Partial<GatewayLimits>;
  readonly feedTimes?: Partial<FeedTimes>;
}

const systemClock: Clock = {
  now: Date.now,
  setTimer: (callBack, ms) => {
    const timer = setTimeout(callBack, ms);
    return () => clearTimeout(timer);
  },
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** The app: one instance, one server, one window, one tray. Everything it asks of the system goes through the port. */
export function startDesktop(port: DesktopPort, options: DesktopOptions): void {
  if (!port.claimSingleInstance()) {
    port.quit();
    return;
  }
  const { built, clock = systemClock } = options;
  const words = messagesFor(port.locale);
  const dataDir = join(port.userData, 'data');
  const backupFolder = join(port.userData, 'backups');
  const positionFile = join(port.userData, 'position.json');

  const window = new WindowKeeper(port, join(built, 'preload', 'preload.cjs'), words, clock.now);
  const tell = <Channel extends keyof IpcNotices>(channel: Channel, ...args: Parameters<IpcNotices[Channel]>) =>
    window.current?.send(channel, ...args);
  const show = (path?: string) => window.show(path);

  const settings = new SettingsStore(join(port.userData, 'settings.json'), (now, before) => {
    tell('settings:changed', now);
    if (now.startsAtLogin !== before.startsAtLogin) setAutostart(port, now.startsAtLogin);
    if (now.gateway.kind !== before.gateway.kind) showMenu();
  });
  const isLocal = () => settings.current.gateway.kind === 'local';

  const own = new GatewayProcess({
    fork: port.forkServer,
    entry: join(built, '..', 'server', 'main.js'),
    dataDir,
    // Beside those that a person makes, and out of the data folder, which may be what has to be replaced.
    environment: () => ({ TOCSIN_BACKUP_DIR: backupFolder, ...listenerEnvironment(settings.current) }),
    ...(options.limits && { limits: options.limits }),
  });
  const gateway = new GatewaySwitch();
  const connections = new Connections({
    ...{ gateway, own, vault: port.vault, settings },
    tokenFile: join(port.userData, 'remote-token.json'),
  });
  const backups = new Backups({
    runTool: port.runTool,
    entry: join(built, '..', 'server', 'cli', 'tocsin.js'),
    dataDir,
    folder: backupFolder,
    now: () => new Date(clock.now()),
  });

  const paced = paceSound(clock.now);
  let shown: Pick<TrayState, 'counts' | 'latest'> = { counts: undefined, latest: [] };
  const desk = new AlertDesk({
    ...{ clock, words, settings: () => settings.current, notify: (notice) => port.notify(paced(notice)), open: show },
    onOpenGroups: (counts, latest) => {
      // Where a menu is open, setting it again closes it.
      if (isDeepStrictEqual(shown, { counts, latest })) return;
      shown = { counts, latest };
      port.setBadge(counts ? totalOf(counts) : 0);
      showTray();
    },
    onAway: (summary) => tell('away:changed', summary),
    savePosition: (position) => void tryWriteJsonFile(positionFile, position),
    saved: readPosition(readJsonFile(positionFile)),
    ...(options.feedTimes && { feedTimes: options.feedTimes }),
  });
  const ownServer = new OwnServer({
    ...{ port, words, gateway, backups, isShown: isLocal },
    onRestored: () => desk.forgetPosition(),
  });

  const senders = new SenderListening({
    ask: (question) => port.ask(question),
    words,
    settings,
    gateway,
    isShown: isLocal,
  });

  const updates = new UpdateDesk({
    ...{ port, words, setTimer: clock.setTimer },
    updater: new Updater({
      ...{ feed: port.updateFeed, version: port.version, target: `${port.platform}-${process.arch}` },
      folder: join(port.userData, 'updates'),
      install: (file) => port.installUpdate(file),
    }),
  });

  const actions = {
    open: show,
    togglePause: () => {
      desk.togglePause();
      showTray();
    },
    backUp: () => void ownServer.backUp(),
    restore: () => void ownServer.askToRestore(),
    openFolder: () => port.openFolder(dataDir),
    quit: () => port.quit(),
  };
  const showTray = () =>
    port.showTray(trayView({ ...shown, isPaused: desk.isPaused, isLocal: isLocal() }, words, actions));
  const showMenu = () => port.setMenu(menuBar(words, port.platform, actions, isLocal()));
  // After the answer is on its way: the page that gets it is replaced.
  const reloadSoon = () => clock.setTimer(() => window.reload(), 100);

  const rescue = new Rescue({
    ...actions,
    ...{ words, locale: port.locale, latestBackup: () => backups.latest() },
    ask: (question) => port.ask(question),
    retry: () => void gateway.start(),
    restore: (file) => void ownServer.restore(file),
    useOwn: () => void connections.useOwn().then(reloadSoon),
  });

  const handlers: IpcHandlers = {
    'gateway:state': () => gateway.state,
    'gateway:retry': () => gateway.start(),
    'gateway:connect': async (address) => {
      const outcome = await connections.connect(address);
      if (outcome.isConnected) reloadSoon();
      return outcome;
    },
    'gateway:use-own': async () => {
      await connections.useOwn();
      reloadSoon();
    },
    'settings:read': () => settings.current,
    'settings:change': (change) => senders.change(change),
    'backup:make': () => ownServer.backUp(),
    'folder:open': actions.openFolder,
    'away:read': () => desk.summary,
    'away:dismiss': () => desk.dismiss(),
    'link:take': () => window.takePath(),
  };

  const openLink = (args: readonly string[]) => window.show(args.map(pathOfLink).find((path) => path !== undefined));
  let stopped = false;
  port.guardContents((contents) => guardContents(contents, (url) => port.openOutside(url)));
  port.onSecondInstance((args) => void port.whenReady().then(() => openLink(args)));
  port.onOpenUrl((url) => void port.whenReady().then(() => openLink([url])));
  port.onActivate(() => window.show());
  port.onAllWindowsClosed(() => {
    if (!settings.current.staysInTray) port.quit();
  });
  port.onBeforeQuit((event) => {
    if (stopped) return;
    event.preventDefault();
    desk.stop();
    updates.stop();
    void gateway.stop().then(() => {
      stopped = true;
      port.quit();
    });
  });

  void port.whenReady().then(async () => {
    guardPermissions(port.session(), () => !isLocal());
    port.serveApp((request) => {
      const { gateway: chosen } = settings.current;
      return serveAppFile(request, join(built, '..', 'console'), chosen.kind === 'remote' ? chosen.url : undefined);
    });
    serveIpc(
      port.ipc,
      handlers,
      trustsWindow(() => window.current?.contentsId),
    );
    gateway.onState((state) => {
      tell('gateway:changed', state);
      desk.gatewayChanged(state);
      void rescue.offer(state);
    });
    port.onDoNotDisturb((isOn) => desk.setDoNotDisturb(isOn));
    port.onSuspend(() => desk.suspend());
    port.onResume(() => desk.resume());
    port.onTrayClick(() => window.show());
    showMenu();
    showTray();
    void connections.open();
    updates.start();
    if (!port.args.includes(hiddenArgument)) openLink(port.args);
  });
}

function readPosition(value: unknown): SavedPosition | undefined {
  const { place, at, cursor, newestId } = Object(value);
  if (typeof place !== 'string' || place === '' || typeof at !== 'number') return undefined;
  return {
    ...{ place, at },
    cursor: typeof cursor === 'string' ? cursor : undefined,
    newestId: typeof newestId === 'number' ? newestId : undefined,
  };
}
