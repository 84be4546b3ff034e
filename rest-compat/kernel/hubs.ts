import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { admit as admitCaller } from './answer.ts';
import { type AnyHub, type Caller, type Dialect, type Operations, type Reply, RequestFailure } from './route.ts';
import { describeRequest, refuse } from './router.ts';

export interface HubLimits {
  /** Connections of all hubs together. */
  readonly connections: number;
  /** Bytes that may wait for one client; one that lets more gather is dropped. */
  readonly bufferedBytes: number;
  /** How often a client is asked for a sign of life, in milliseconds; without one until the next time it is dropped. */
  readonly pingMs: number;
}

/** The WebSockets of all dialects. */
export interface Hubs {
  /** What opens a connection, by path; a path may end with a slash. */
  readonly doors: ReadonlyMap<string, (request: IncomingMessage, socket: Duplex, head: Buffer) => void>;
  /** Says goodbye to every client, and leaves those that do not answer. */
  close(): Promise<void>;
}

/** Clients only listen: what they say is not read, so it need not be long. */
const maxPayload = 4096;
const farewellMs = 1000;

const goingAway = 1001;
const policyViolation = 1008;
const internalError = 1011;

/**
 * Serves the hubs of all dialects. Who is not let in is told so by an HTTP reply to the upgrade, in the dialect's words; who is
 * gets a frame for each step of the subscription, written once for all clients that are given the same step.
 */
export function serveHubs(dialects: readonly Dialect[], operations: Operations, limits: HubLimits): Hubs {
  const sockets = new WebSocketServer({ noServer: true, maxPayload });
  const silent = new WeakSet<WebSocket>();
  let knocking = 0;
  let isClosing = false;

  const admit = async (hub: AnyHub, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    operations.budgets?.arrive(request);
    if (sockets.clients.size + knocking >= limits.connections) throw full();
    knocking++;
    try {
      const { kinds, read } = hub.credential;
      const caller = await admitCaller(request, kinds, read(describeRequest(request, hub.path, {})), operations);
      const steps = await followAll(hub, operations, caller);
      // Also when the handshake fails below, or its sender has left by now.
      socket.once('close', steps.stop);
      if (socket.destroyed) return steps.stop();
      sockets.handleUpgrade(request, socket, head, (client) => void push(client, hub, steps));
    } finally {
      knocking--;
    }
  };

  const push = async (client: WebSocket, hub: AnyHub, { next, stop }: Steps) => {
    client.on('pong', () => silent.delete(client));
    // Its connection ends with it, and so does what it follows.
    client.on('error', () => client.terminate());
    try {
      for (let step = await next(); step !== undefined; step = await next()) {
        if (client.readyState !== client.OPEN) return;
        if (client.bufferedAmount > limits.bufferedBytes) return client.terminate();
        client.send(frameOf(hub, step));
      }
      client.close(isClosing ? goingAway : policyViolation);
    } catch (fault) {
      operations.report?.(fault);
      client.close(internalError);
    } finally {
      stop();
    }
  };

  const heartbeat = setInterval(() => {
    for (const client of sockets.clients) {
      if (silent.has(client)) client.terminate();
      silent.add(client);
      client.ping();
    }
  }, limits.pingMs).unref();

  const doors = dialects.flatMap((dialect) =>
    (dialect.hubs ?? []).flatMap((hub) => {
      const open = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // Its sender may leave at any moment: unheard, that error would end the process.
        socket.on('error', () => socket.destroy());
        admit(hub, request, socket, head).catch((cause: unknown) => answer(socket, refuse(dialect, cause, operations)));
      };
      return [hub.path, `${hub.path}/`].map((path) => [path, open] as const);
    }),
  );
  return {
    doors: new Map(doors),
    close: async () => {
      isClosing = true;
      clearInterval(heartbeat);
      const closed = new Promise((resolve) => sockets.close(resolve));
      for (const client of sockets.clients) client.close(goingAway);
      const cutOff = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, farewellMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** What a client is sent, one after the other. */
interface Steps {
  /** Undefined at the end. */
  readonly next: () => Promise<object | undefined>;
  readonly stop: () => void;
}

/**
 * Follows a hub's subscription without a gap: these clients have no cursor to come back with, so where steps were left out
 * because more came than could be told at once, they are fetched and the client is only later.
 */
async function followAll(hub: AnyHub, operations: Operations, caller: Caller): Promise<Steps> {
  let steps = await operations.subscribe(hub.subscription, { after: null }, caller);
  let isStopped = false;
  return {
    next: async () => {
      while (!isStopped) {
        const { done, value } = await steps.next();
        if (done) return undefined;
        const after = hub.gapOf(value as never);
        if (after === undefined) return value;
        await steps.return?.();
        steps = await operations.subscribe(hub.subscription, { after }, caller);
      }
      await steps.return?.();
      return undefined;
    },
    stop: () => {
      isStopped = true;
      void steps.return?.();
    },
  };
}

const frames = new WeakMap<AnyHub, WeakMap<object, string>>();

function frameOf(hub: AnyHub, step: object): string {
  let known = frames.get(hub);
  if (!known) {
    known = new WeakMap();
    frames.set(hub, known);
  }
  let frame = known.get(step);
  if (frame === undefined) {
    frame = JSON.stringify(hub.encode(step as never));
    known.set(step, frame);
  }
  return frame;
}

function full(): RequestFailure {
  return new RequestFailure({
    code: 'OVERLOADED',
    message: 'Too many connections are open; come again later',
    retryAfterSeconds: 5,
  });
}

/** An HTTP reply on a connection that was to become a WebSocket. */
function answer(socket: Duplex, { status, headers, body }: Reply): void {
  const text = JSON.stringify(body) ?? '';
  const lines = Object.entries({
    ...headers,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
  socket.end(head + text, () => socket.destroy());
}
