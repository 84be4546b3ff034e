import { connect, type Socket } from 'node:net';

export interface HttpReply {
  readonly status: number;
  /** The first bytes of the body, as many as were asked for. */
  readonly body: string;
}

const headEnd = Buffer.from('\r\n\r\n');

/** One keep-alive connection that sends ready-made requests one after another; a fraction of the cost of `fetch`. */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #keep: number;
  #chunks: Buffer[] = [];
  #received = 0;
  /** Length of the whole reply, once its head is read. */
  #length = Number.POSITIVE_INFINITY;
  #bodyAt = 0;
  #resolve: ((reply: HttpReply) => void) | undefined;
  #reject: ((cause: Error) => void) | undefined;

  /** `keep` is how much of each reply's body is wanted; the rest is only counted. */
  static open(port: number, keep: number): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject).once('connect', () => resolve(new HttpConnection(socket, keep)));
    });
  }

  private constructor(socket: Socket, keep: number) {
    this.#socket = socket;
    this.#keep = keep;
    socket.on('data', (chunk) => this.#read(chunk));
    let fault = 'no fault';
    socket.on('error', ({ message }) => {
      fault = message;
    });
    // An early answer may have come before the connection broke: it says why.
    socket.on('close', () => {
      const answer = Buffer.concat(this.#chunks).toString('latin1', 0, 400);
      this.#reject?.(
        new Error(`A connection was closed (${fault}) with a request on it; its answer so far: ${answer}`),
      );
    });
  }

  send(request: Buffer): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed || !this.#socket.writable) {
        reject(new Error('The server has closed the connection'));
        return;
      }
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#reject = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received += chunk.length;
    const isWanted =
      this.#length === Number.POSITIVE_INFINITY || this.#received - chunk.length < this.#bodyAt + this.#keep;
    if (isWanted) this.#chunks.push(chunk);
    if (this.#length === Number.POSITIVE_INFINITY) this.#readHead();
    if (this.#received >= this.#length) this.#finish();
  }

  #readHead(): void {
    const seen = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const end = seen.indexOf(headEnd);
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(seen.toString('latin1', 0, end))?.[1];
    if (length === undefined) throw new Error('A reply has no Content-Length');
    this.#bodyAt = end + headEnd.length;
    this.#length = this.#bodyAt + Number(length);
  }

  #finish(): void {
    const seen = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const status = Number(seen.toString('latin1', 9, 12));
    const body = seen.toString('utf8', this.#bodyAt, Math.min(this.#length, this.#bodyAt + this.#keep));
    const resolve = this.#resolve;
    this.#chunks = [];
    this.#received = 0;
    this.#length = Number.POSITIVE_INFINITY;
    this.#reject = undefined;
    resolve?.({ status, body });
  }
}

/** A POST of a JSON text as it goes over the wire. */
export function postRequest(path: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    Host: 'localhost',
    'Content-Type': 'application/json',
    'Content-Length': bytes.length,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}

/** A GET as it goes over the wire. */
export function getRequest(path: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}
