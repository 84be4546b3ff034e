import type { Messages } from './messages.ts';
import type { MenuLine } from './port.ts';

/** The menu bar: what every program has, and the backups of the own server. */
export function menuBar(
  words: Messages,
  platform: NodeJS.Platform,
  on: {
    readonly open: (path: string) => void;
    readonly backUp: () => void;
    readonly restore: () => void;
    readonly openFolder: () => void;
  },
  isLocal: boolean,
): MenuLine[] {
  const ofServer: MenuLine[] = [
    { label: words.tray.backUp, accelerator: 'CmdOrCtrl+B', onClick: on.backUp },
    { label: words.menu.restore, onClick: on.restore },
    { label: words.tray.dataFolder, onClick: on.openFolder },
    {},
  ];
  const file: MenuLine = {
    label: words.menu.file,
    lines: [
      ...(isLocal ? ofServer : []),
      { label: words.tray.settings, accelerator: 'CmdOrCtrl+,', onClick: () => on.open('/settings') },
      {},
      { label: words.tray.quit, accelerator: 'CmdOrCtrl+Q', role: 'quit' },
    ],
  };
  const app: MenuLine[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return [...app, file, { role: 'editMenu' }, { role: 'windowMenu' }];
}
