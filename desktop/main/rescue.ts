import type { GatewayState } from '../ipc-contract.ts';
import type { KeptBackup } from './backups.ts';
import type { Messages, Rescuable } from './messages.ts';
import type { DesktopPort } from './port.ts';

interface RescueParts {
  readonly ask: DesktopPort['ask'];
  readonly words: Messages;
  readonly locale: string;
  readonly latestBackup: () => KeptBackup | undefined;
  readonly retry: () => void;
  readonly openFolder: () => void;
  readonly restore: (file: string) => void;
  readonly useOwn: () => void;
  readonly quit: () => void;
}

type Way = 'retry' | 'openFolder' | 'restore' | 'useOwn' | 'quit';

/** What a person can do about each, the most useful first. */
const ways: Readonly<Record<Rescuable, readonly Way[]>> = {
  FOLDER_IN_USE: ['retry', 'quit'],
  FOLDER_BLOCKED: ['retry', 'openFolder', 'quit'],
  DATABASE_DAMAGED: ['restore', 'openFolder', 'retry', 'quit'],
  DATABASE_NEWER: ['restore', 'quit'],
  TOKEN_REFUSED: ['retry', 'useOwn', 'quit'],
  KEEPS_CRASHING: ['retry', 'restore', 'openFolder', 'quit'],
};

/** When the server cannot start and a person can help, asks how: whatever happens to the window, this is the system's own dialog. */
export class Rescue {
  readonly #parts: RescueParts;
  #isAsking = false;

  constructor(parts: RescueParts) {
    this.#parts = parts;
  }

  async offer(state: GatewayState): Promise<void> {
    const problem = rescuable(state);
    if (problem === undefined || state.kind !== 'failed' || this.#isAsking) return;
    const { words, locale, ask } = this.#parts;
    const backup = this.#parts.latestBackup();
    const offered = ways[problem].filter((way) => way !== 'restore' || backup !== undefined);
    const when = backup?.at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }) ?? '';
    const label = (way: Way) => (way === 'restore' ? words.rescueButton.restore(when) : words.rescueButton[way]);
    this.#isAsking = true;
    const chosen = await ask({
      kind: 'error',
      message: words.rescue[problem].message,
      detail: words.rescue[problem].detail(state.log.slice(-12).join('\n')),
      buttons: offered.map(label),
      // To close the dialog is to look at the window, which says the same and can retry.
      cancel: -1,
    }).finally(() => {
      this.#isAsking = false;
    });
    const way = offered[chosen];
    if (way === 'restore' && backup) this.#parts.restore(backup.file);
    else if (way !== undefined && way !== 'restore') this.#parts[way]();
  }
}

function rescuable(state: GatewayState): Rescuable | undefined {
  if (state.kind !== 'failed') return undefined;
  if (state.reason === 'KEEPS_CRASHING') return 'KEEPS_CRASHING';
  const { problem } = state;
  return problem === undefined || problem === 'UNREACHABLE' || problem === 'NOT_TOCSIN' ? undefined : problem;
}
