import { setTimeout as sleep } from 'node:timers/promises';
import { Overloaded } from '../errors.ts';
import type { Logger } from '../log.ts';

/** How a message came. */
export type Transport = 'udp' | 'tcp' | 'tls';

/** One message of a sender. */
export interface SyslogMessage {
  readonly text: string;
  /** The address it came from; null when the connection was gone before it could be told. */
  readonly sender: string | null;
  readonly transport: Transport;
}

export interface BatchLimits {
  /** The most messages stored together. */
  readonly size: number;
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly waitMs: number;
  /** Messages, and characters in them, that may wait; senders that can be held back are so at half of it. */
  readonly messages: number;
  readonly characters: number;
  /** How long to wait before trying again when the journal is full, in milliseconds. */
  readonly retryMs: number;
}

export const batchLimits: BatchLimits = {
  size: 500,
  waitMs: 50,
  messages: 20_000,
  characters: 16 * 1024 * 1024,
  retryMs: 200,
};

/** Gathers the messages of all senders and stores them some at a time, in the order they came; what cannot be stored now waits. */
export class SyslogBatches {
  readonly #store: (messages: readonly SyslogMessage[]) => Promise<void>;
  readonly #onLost: (messages: readonly SyslogMessage[]) => void;
  readonly #log: Logger;
  readonly #limits: BatchLimits;
  readonly #roomListeners = new Set<() => void>();
  #queue: SyslogMessage[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  #storing: Promise<void> | undefined;
  #giveUpAt = Number.POSITIVE_INFINITY;

  constructor(
    store: (messages: readonly SyslogMessage[]) => Promise<void>,
    onLost: (messages: readonly SyslogMessage[]) => void,
    log: Logger,
    limits: BatchLimits = batchLimits,
  ) {
    this.#store = store;
    this.#onLost = onLost;
    this.#log = log;
    this.#limits = limits;
  }

  /**
   * Takes a message. One over UDP that finds no room is lost, and counted as such; streams are held back before that, and what
   * had been read of them by then is kept.
   */
  add(message: SyslogMessage): void {
    if (message.transport === 'udp' && this.#isFull) {
      this.#onLost([message]);
      return;
    }
    this.#queue.push(message);
    this.#characters += message.text.length;
    if (this.#queue.length >= this.#limits.size) this.#run();
    else this.#timer ??= setTimeout(() => this.#run(), this.#limits.waitMs);
  }

  get #isFull(): boolean {
    return this.#queue.length >= this.#limits.messages || this.#characters >= this.#limits.characters;
  }

  /** True when a sender that can be held back should be. */
  get isCrowded(): boolean {
    return this.#queue.length * 2 >= this.#limits.messages || this.#characters * 2 >= this.#limits.characters;
  }

  /** Calls back whenever it is crowded no more; returns how to stop that. */
  onRoom(listener: () => void): () => void {
    this.#roomListeners.add(listener);
    return () => this.#roomListeners.delete(listener);
  }

  /** Resolves when all that waits is stored, or lost because that took longer than `patienceMs`. */
  async drain(patienceMs: number): Promise<void> {
    this.#giveUpAt = performance.now() + patienceMs;
    while (this.#queue.length > 0 || this.#storing) {
      this.#run();
      await this.#storing;
    }
  }

  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storing ??= this.#storeAll().finally(() => {
      this.#storing = undefined;
      // What came in while the last of them was being stored has had no timer of its own.
      if (this.#queue.length > 0) this.#run();
    });
  }

  async #storeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, this.#limits.size);
      if (!(await this.#storeOrLose(batch))) {
        await sleep(this.#limits.retryMs);
        continue;
      }
      const wasCrowded = this.isCrowded;
      this.#queue.splice(0, batch.length);
      for (const { text } of batch) this.#characters -= text.length;
      if (wasCrowded && !this.isCrowded) for (const listener of this.#roomListeners) listener();
    }
  }

  /** False when it is worth another try. */
  async #storeOrLose(batch: readonly SyslogMessage[]): Promise<boolean> {
    try {
      await this.#store(batch);
      return true;
    } catch (cause) {
      if (cause instanceof Overloaded && performance.now() < this.#giveUpAt) return false;
      this.#log.error({ err: cause, messages: batch.length }, 'Syslog messages could not be stored and are lost');
      this.#onLost(batch);
      return true;
    }
  }
}
