import { WebSocket } from 'ws';

/** A message of the subprotocol graphql-transport-ws. */
export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly payload?: any;
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

const patienceMs = 10_000;
const open = new Set<WebSocket>();

/** Cuts every socket that a test has left open. */
export function dropSockets(): void {
  for (const socket of open) socket.terminate();
}

/** A WebSocket that speaks graphql-transport-ws by hand, so that a test may also misspeak it. */
export class GraphqlSocket {
  readonly socket: WebSocket;
  /** Everything received that `next` has not handed out. */
  readonly received: SocketMessage[] = [];
  readonly closed: Promise<Closing>;
  #waiting: (() => void) | undefined;
  #ending: string | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#ending = `the end: ${code} ${reason}`;
        this.#waiting?.();
        resolve({ code, reason: String(reason) });
      });
    });
    socket.on('message', (text) => {
      this.received.push(JSON.parse(String(text)) as SocketMessage);
      this.#waiting?.();
    });
    socket.on('error', () => {});
  }

  static async open(
    url: string,
    options: { protocols?: string[]; origin?: string; cookie?: string } = {},
  ): Promise<GraphqlSocket> {
    const { protocols = ['graphql-transport-ws'], origin, cookie } = options;
    const opened = new GraphqlSocket(
      new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocols, {
        ...(origin !== undefined && { origin }),
        ...(cookie !== undefined && { headers: { Cookie: cookie } }),
      }),
    );
    await new Promise<void>((resolve, reject) => opened.socket.once('open', resolve).once('error', reject));
    return opened;
  }

  /** Opened, and let in with a token. */
  static async connect(url: string, token: string): Promise<GraphqlSocket> {
    const opened = await GraphqlSocket.open(url);
    opened.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    const answer = await opened.next();
    if (answer.type !== 'connection_ack') throw new Error(`Instead of an ack came ${JSON.stringify(answer)}`);
    return opened;
  }

  /** Sends a text or bytes as they are, anything else as JSON. */
  send(message: object | string): void {
    this.socket.send(typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** The next message, in the order of arrival. */
  async next(): Promise<SocketMessage> {
    if (this.received.length === 0) await this.#arrival();
    const message = this.received.shift();
    if (!message) throw new Error(`Waited for a message; there came ${this.#ending ?? 'nothing'}`);
    return message;
  }

  #arrival(): Promise<void> {
    if (this.#ending !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, patienceMs);
      this.#waiting = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  /** Leaves off at once, as when a cable is pulled. */
  drop(): void {
    this.socket.terminate();
  }
}
