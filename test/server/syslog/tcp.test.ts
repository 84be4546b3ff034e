import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Listener } from '../../../server/syslog/listener.ts';
import { listenTcp, type StreamOptions, type StreamSink } from '../../../server/syslog/tcp.ts';

const open: (Listener | Socket)[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await ('destroy' in each ? each.destroy() : each.close());
});

/** A listener, what came by it, and a way to hold its senders back. */
async function listen(options: Partial<StreamOptions> = {}) {
  const texts: string[] = [];
  const room = new Set<() => void>();
  const state = { crowded: false, connections: 0 };
  const sink: StreamSink = {
    take: (text) => texts.push(text),
    isCrowded: () => state.crowded,
    onRoom: (listener) => {
      room.add(listener);
      return () => room.delete(listener);
    },
    noteCut: () => {},
    noteConnections: (count) => {
      state.connections = count;
    },
  };
  const listener = await listenTcp(
    { host: '127.0.0.1', port: 0, maxConnections: 10, idleMs: 60_000, ...options },
    sink,
  );
  open.push(listener);
  const makeRoom = () => {
    state.crowded = false;
    for (const each of room) each();
  };
  return { listener, texts, state, makeRoom };
}

function dial({ port }: Listener): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => {});
    open.push(socket);
  });
}

const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));

describe('a listener for streams', () => {
  it('closes a connection on which nothing comes, and keeps what came of its last message', async () => {
    const { listener, texts, state } = await listen({ idleMs: 50 });
    const socket = await dial(listener);
    socket.resume().write('<13>begun');
    await closed(socket);
    expect(texts).toEqual(['<13>begun']);
    await vi.waitFor(() => expect(state.connections).toBe(0));
  });

  it('closes what comes beyond its number of connections, and serves those it has', async () => {
    const { listener, texts } = await listen({ maxConnections: 1 });
    const first = await dial(listener);
    first.write('<13>one\n');
    await vi.waitFor(() => expect(texts).toEqual(['<13>one']));
    await closed((await dial(listener)).resume());
    first.write('<13>two\n');
    await vi.waitFor(() => expect(texts).toEqual(['<13>one', '<13>two']));
  });

  it('reads nothing while it is crowded, closes nobody for the silence, and goes on from there', async () => {
    const { listener, texts, state, makeRoom } = await listen({ idleMs: 50 });
    state.crowded = true;
    const socket = await dial(listener);
    socket.resume().write('<13>first\n');
    await vi.waitFor(() => expect(texts).toEqual(['<13>first']));
    const lines = Array.from({ length: 200_000 }, (_, index) => `<13>line ${index}`);
    socket.end(`${lines.join('\n')}\n`);
    let isClosed = false;
    void closed(socket).then(() => {
      isClosed = true;
    });
    // Several times as long as an idle connection lives.
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect({ read: texts.length, isClosed }).toEqual({ read: 1, isClosed: false });
    makeRoom();
    await vi.waitFor(() => expect(texts).toHaveLength(1 + lines.length), { timeout: 10_000 });
    expect(texts.slice(1)).toEqual(lines);
  });

  it('ends its connections when it is closed, and passes on what was read', async () => {
    const { listener, texts } = await listen();
    const socket = await dial(listener);
    socket.resume().write('<13>one\n<13>unfinish');
    await vi.waitFor(() => expect(texts).toEqual(['<13>one']));
    const gone = closed(socket);
    await listener.close();
    await gone;
    expect(texts).toEqual(['<13>one', '<13>unfinish']);
  });
});
