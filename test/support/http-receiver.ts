import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An HTTP server of somebody else's on 127.0.0.1: it keeps what it is sent, and answers as it is told to. */
export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** Connections so far, also those that sent nothing. */
  connections = 0;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const got = { method, path: url, headers, body: Buffer.concat(chunks) };
      this.received.push(got);
      this.answer(response, got);
    });
  });
  answer: (response: ServerResponse, received: Received) => void = (response) => response.end();

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Answers every request with a status, headers and a body. */
  replyWith(status: number, headers: Record<string, string> = {}, body: string | object = ''): void {
    this.answer = (response) => {
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.on('connection', () => receiver.connections++);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
