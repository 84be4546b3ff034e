import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../../server/config.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';

let gateway: TestGateway;

afterEach(() => gateway.close());

async function start(config: Partial<Config> = {}): Promise<void> {
  gateway = await startTestGateway({ config });
  // Made before anything is blocked: making a key writes.
  await gateway.key('INGEST_KEY');
  await gateway.key('API_TOKEN');
}

/** Keeps the journal from committing, as another process that writes does; answers how to let it go on. */
async function block(): Promise<() => Promise<void>> {
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const blocking = gateway.store.database.em().transactional(async (em) => {
    const sql = 'update journal_head set feed_cursor = feed_cursor';
    await em.getDriver().execute(sql, [], 'run', em.getTransactionContext());
    hold();
    await mayEnd;
  });
  await held;
  return async () => {
    end();
    await blocking;
  };
}

const alerts = (count: number) => Array.from({ length: count }, () => aWazuhAlert());

async function send(
  body: unknown,
): Promise<{ status: number; retryAfter: string | null; body: Record<string, unknown> }> {
  const reply = await gateway.post('/api/v1/webhooks/wazuh', body, { 'X-API-Key': await gateway.key() });
  return {
    status: reply.status,
    retryAfter: reply.headers.get('retry-after'),
    body: (await reply.json()) as Record<string, unknown>,
  };
}

/** Waits until that many events wait to be stored. */
async function waitFor(events: number): Promise<void> {
  for (;;) {
    const { eventsWaiting } = (await (await fetch(`${gateway.url}/readyz`)).json()) as { eventsWaiting: number };
    if (eventsWaiting === events) return;
  }
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function countStored(): Promise<number> {
  const { data } = await gateway.graphql('{ events { totalCount } }');
  return data.events.totalCount;
}

const refused = {
  status: 503,
  retryAfter: expect.stringMatching(/^[1-9]\d*$/),
  body: { success: false, error: 'Too much is waiting to be stored; nothing of this request was; send it again later' },
};

describe('a full queue', () => {
  it('refuses a request whole, stores nothing of it, and takes it when it comes again', async () => {
    await start({ maxQueueEvents: 5 });
    const release = await block();
    const first = send(alerts(1));
    await waitFor(1);
    const second = send(alerts(4));
    await waitFor(5);

    expect(await send(alerts(1))).toEqual(refused);
    expect(await send(alerts(3))).toEqual(refused);
    await release();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(await countStored()).toBe(5);
    expect(await send(alerts(3))).toMatchObject({ status: 200, body: { indexed: 3 } });
    expect(await countStored()).toBe(8);
    expect(await metric('tocsin_events_refused_total')).toBe(4);
  });

  it('is told by GraphQL as OVERLOADED with the seconds to wait', async () => {
    await start({ maxQueueEvents: 1 });
    const release = await block();
    const first = send(alerts(1));
    await waitFor(1);
    const { errors } = await gateway.graphql(
      'mutation ($events: [JSON!]!) { ingestEvents(input: { format: WAZUH, events: $events }) { received } }',
      { events: alerts(1) },
    );
    await release();

    expect(errors).toMatchObject([{ extensions: { code: 'OVERLOADED', retryAfterSeconds: 1 } }]);
    expect((await first).status).toBe(200);
    expect(await countStored()).toBe(1);
  });

  it('is full by bytes as well as by events', async () => {
    await start({ maxQueueBytes: 4096 });
    const release = await block();
    const first = send(aWazuhAlert({ full_log: 'x'.repeat(3500) }));
    await waitFor(1);

    expect(await send(alerts(1))).toEqual(refused);
    await release();
    expect((await first).status).toBe(200);
  });

  it('does not keep out one request larger than the queue when nothing waits', async () => {
    await start({ maxQueueEvents: 5 });

    expect(await send(alerts(20))).toMatchObject({ status: 200, body: { indexed: 20 } });
  });

  it('counts what is rejected too, and is empty again after all is stored', async () => {
    await start({ maxQueueEvents: 5 });
    for (let round = 0; round < 5; round++) await send([{}, {}, aWazuhAlert()]);
    await waitFor(0);

    expect(await send([{}, {}, {}, {}, {}])).toMatchObject({ status: 200, body: { failed: 5 } });
  });
});

describe('group commit', () => {
  it('stores what waited in few transactions: 64 single events in fewer than 10', async () => {
    await start();
    const release = await block();
    const sent = Array.from({ length: 64 }, () => send(aWazuhAlert()));
    await waitFor(64);
    await release();

    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(sent.map(() => 200));
    expect(await metric('tocsin_journal_group_records_sum')).toBe(64);
    expect(await metric('tocsin_journal_group_records_count')).toBeLessThan(10);
    expect(await countStored()).toBe(64);
  });

  it('gives every request the ids of its own events, repeats among them', async () => {
    await start();
    const known = (await send(aWazuhAlert({ id: 'known' }))).body['results'] as { id: string }[];
    const release = await block();
    const sent = Array.from({ length: 20 }, (_, index) =>
      send([aWazuhAlert({ id: `own ${index}` }), aWazuhAlert({ id: 'known' }), {}, aWazuhAlert({ id: 'shared' })]),
    );
    await waitFor(80);
    await release();
    const results = (await Promise.all(sent)).map(({ body }) => body['results'] as { id: string | null }[]);

    expect(new Set(results.map(([own]) => own?.id)).size).toBe(20);
    expect(new Set(results.map(([, repeat]) => repeat?.id))).toEqual(new Set([known[0]?.id]));
    expect(new Set(results.map(([, , rejected]) => rejected?.id))).toEqual(new Set([null]));
    expect(new Set(results.map(([, , , shared]) => shared?.id)).size).toBe(1);
    expect(await countStored()).toBe(22);
    expect(await metric('tocsin_events_repeated_total')).toBe(39);
  });

  it('is answered before the server closes, and refused after', async () => {
    await start();
    const release = await block();
    const waiting = send(alerts(3));
    await waitFor(3);
    const stopping = gateway.stop();
    await release();

    expect((await waiting).status).toBe(200);
    await stopping;
    await expect(send(alerts(1))).rejects.toThrow();
    await gateway.restart();
    expect(await countStored()).toBe(3);
  });
});
