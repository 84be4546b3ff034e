import type { Clock } from '../../../desktop/main/alert-desk.ts';

/** A clock that a test moves; timers that come due on the way call back in order. */
export class ManualClock implements Clock {
  #now: number;
  readonly #zone: string;
  #timers: { readonly dueAt: number; readonly callBack: () => void }[] = [];

  constructor(start: string, zone = 'Europe/Berlin') {
    this.#now = Date.parse(start);
    this.#zone = zone;
  }

  readonly now = (): number => this.#now;
  readonly timeZone = (): string => this.#zone;

  readonly setTimer = (callBack: () => void, ms: number): (() => void) => {
    const timer = { dueAt: this.#now + ms, callBack };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.callBack();
    }
    this.#now = end;
  }

  /** Time passes as it does for a machine that sleeps: timers come due when it wakes. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
