import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions } from 'node:tls';
import { canonicalIp } from '../ip-address.ts';
import { SyslogFraming } from './framing.ts';
import type { Listener } from './listener.ts';

export interface StreamOptions {
  readonly host: string;
  readonly port: number;
  /** Certificate and key; undefined: plain TCP. */
  readonly tls?: SecureContextOptions | undefined;
  /** Connections at once; further ones are closed. */
  readonly maxConnections: number;
  /** A connection on which nothing came for so long is closed, in milliseconds. */
  readonly idleMs: number;
}

/** Where the messages of a stream go. */
export interface StreamSink {
  take(text: string, sender: string | null): void;
  /** True while senders are to be held back. */
  isCrowded(): boolean;
  /** Calls back when they need not be any more; returns how to stop that. */
  onRoom(listener: () => void): () => void;
  /** A message was longer than is kept. */
  noteCut(count: number): void;
  noteConnections(count: number): void;
}

const handshakeMs = 10_000;
const keepAliveMs = 60_000;

/**
 * Takes syslog over TCP (RFC 6587) or TLS (RFC 5425). While too much waits to be stored nothing is read, so that TCP itself holds
 * the senders back and no message is lost.
 */
export async function listenTcp(options: StreamOptions, sink: StreamSink): Promise<Listener> {
  const { host, port, tls, maxConnections } = options;
  const connections = new Set<Connection>();
  const accept = (socket: Socket) => {
    const connection = new Connection(socket, sink, options.idleMs, () => {
      connections.delete(connection);
      sink.noteConnections(connections.size);
    });
    connections.add(connection);
    sink.noteConnections(connections.size);
  };
  const server: Server = tls
    ? createTlsServer({ ...tls, minVersion: 'TLSv1.2', handshakeTimeout: handshakeMs }, accept)
    : createServer(accept);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A connection that could not be accepted is its sender's to make again.
  server.on('error', () => {});
  // Those still in their handshake are no connections of ours yet, but would keep the server open.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const stopListening = sink.onRoom(() => {
    for (const connection of connections) connection.resume();
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      stopListening();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of [...connections]) connection.finish();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** One sender's connection. */
class Connection {
  readonly #socket: Socket;
  readonly #sink: StreamSink;
  readonly #sender: string | null;
  readonly #framing = new SyslogFraming();
  readonly #onEnd: () => void;
  #isEnded = false;
  #cut = 0;

  constructor(socket: Socket, sink: StreamSink, idleMs: number, onEnd: () => void) {
    this.#socket = socket;
    this.#sink = sink;
    this.#sender = canonicalIp(socket.remoteAddress);
    this.#onEnd = onEnd;
    socket.setKeepAlive(true, keepAliveMs);
    socket.setTimeout(idleMs, () => {
      // One that is held back is silent through no fault of its own.
      if (!socket.isPaused()) this.finish();
    });
    socket.on('data', (chunk) => this.#read(chunk as Buffer));
    socket.on('error', () => this.finish());
    socket.on('close', () => this.finish());
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Passes on what came of the last message, and closes. */
  finish(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#passOn(this.#framing.end());
    this.#socket.destroy();
    this.#onEnd();
  }

  #read(chunk: Buffer): void {
    if (this.#isEnded) return;
    this.#passOn(this.#framing.push(chunk));
    if (this.#sink.isCrowded()) this.#socket.pause();
  }

  #passOn(texts: readonly string[]): void {
    for (const text of texts) this.#sink.take(text, this.#sender);
    if (this.#framing.cut > this.#cut) this.#sink.noteCut(this.#framing.cut - this.#cut);
    this.#cut = this.#framing.cut;
  }
}
