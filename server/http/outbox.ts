import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** From so many waiting frames on, nothing more is asked for on behalf of a client; as for bytes, the connection says. */
const manyFrames = 500;
/** What may wait for one client at the most; one that lets more gather is cut off. */
const mostWaiting: Waiting = { bytes: 8 * 1024 * 1024, frames: 1000 };
/** A payload from this length on is not copied for each of its receivers. */
const longPayload = 4096;
/** Writing may take this share of the time: the longer it takes, the more is gathered for the next time. */
const writingShare = 0.25;
/** However long writing takes, nothing waits longer than this for it to begin, in milliseconds. */
const longestRestMs = 80;

/** What waits for a client. */
export interface Waiting {
  readonly bytes: number;
  readonly frames: number;
}

/** Has outboxes that hold something written out together: at once while there is little to do, and in turns under load. */
export class WritingTurns {
  readonly #waiting = new Set<Outbox>();
  #isScheduled = false;
  #restUntil = 0;

  add(outbox: Outbox): void {
    this.#waiting.add(outbox);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const restMs = this.#restUntil - performance.now();
    if (restMs > 1) setTimeout(() => this.#write(), restMs);
    else setImmediate(() => this.#write());
  }

  #write(): void {
    this.#isScheduled = false;
    const startedAt = performance.now();
    const outboxes = [...this.#waiting];
    this.#waiting.clear();
    for (const outbox of outboxes) outbox.write();
    const endedAt = performance.now();
    this.#restUntil = endedAt + Math.min(longestRestMs, (endedAt - startedAt) / writingShare);
  }
}

/**
 * What is to be sent to one client. Frames that wait for the same turn leave in one write, and what many clients are sent is
 * neither written out nor kept once for each. Frames are put on the connection as they are, beside those that `ws` itself sends
 * (ping, pong, close): a server's frames are neither masked nor, here, compressed (RFC 6455 5.2).
 */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #connection: Duplex;
  readonly #turns: WritingTurns;
  readonly #onCut: (waiting: Waiting) => void;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** Frames that wait here, and those handed over since the connection has had too much. */
  #frames = 0;
  #waiters: (() => void)[] = [];

  constructor(socket: WebSocket, connection: Duplex, turns: WritingTurns, onCut: (waiting: Waiting) => void) {
    this.#socket = socket;
    this.#connection = connection;
    this.#turns = turns;
    this.#onCut = onCut;
    connection.on('drain', () => {
      this.#frames = 0;
      this.#release();
    });
    socket.once('close', () => this.discard());
  }

  /** Puts a text message, given in parts, into the next write; what comes after the end of the socket is dropped. */
  push(...parts: readonly Buffer[]): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.#parts.push(textHeader(length), ...parts);
    this.#bytes += length;
    this.#frames++;
    if (this.#waiting > mostWaiting.bytes || this.#frames > mostWaiting.frames) {
      this.#onCut({ bytes: this.#waiting, frames: this.#frames });
      this.discard();
      this.#socket.terminate();
    } else this.#turns.add(this);
  }

  /** Resolves when more may be pushed; undefined: now. */
  room(): Promise<void> | undefined {
    if (!this.#isFull) return undefined;
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  /** Hands what waits to the connection. */
  write(): void {
    const parts = this.#parts;
    this.#parts = [];
    this.#bytes = 0;
    if (parts.length === 0 || this.#socket.readyState !== this.#socket.OPEN) {
      this.#release();
      return;
    }
    if (parts.some(({ length }) => length >= longPayload)) {
      this.#connection.cork();
      for (const part of parts) this.#connection.write(part);
      this.#connection.uncork();
    } else this.#connection.write(Buffer.concat(parts));
    // The connection says when it has taken more than it should; less is on its way.
    if (!this.#connection.writableNeedDrain) {
      this.#frames = 0;
      this.#release();
    }
  }

  /** Drops what has not been handed to the connection. */
  discard(): void {
    this.#parts = [];
    this.#bytes = 0;
    this.#release();
  }

  get #isFull(): boolean {
    return this.#waiting >= this.#connection.writableHighWaterMark || this.#frames >= manyFrames;
  }

  get #waiting(): number {
    return this.#bytes + this.#connection.writableLength;
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}

/** The header of an unmasked text frame with a payload of so many bytes. */
function textHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 0xff]);
  const header = Buffer.alloc(10);
  header[0] = 0x81;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
