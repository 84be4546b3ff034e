import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
} from 'electron';
import type { DesktopNotice, DesktopPort } from '../port.ts';
import type { UpdateFeed } from '../updater.ts';
import { watchDoNotDisturb } from './do-not-disturb.ts';
import { buildMenu } from './electron-menu.ts';
import { openWindow } from './electron-window.ts';
import { forkUtility, runUtility } from './utility-child.ts';

/** The port onto the Electron that this process is. What Electron wants before it is ready is done here. */
export function openElectronPort(): DesktopPort {
  app.setName('Tocsin');
  app.setAppUserModelId('tocsin.desktop');
  // One folder whether the app runs packaged or from a checkout.
  app.setPath('userData', join(app.getPath('appData'), 'Tocsin'));
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  if (app.isPackaged) app.setAsDefaultProtocolClient('tocsin');

  let tray: Tray | undefined;
  const trayListeners: (() => void)[] = [];
  // Electron drops what nothing holds, and with it the buttons of a notification that is still on the screen.
  const notices = new Set<Notification>();

  function notify({ title, body, actions, isUrgent, isSilent = false, onClick, onAction }: DesktopNotice): void {
    if (!Notification.isSupported()) return;
    const notice = new Notification({
      ...{ title, body, urgency: isUrgent ? 'critical' : 'normal', silent: isSilent },
      actions: actions.map((text) => ({ type: 'button', text })),
    });
    const forget = () => notices.delete(notice);
    notice.on('click', () => {
      forget();
      onClick();
    });
    notice.on('action', ({ actionIndex }) => {
      forget();
      onAction(actionIndex);
    });
    notice.on('close', forget);
    notice.on('failed', forget);
    notices.add(notice);
    notice.show();
  }

  return {
    platform: process.platform,
    get locale() {
      return app.getLocale();
    },
    version: app.getVersion(),
    userData: app.getPath('userData'),
    launch: launchCommand(),
    args: process.argv.slice(1),
    autostartFolder: join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart'),

    claimSingleInstance: () => app.requestSingleInstanceLock(),
    onSecondInstance: (listener) => void app.on('second-instance', (_event, args) => listener(args)),
    onActivate: (listener) => void app.on('activate', listener),
    onOpenUrl: (listener) =>
      void app.on('open-url', (event, url) => {
        event.preventDefault();
        listener(url);
      }),
    onAllWindowsClosed: (listener) => void app.on('window-all-closed', listener),
    onBeforeQuit: (listener) => void app.on('before-quit', listener),
    whenReady: () => app.whenReady(),
    quit: () => app.quit(),

    ipc: ipcMain,
    session: () => session.defaultSession,
    guardContents: (guard) => void app.on('web-contents-created', (_event, contents) => guard(contents)),
    serveApp: (handler) => protocol.handle('app', handler),
    openWindow,
    isDark: () => nativeTheme.shouldUseDarkColors,

    forkServer: forkUtility,
    runTool: runUtility,

    showTray: ({ image, title, tooltip, menu }) => {
      const icon = nativeImage.createFromBuffer(image, { scaleFactor: 2 });
      if (tray) tray.setImage(icon);
      else {
        tray = new Tray(icon);
        for (const listener of trayListeners) tray.on('click', listener);
      }
      if (process.platform === 'darwin') tray.setTitle(title);
      tray.setToolTip(tooltip);
      tray.setContextMenu(buildMenu(menu));
    },
    onTrayClick: (listener) => {
      trayListeners.push(listener);
      tray?.on('click', listener);
    },
    setMenu: (lines) => Menu.setApplicationMenu(buildMenu(lines)),
    setBadge: (count) => void app.setBadgeCount(count),
    notify,
    ask: async ({ kind, message, detail, buttons, cancel }) => {
      const options = { type: kind, title: 'Tocsin', message, detail, buttons: [...buttons], defaultId: 0 };
      const { response } = await dialog.showMessageBox({ ...options, cancelId: cancel, noLink: true });
      return response;
    },

    onDoNotDisturb: (listener) => {
      const end = watchDoNotDisturb(listener);
      app.once('will-quit', end);
    },
    onSuspend: (listener) => void powerMonitor.on('suspend', listener),
    onResume: (listener) => void powerMonitor.on('resume', listener),
    setLoginItem: (isOn, args) => app.setLoginItemSettings({ openAtLogin: isOn, args: [...args] }),
    vault: {
      isSafe: () => {
        if (!safeStorage.isEncryptionAvailable()) return false;
        // Linux without a keyring: the "encryption" is with a password that everybody knows.
        return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
      },
      seal: (secret) => safeStorage.encryptString(secret),
      open: (sealed) => safeStorage.decryptString(sealed),
    },
    updateFeed: readUpdateFeed(),
    installUpdate: (file) => {
      // An AppImage or a package is the person's to put in its place.
      if (process.platform === 'linux') shell.showItemInFolder(file);
      else void shell.openPath(file);
    },
    openOutside: (url) => void shell.openExternal(url),
    openFolder: (path) => void shell.openPath(path),
  };
}

/** An AppImage runs from where it is mounted at the moment; its own file is what starts it again. */
function launchCommand(): DesktopPort['launch'] {
  const program = process.env['APPIMAGE'] || process.execPath;
  return { program, args: app.isPackaged ? [] : [app.getAppPath()] };
}

/** What a signed release is built with: `extraMetadata` of electron-builder puts it into the packed package.json. */
function readUpdateFeed(): UpdateFeed | undefined {
  if (!app.isPackaged) return undefined;
  const { updates } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
  const { url, publicKey } = Object(updates);
  return typeof url === 'string' && typeof publicKey === 'string' ? { url, publicKey } : undefined;
}
