import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlertFeed, mostAlerts } from '../../../../desktop/renderer/graphql/alert-feed.ts';
import { connectGateway, type GatewayClient } from '../../../../desktop/renderer/graphql/gateway-client.ts';
import { aWazuhAlert } from '../../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { type BreakableProxy, openProxy } from '../../support/breakable-proxy.ts';

const soon = { timeout: 10_000, interval: 10 };

let gateway: TestGateway;
let proxy: BreakableProxy;
let token: string;
let feed: AlertFeed;
let client: GatewayClient | undefined;

const titles = () => feed.getSnapshot().alerts?.map(({ title }) => title);
const names = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `alert ${from + index}`);
const newestFirst = (from: number, to: number) => names(from, to).reverse();
const isLive = () => vi.waitUntil(() => feed.getSnapshot().link === 'live', soon);

/** Posts alerts named `alert <from>` to `alert <to>`, in order and in one request. */
async function raise(from: number, to = from): Promise<void> {
  const body = names(from, to).map((description) => aWazuhAlert({ id: description, rule: { description } }));
  expect(await gateway.ingestWazuh(body)).toMatchObject({ indexed: body.length, failed: 0 });
}

function follow(url: string, bearer = token): void {
  client?.close();
  client = connectGateway(url, bearer);
  feed.follow(client);
}

beforeEach(async () => {
  gateway = await startTestGateway();
  proxy = await openProxy(gateway.url);
  token = await gateway.key('API_TOKEN');
  feed = new AlertFeed({ firstRetryMs: 20, longestRetryMs: 50 });
});

afterEach(async () => {
  feed.stop();
  client?.close();
  client = undefined;
  await proxy[Symbol.asyncDispose]();
  await gateway.close();
});

describe('AlertFeed', () => {
  it('is empty and live on a new gateway', async () => {
    expect(feed.getSnapshot()).toEqual({ link: 'connecting', alerts: undefined, arrived: new Set() });
    follow(gateway.url);
    await isLive();

    expect(feed.getSnapshot()).toEqual({ link: 'live', alerts: [], arrived: new Set() });
  });

  it('starts with the newest 50 and puts what is raised then on top', async () => {
    await raise(1, 60);
    follow(gateway.url);
    await isLive();
    expect(titles()).toEqual(newestFirst(11, 60));
    expect(feed.getSnapshot().arrived.size).toBe(0);

    await raise(61, 62);
    await vi.waitUntil(() => titles()?.length === 52, soon);
    expect(titles()).toEqual(newestFirst(11, 62));
    const [newest, second] = feed.getSnapshot().alerts ?? [];
    expect(feed.getSnapshot().arrived).toEqual(new Set([newest?.id, second?.id]));
  });

  it('tells its listeners of every change, and of none once they have gone', async () => {
    const heard: string[] = [];
    const end = feed.subscribe(() => heard.push(feed.getSnapshot().link));
    follow(gateway.url);
    await vi.waitUntil(() => heard.includes('live'), soon);
    end();
    const before = heard.length;
    await raise(1);
    await vi.waitUntil(() => titles()?.length === 1, soon);

    expect(heard).toHaveLength(before);
  });

  it('resumes after a break: nothing is missed, nothing shown twice, the order holds', async () => {
    await raise(1, 3);
    follow(proxy.url);
    await isLive();
    await raise(4);
    await vi.waitUntil(() => titles()?.length === 4, soon);

    proxy.cut();
    await vi.waitUntil(() => feed.getSnapshot().link === 'lost', soon);
    await raise(5, 104);
    expect(titles()).toEqual(newestFirst(1, 4));
    proxy.mend();
    await isLive();
    await raise(105);
    await vi.waitUntil(() => titles()?.length === 105, soon);

    expect(titles()).toEqual(newestFirst(1, 105));
  });

  it('has nothing to resume from when nothing was pushed before the break, and reads the list anew', async () => {
    await raise(1);
    follow(proxy.url);
    await isLive();
    proxy.cut();
    await vi.waitUntil(() => feed.getSnapshot().link === 'lost', soon);
    await raise(2, 3);
    proxy.mend();
    await isLive();

    expect(titles()).toEqual(newestFirst(1, 3));
  });

  it('resumes on a gateway that was restarted', async () => {
    await raise(1);
    follow(gateway.url);
    await isLive();
    await raise(2);
    await vi.waitUntil(() => titles()?.length === 2, soon);

    await gateway.restart();
    await raise(3, 5);
    follow(gateway.url);
    await vi.waitUntil(() => titles()?.length === 5, soon);

    expect(titles()).toEqual(newestFirst(1, 5));
  });

  it(`holds the newest ${mostAlerts}`, async () => {
    follow(gateway.url);
    await isLive();
    await raise(1, mostAlerts + 20);
    await vi.waitUntil(() => titles()?.[0] === `alert ${mostAlerts + 20}`, soon);

    expect(titles()).toEqual(newestFirst(21, mostAlerts + 20));
    expect(feed.getSnapshot().arrived.size).toBe(mostAlerts);
  });

  it('shows nothing to a token that the gateway does not know, and goes on trying', async () => {
    await raise(1);
    follow(gateway.url, 'not-a-token');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(feed.getSnapshot()).toEqual({ link: 'connecting', alerts: undefined, arrived: new Set() });

    follow(gateway.url);
    await isLive();
    expect(titles()).toEqual(['alert 1']);
  });
});
