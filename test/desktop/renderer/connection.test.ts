import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { root } from '../../support/source-files.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

// Loaded by their paths: the types of a browser, which these need, and those of Node do not go together.
const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(join(root, 'desktop/renderer/data', file)).href);
const { Connection } = await load('connection.ts');
const { followFeed } = await load('feed.ts');
const { failureOf } = await load('use-data.ts');

let gateway: TestGateway;
let connection: InstanceType<typeof Connection>;

beforeAll(async () => {
  gateway = await startTestGateway();
  const { secret: token } = await gateway.createCredential('API_TOKEN', { permissions: ['DEVICES_READ'] });
  connection = new Connection({ url: `${gateway.url.replace('http', 'ws')}/graphql`, token });
}, 60_000);

afterAll(async () => {
  connection?.close();
  await gateway?.close();
});

const ask = async (text: string) => failureOf((await connection.client.query(parse(text), {}).toPromise()).error);
const follow = (text: string) =>
  new Promise((resolve) => {
    const { unsubscribe } = connection.client
      .subscription(parse(text), {})
      .subscribe(({ error }: { error?: unknown }) => {
        queueMicrotask(unsubscribe);
        resolve(failureOf(error));
      });
  });

describe('a refusal over the connection', () => {
  it.each([
    [
      'a question that the server does not understand',
      () => ask('{ nonsense }'),
      { code: 'GRAPHQL_VALIDATION_FAILED', message: expect.stringContaining('nonsense') },
    ],
    ['a question that is not for the person', () => ask('{ alerts { totalCount } }'), { code: 'FORBIDDEN' }],
    [
      'a feed that is not for the person',
      () => follow('subscription { alertRaised { cursor } }'),
      { code: 'FORBIDDEN' },
    ],
    [
      'a feed that goes on after nothing',
      () => follow('subscription { deviceChanged(after: "x") { cursor } }'),
      { code: 'BAD_USER_INPUT' },
    ],
  ])('of %s keeps its code, and the connection stands', async (_, refused, failure) => {
    expect(await refused()).toMatchObject(failure);
    expect(connection.link.get()).toBe('live');
  });

  it('of what a screen follows is kept for as long as the screen follows it', async () => {
    const stop = followFeed({
      connection,
      operation: parse('subscription ($after: String) { alertRaised(after: $after) { cursor } }'),
      variables: {},
      read: () => ({ cursor: '', change: null, gap: null }),
      onChange: () => {},
      onGap: () => {},
    });
    await expect.poll(() => failureOf(connection.refusedFeed.get())?.code).toBe('FORBIDDEN');
    stop();
    expect(connection.refusedFeed.get()).toBeUndefined();
  });
});

describe('a feed whose cursor lies ahead of the server’s, as after a restore', () => {
  it('begins anew, and has what is on screen read anew', async () => {
    const { secret: token } = await gateway.createCredential('API_TOKEN', { permissions: ['ALERTS_READ'] });
    const own = new Connection({ url: `${gateway.url.replace('http', 'ws')}/graphql`, token });
    const seen: unknown[] = [];
    const stop = followFeed({
      connection: own,
      operation: parse('subscription ($after: String) { alertRaised(after: $after) { cursor alert { title } } }'),
      variables: {},
      after: '999999:999999',
      read: ({ alertRaised }: { alertRaised: { cursor: string; alert: { title: string } } }) => ({
        cursor: alertRaised.cursor,
        change: alertRaised.alert.title,
        gap: null,
      }),
      onChange: (title: string) => seen.push(title),
      onGap: (missed: number) => seen.push(missed),
    });
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([0]);
    const sendOne = async () => {
      await gateway.ingestWazuh(aWazuhAlert({ rule: { level: 9, description: 'after the restore' } }));
      return seen.at(-1);
    };
    // The topic may still be about to begin.
    await expect.poll(sendOne, { timeout: 10_000 }).toBe('after the restore');
    expect(own.refusedFeed.get()).toBeUndefined();
    stop();
    own.close();
  });
});
