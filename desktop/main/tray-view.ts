import type { AlertSeverity } from '../ipc-contract.ts';
import { type OpenCounts, plainText, totalOf, worstOf } from './alert.ts';
import type { OpenGroup } from './gateway-feed.ts';
import type { Messages } from './messages.ts';
import type { MenuLine, TrayView } from './port.ts';
import { drawTrayIcon } from './tray-icon.ts';

/** What the tray can be asked for. */
export interface TrayActions {
  readonly open: (path?: string) => void;
  readonly togglePause: () => void;
  readonly backUp: () => void;
  readonly openFolder: () => void;
  readonly quit: () => void;
}

export interface TrayState {
  /** Undefined while the server cannot be reached. */
  readonly counts: OpenCounts | undefined;
  readonly latest: readonly OpenGroup[];
  readonly isPaused: boolean;
  /** Whether the server, its folder and its backups are this machine's. */
  readonly isLocal: boolean;
}

const colours: Readonly<Record<AlertSeverity | 'calm' | 'away', readonly [number, number, number]>> = {
  FATAL: [160, 16, 64],
  CRITICAL: [200, 30, 30],
  HIGH: [217, 90, 10],
  MEDIUM: [245, 190, 40],
  LOW: [60, 120, 200],
  INFORMATIONAL: [110, 120, 130],
  calm: [40, 130, 80],
  away: [110, 120, 130],
};

/** How the tray shows what is open and new: what somebody has taken on is no longer counted, in the list it is still. */
export function trayView({ counts, latest, isPaused, isLocal }: TrayState, words: Messages, on: TrayActions): TrayView {
  const total = counts ? totalOf(counts) : 0;
  const worst = counts && worstOf(counts);
  const summary = summarise();
  const groups: MenuLine[] = latest.map(({ id, title, severity, count }) => ({
    label: `${words.severity[severity]}: ${shorten(plainText(title))} (${count})`,
    onClick: () => on.open(`/alerts/${id}`),
  }));
  return {
    image: drawTrayIcon(counts ? shownCount(total) : '?', colours[counts ? (worst ?? 'calm') : 'away']),
    title: total > 0 ? String(total) : '',
    tooltip: `Tocsin: ${summary}`,
    menu: [
      { label: summary, isEnabled: false },
      ...groups,
      {},
      { label: words.tray.open, onClick: () => on.open() },
      { label: words.tray.settings, onClick: () => on.open('/settings') },
      { label: isPaused ? words.tray.resume : words.tray.pause, onClick: on.togglePause },
      ...(isLocal
        ? [
            { label: words.tray.backUp, onClick: on.backUp },
            { label: words.tray.dataFolder, onClick: on.openFolder },
          ]
        : []),
      {},
      { label: words.tray.quit, onClick: on.quit },
    ],
  };

  function summarise(): string {
    if (!counts) return words.tray.noServer;
    return worst ? words.tray.count(total, words.severity[worst]) : words.tray.calm;
  }
}

function shownCount(total: number): string {
  if (total === 0) return '';
  return total > 99 ? '9+' : String(total);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
