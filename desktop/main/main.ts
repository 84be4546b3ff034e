import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, nativeTheme, protocol, session } from 'electron';
import type { IpcNotices } from '../ipc-contract.ts';
import { appOrigin, serveAppFile } from './app-protocol.ts';
import { GatewayProcess } from './gateway-process.ts';
import { serveIpc, trustsWindow } from './ipc.ts';
import { forkUtility } from './utility-child.ts';
import { guardContents, guardPermissions, windowOptions } from './window.ts';

const built = join(import.meta.dirname, '..');

app.setName('Tocsin');
// One folder whether the app runs packaged or from a checkout.
app.setPath('userData', join(app.getPath('appData'), 'Tocsin'));
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  run();
} else {
  app.quit();
}

function run(): void {
  const gateway = new GatewayProcess({
    fork: forkUtility,
    entry: join(built, '..', 'server', 'main.js'),
    dataDir: join(app.getPath('userData'), 'data'),
  });
  let window: BrowserWindow | undefined;
  let stopped = false;

  function notify<Channel extends keyof IpcNotices>(channel: Channel, ...args: Parameters<IpcNotices[Channel]>): void {
    window?.webContents.send(channel, ...args);
  }

  function showWindow(): void {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    window = new BrowserWindow(windowOptions(join(built, 'preload', 'preload.cjs'), nativeTheme.shouldUseDarkColors));
    window.once('ready-to-show', () => window?.show());
    window.once('closed', () => {
      window = undefined;
    });
    void window.loadURL(`${appOrigin}/`);
  }

  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void gateway.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });

  void app.whenReady().then(() => {
    guardPermissions(session.defaultSession);
    protocol.handle('app', (request) => serveAppFile(request, join(built, '..', 'console')));
    serveIpc(
      ipcMain,
      { 'gateway:state': () => gateway.state, 'gateway:retry': () => gateway.start() },
      trustsWindow(() => window?.webContents.id),
    );
    gateway.onState((state) => notify('gateway:changed', state));
    void gateway.start();
    showWindow();
  });
}
