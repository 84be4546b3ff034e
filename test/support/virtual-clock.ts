import type { GatewayOptions } from '../../server/gateway.ts';

/** A clock that stands until a test moves it, with the timers that a gateway has on it. */
export class VirtualClock {
  nowMs: number;
  readonly #timers = new Set<{ readonly ms: number; readonly callBack: () => Promise<void>; dueAt: number }>();

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  readonly now = (): number => this.nowMs;

  readonly every: NonNullable<GatewayOptions['every']> = (ms, callBack) => {
    const timer = { ms, callBack, dueAt: this.nowMs + ms };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets time pass; timers call back on their way, one after the other. */
  async pass(ms: number): Promise<void> {
    for (const end = this.nowMs + ms; this.nowMs < end; ) {
      const next = Math.min(end, ...[...this.#timers].map(({ dueAt }) => dueAt));
      this.nowMs = Math.max(this.nowMs, next);
      for (const timer of [...this.#timers].filter(({ dueAt }) => dueAt <= this.nowMs)) {
        timer.dueAt = this.nowMs + timer.ms;
        await timer.callBack();
      }
    }
  }

  /** Lets time pass as it does for a machine that sleeps: no timer calls back until it wakes. */
  async sleep(ms: number): Promise<void> {
    this.nowMs += ms;
    await this.pass(1);
  }
}
