import { appOrigin } from './app-protocol.ts';
import type { Messages } from './messages.ts';
import type { DesktopPort, DesktopWindow } from './port.ts';
import { windowOptions } from './window.ts';

/** Within this time a page that dies this often is not loaded again without asking. */
const crashWindowMs = 60_000;
const mostCrashes = 3;

/** The one window: made when it is wanted, brought to the front when it is there, loaded again when its page dies. */
export class WindowKeeper {
  readonly #port: DesktopPort;
  readonly #preload: string;
  readonly #words: Messages;
  readonly #now: () => number;
  #window: DesktopWindow | undefined;
  #wanted: string | null = null;
  #crashes: number[] = [];

  constructor(port: DesktopPort, preload: string, words: Messages, now: () => number) {
    this.#port = port;
    this.#preload = preload;
    this.#words = words;
    this.#now = now;
  }

  get current(): DesktopWindow | undefined {
    return this.#window;
  }

  /** Shows the window, and in it a path of the console where one is given. */
  show(path?: string): void {
    const window = this.#window;
    if (window) {
      window.show();
      if (path !== undefined) this.#goTo(window, path);
      return;
    }
    this.#wanted = path ?? null;
    this.#open();
  }

  /** The path that the window was opened for, once: for a page that asks when it is there. */
  takePath(): string | null {
    const path = this.#wanted;
    this.#wanted = null;
    return path;
  }

  /** Loads the page anew, as after a change of server: its policy is another one then. */
  reload(): void {
    this.#window?.load(`${appOrigin}/`);
  }

  #goTo(window: DesktopWindow, path: string): void {
    // The page may not listen yet: then it takes the path when it does. If it listens, it has it twice, which is the same.
    this.#wanted = path;
    window.send('link:opened', path);
  }

  #open(): void {
    const window = this.#port.openWindow(windowOptions(this.#preload, this.#port.isDark()));
    this.#window = window;
    window.onReadyToShow(() => window.show());
    window.onClosed(() => {
      if (this.#window === window) this.#window = undefined;
    });
    window.onPageGone((reason) => void this.#recover(window, reason));
    window.load(`${appOrigin}/`);
  }

  async #recover(window: DesktopWindow, reason: string): Promise<void> {
    if (this.#window !== window || reason === 'clean-exit') return;
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashWindowMs), now];
    if (this.#crashes.length > mostCrashes) {
      const { pageGone, tray } = this.#words;
      const buttons = [pageGone.reload, tray.quit];
      const question = { kind: 'error', message: pageGone.message, detail: pageGone.detail(reason) } as const;
      const chosen = await this.#port.ask({ ...question, buttons, cancel: -1 });
      if (chosen === 1) this.#port.quit();
      if (chosen !== 0) return;
      this.#crashes = [];
    }
    if (this.#window === window) this.reload();
  }
}
