import { plainNotice } from './alert-notices.ts';
import type { Messages } from './messages.ts';
import type { DesktopPort } from './port.ts';
import type { Updater } from './updater.ts';

const firstCheckMs = 60_000;
const checkEveryMs = 24 * 3_600_000;

interface UpdateDeskParts {
  readonly updater: Updater;
  readonly words: Messages;
  readonly port: Pick<DesktopPort, 'notify' | 'ask' | 'quit'>;
  readonly setTimer: (callBack: () => void, ms: number) => () => void;
}

/** Looks for a new version once a day, tells of it once, and installs it only when a person says so; does nothing while off. */
export class UpdateDesk {
  readonly #parts: UpdateDeskParts;
  #endTimer: (() => void) | undefined;
  #told = '';

  constructor(parts: UpdateDeskParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#parts.updater.state.kind !== 'off') this.#checkIn(firstCheckMs);
  }

  stop(): void {
    this.#endTimer?.();
  }

  #checkIn(ms: number): void {
    this.#endTimer = this.#parts.setTimer(() => {
      void this.#check();
      this.#checkIn(checkEveryMs);
    }, ms);
  }

  async #check(): Promise<void> {
    const { updater, words, port } = this.#parts;
    const state = await updater.check();
    if (state.kind !== 'ready' || state.version === this.#told) return;
    this.#told = state.version;
    port.notify(
      plainNotice(words.update.ready(state.version), words.update.click, () => void this.#offer(state.version)),
    );
  }

  async #offer(version: string): Promise<void> {
    const { updater, words, port } = this.#parts;
    const { ready, detail, install, later } = words.update;
    const question = {
      kind: 'question',
      message: ready(version),
      detail,
      buttons: [install, later],
      cancel: 1,
    } as const;
    if ((await port.ask(question)) !== 0) return;
    const state = await updater.install();
    if (state.kind === 'ready') port.quit();
    else port.notify(plainNotice(words.update.failed, version));
  }
}
