/** A timer takes no longer wait: it goes off early then, which is harmless to who looks what is due. */
const longestWaitMs = 24 * 3_600_000;

/** The clock that an alarm hangs on. */
export interface AlarmClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly every: (ms: number, callBack: () => Promise<void>) => () => void;
}

/** Has something looked for once, at the time it was last set to. */
export class Alarm {
  readonly #clock: AlarmClock;
  readonly #look: () => Promise<void>;
  #disarm: (() => void) | undefined;
  #isClosed = false;

  constructor(clock: AlarmClock, look: () => Promise<void>) {
    this.#clock = clock;
    this.#look = look;
  }

  /** In epoch milliseconds; what it was set to before counts no more. A time that is past is the next moment. */
  setTo(at: number): void {
    if (this.#isClosed) return;
    this.#disarm?.();
    const wait = Math.min(Math.max(at - this.#clock.now(), 1), longestWaitMs);
    const stop = this.#clock.every(wait, async () => {
      stop();
      await this.#look();
    });
    this.#disarm = stop;
  }

  /** It goes off no more, whatever it is set to. */
  close(): void {
    this.#isClosed = true;
    this.#disarm?.();
  }
}
