import { BrowserWindow } from 'electron';
import type { DesktopWindow } from '../port.ts';
import type { WindowOptions } from '../window.ts';

/** Opens a window of Electron's. */
export function openWindow(options: WindowOptions): DesktopWindow {
  const window = new BrowserWindow(options);
  const { webContents } = window;
  return {
    contentsId: webContents.id,
    load: (url) => void window.loadURL(url),
    send: (channel, ...args) => {
      if (!window.isDestroyed()) webContents.send(channel, ...args);
    },
    show: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    onReadyToShow: (listener) => void window.once('ready-to-show', listener),
    onClosed: (listener) => void window.once('closed', listener),
    onPageGone: (listener) => void webContents.on('render-process-gone', (_event, { reason }) => listener(reason)),
  };
}
