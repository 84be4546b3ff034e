import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { expectCleanErrors } from '../../support/clean-reply.ts';
import { dropSockets, GraphqlSocket } from '../../support/graphql-socket.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Faults');
  await tenant.ingest(aWazuhAlert());
});

afterEach(dropSockets);

afterAll(() => gateway.close());

/** Takes a table away from under the running server while something is tried. */
async function without<Value>(table: string, attempt: () => Promise<Value>): Promise<Value> {
  const connection = gateway.store.database.em().getConnection();
  await connection.execute(`alter table ${table} rename to ${table}_away`);
  try {
    return await attempt();
  } finally {
    await connection.execute(`alter table ${table}_away rename to ${table}`);
  }
}

const internal = (path: unknown[]) => ({
  message: 'Something went wrong here',
  locations: expect.any(Array),
  path,
  extensions: { code: 'INTERNAL', errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
});

describe('a fault of ours', () => {
  it.each([
    ['rejected_event', '{ rejectedEvents { nodes { id } } }', ['rejectedEvents']],
    ['event', '{ events { nodes { id } } }', ['events']],
    ['alert', '{ alerts { nodes { id } } }', ['alerts']],
    ['alert_group', '{ alertGroups { nodes { id } } }', ['alertGroups']],
    ['alert_group', '{ alerts { nodes { group { id } } } }', ['alerts', 'nodes', 0, 'group']],
    ['counter', '{ alerts { totalCount } }', ['alerts', 'totalCount']],
  ])('without the table %s is shown as a number and nothing else', async (table, query, path) => {
    const reply = await without(table, () => tenant.graphql(query));
    expect(reply).toEqual({ data: null, errors: [internal(path)] });
    expectCleanErrors(reply.errors);
    expect((await tenant.graphql(query)).errors).toBeUndefined();
  });

  it('leaves what can be null null, and the rest of the answer whole', async () => {
    const [id] = await tenant.ingest(aWazuhAlert());
    const query = `{ event(id: "${id}") { id intake { name } } about { alertCount } }`;
    const { data, errors } = await without('intake', () => tenant.graphql(query));
    expect(data).toEqual({ event: { id, intake: null }, about: { alertCount: 2 } });
    expect(errors).toEqual([internal(['event', 'intake'])]);
  });

  it('is shown the same over a WebSocket', async () => {
    const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
    const answer = await without('alert', () => {
      socket.subscribe('1', '{ alerts { nodes { id } } }');
      return socket.next();
    });
    expect(answer).toEqual({ id: '1', type: 'next', payload: { data: null, errors: [internal(['alerts'])] } });
  });

  it('in taking up a subscription is shown the same, and the socket stays open', async () => {
    const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
    const { type, payload } = await without('journal_head', () => {
      socket.subscribe('1', 'subscription { alertRaised { cursor } }');
      return socket.next();
    });
    const errors = type === 'error' ? payload : payload.errors;
    expect(errors).toMatchObject([{ message: 'Something went wrong here', extensions: { code: 'INTERNAL' } }]);
    expectCleanErrors(errors);
    socket.send({ type: 'ping' });
    expect([await socket.next(), await socket.next()]).toContainEqual({ type: 'pong' });
  });

  it('in storing tells the sender to come again, and stores nothing', async () => {
    const document = 'mutation ($i: IngestEventsInput!) { ingestEvents(input: $i) { received } }';
    const variables = { i: { format: 'WAZUH', events: [aWazuhAlert()] } };
    const before = await tenant.read('{ about { eventCount } }');
    const { errors } = await without('feed', () => tenant.graphql(document, variables));
    expect(errors).toMatchObject([{ extensions: { code: 'OVERLOADED', retryAfterSeconds: 5 } }]);
    expectCleanErrors(errors);
    expect(await tenant.read('{ about { eventCount } }')).toEqual(before);
    expect((await tenant.graphql(document, variables)).errors).toBeUndefined();
  });
});
