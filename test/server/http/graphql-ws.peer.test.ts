import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Context, ownPrincipal } from '../../../server/context.ts';
import { createFormatError } from '../../../server/graphql/format-error.ts';
import { createGraphqlWs } from '../../../server/http/graphql-ws.ts';
import type { Waiting } from '../../../server/http/outbox.ts';
import { createLog } from '../../../server/log.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';

const length = { length: { type: new GraphQLNonNull(GraphQLInt) } };
const text = new GraphQLNonNull(GraphQLString);

/** Steps that were taken from subscriptions. */
let taken = 0;

/** Texts as long as they are asked for. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { text: { type: text, args: length, resolve: (_root, args) => 'x'.repeat(args.length) } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      texts: {
        type: text,
        args: { count: length.length, ...length },
        async *subscribe(_root, args) {
          for (let step = 0; step < args.count; step++, taken++) yield { texts: `${step}é${'x'.repeat(args.length)}` };
        },
      },
    },
  }),
});

const pingMs = 1000;
const cuts: Waiting[] = [];
const principal = ownPrincipal('peer', 'tenant', 'intake', 2);
const log = createLog('silent');
const { door, close } = createGraphqlWs({
  schema,
  introspection: true,
  principalOf: async () => principal,
  contextFor: () => ({ principal }) as Context,
  keepOpen: () => true,
  onCredentialsRead: () => () => {},
  formatError: createFormatError(log),
  persistedOperations: new Map(),
  limits: { arrive: () => {}, key: () => {}, stranger: () => {} },
  maxSocketsPerKey: 10,
  onCut: (waiting) => cuts.push(waiting),
  log,
  pingMs,
});
const server = createServer().on('upgrade', door);
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(dropSockets);

afterAll(async () => {
  await close();
  server.close();
});

describe('a peer', () => {
  it('that answers no ping is dropped, and one that does is not', async () => {
    const alive = await GraphqlSocket.connect(url, 'x');
    const dead = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { autoPong: false });
    const closed = new Promise((resolve) => dead.once('close', resolve));
    expect(await closed).toBe(1006);
    alive.subscribe('1', '{ text(length: 1) }');
    expect(await alive.next()).toMatchObject({ payload: { data: { text: 'x' } } });
  });

  it.each([0, 80, 90, 125, 4000, 5000, 65_480, 65_536, 300_000])(
    'is sent texts of %i characters whole and in order, beside other answers',
    async (characters) => {
      const socket = await GraphqlSocket.connect(url, 'x');
      const count = characters > 60_000 ? 20 : 700;
      socket.subscribe('many', `subscription { texts(count: ${count}, length: ${characters}) }`);
      socket.subscribe('one', `{ text(length: ${characters}) }`);
      const texts: string[] = [];
      const ended = new Set<string | undefined>();
      while (ended.size < 2) {
        const { id, type, payload } = await socket.next();
        if (type === 'complete') ended.add(id);
        else if (id === 'many') texts.push(payload.data.texts);
        else expect(payload.data.text).toHaveLength(characters);
      }
      expect(texts).toEqual(Array.from({ length: count }, (_, step) => `${step}é${'x'.repeat(characters)}`));
    },
  );
});

describe('a peer that reads nothing', () => {
  /** Has the server answer until it cuts the socket off, and tells what waited then. */
  const stall = async (ask: (socket: GraphqlSocket, round: number) => void): Promise<Waiting | undefined> => {
    cuts.length = 0;
    const socket = await GraphqlSocket.connect(url, 'x');
    socket.socket.pause();
    const pong = setInterval(() => socket.socket.pong(), pingMs / 2);
    for (let round = 0; cuts.length === 0 && round < 2000; round++) {
      ask(socket, round);
      await new Promise((resolve) => setImmediate(resolve));
    }
    clearInterval(pong);
    return cuts[0];
  };

  it('is cut off when more than 8 MiB wait for it', async () => {
    const waiting = await stall((socket, round) => socket.subscribe(`${round}`, '{ text(length: 300000) }'));
    expect(waiting?.bytes).toBeGreaterThan(8 * 1024 * 1024);
    expect(waiting?.bytes).toBeLessThan(9 * 1024 * 1024);
  });

  it('is cut off when more than 1,000 messages wait for it', async () => {
    const padding = 'x'.repeat(60_000);
    const waiting = await stall((socket) => {
      socket.send({ type: 'ping', payload: { padding } });
      for (let count = 0; count < 20; count++) socket.send({ type: 'ping' });
    });
    expect(waiting?.frames).toBe(1001);
    expect(waiting?.bytes).toBeLessThan(8 * 1024 * 1024);
  });

  it('is given no more of a subscription than fits between the two', async () => {
    const socket = await GraphqlSocket.connect(url, 'x');
    socket.socket.pause();
    const pong = setInterval(() => socket.socket.pong(), pingMs / 2);
    cuts.length = 0;
    taken = 0;
    socket.subscribe('endless', 'subscription { texts(count: 5000, length: 20000) }');
    // Until no more is taken for a while.
    let before = -1;
    const isStill = () => {
      const still = taken === before;
      before = taken;
      return still && taken > 0;
    };
    await expect.poll(isStill, { interval: 200, timeout: 10_000 }).toBe(true);
    expect(taken).toBeLessThan(5000);
    clearInterval(pong);
    socket.socket.resume();
    let count = 0;
    while ((await socket.next()).type === 'next') count++;
    expect(count).toBe(5000);
    expect(cuts).toEqual([]);
  });
});
