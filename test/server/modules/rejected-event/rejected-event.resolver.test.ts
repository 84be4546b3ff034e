import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
const receivedAt = Date.UTC(2026, 10, 21, 7, 0, 0, 5);

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => receivedAt });
});

afterAll(() => gateway.close());

describe('rejectedEvents', () => {
  it('show the latest first, each with its exact text, the reason and the stream it came by', async () => {
    const tenant = await openTenant(gateway, 'Rejections');
    const first = '{"rule":  {"level": 5},  "n": 12345678901234567890}';
    const second = '"text"';
    await gateway.ingestWazuh(`[${first}, ${second}]`, tenant.id);
    const document =
      '{ rejectedEvents { totalCount totalCountIsLowerBound nodes { id receivedAt reason raw intake { name } } } }';
    const common = { id: expect.any(String), receivedAt: '2026-11-21T07:00:00.005Z', intake: { name: 'INGEST_KEY' } };
    expect(await tenant.read(document)).toEqual({
      rejectedEvents: {
        totalCount: 2,
        totalCountIsLowerBound: false,
        nodes: [
          { ...common, reason: 'a Wazuh alert is a JSON object', raw: second },
          { ...common, reason: 'a Wazuh alert has a rule with an id and a whole number as its level', raw: first },
        ],
      },
    });
  });

  it('are no events, no alerts and no steps of the feed', async () => {
    const tenant = await openTenant(gateway, 'Nothing else');
    await gateway.ingestWazuh([{}, 1, 'x'], tenant.id);
    expect(await tenant.read('{ events { totalCount } alerts { totalCount } rejectedEvents { totalCount } }')).toEqual({
      events: { totalCount: 0 },
      alerts: { totalCount: 0 },
      rejectedEvents: { totalCount: 3 },
    });
  });
});

describe('replayRejectedEvent', () => {
  const rejectedOnes =
    '{ rejectedEvents { totalCount nodes { id raw } } events { totalCount } intakes { name activity { rejected lastRejected { id } } } }';
  const replay = `mutation ($id: ID!, $format: IngestFormat) {
    replayRejectedEvent(id: $id, format: $format) { isAccepted reason event { raw format isAlert intake { name } } }
  }`;

  it('makes an event of it, by the stream and with the text that it came with, and takes it off the list', async () => {
    const tenant = await openTenant(gateway, 'Replayed');
    await gateway.ingestWazuh('[{"hello":  "there", "host": "web-01"}, {"rule": {}}]', tenant.id);
    const [, { id, raw }] = (await tenant.read(rejectedOnes)).rejectedEvents.nodes;

    const { replayRejectedEvent } = await tenant.read(replay, { id, format: 'AUTO' });

    const event = { raw, format: 'JSON', isAlert: false, intake: { name: 'INGEST_KEY' } };
    expect(replayRejectedEvent).toEqual({ isAccepted: true, reason: null, event });
    const after = await tenant.read(rejectedOnes);
    expect(after).toMatchObject({ rejectedEvents: { totalCount: 1 }, events: { totalCount: 1 } });
    expect(after.rejectedEvents.nodes).toHaveLength(1);
    expect(after.intakes).toContainEqual({ name: 'INGEST_KEY', activity: expect.objectContaining({ rejected: 1 }) });
    const { errors } = await tenant.graphql(replay, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('says why it is rejected again, and changes nothing', async () => {
    const tenant = await openTenant(gateway, 'Rejected again');
    await gateway.ingestWazuh(['{"no":"rule"}', 1], tenant.id);
    const before = await tenant.read(rejectedOnes);
    const [number, text] = before.rejectedEvents.nodes;

    const reasons = [];
    for (const [{ id }, format] of [
      [number, 'WAZUH'],
      [text, 'EDGE'],
      [text, 'WAZUH'],
    ] as const) {
      const { replayRejectedEvent } = await tenant.read(replay, { id, format });
      expect(replayRejectedEvent).toMatchObject({ isAccepted: false, event: null });
      reasons.push(replayRejectedEvent.reason);
    }

    expect(reasons).toEqual([
      'a Wazuh alert is a JSON object',
      'an event is a JSON object with kind, timestamp and data',
      'a Wazuh alert is a JSON object',
    ]);
    expect(await tenant.read(rejectedOnes)).toEqual(before);
  });

  it('reads it as it came unless another format is named, and has to be told one where it came as none', async () => {
    const tenant = await openTenant(gateway, 'As it came');
    await gateway.ingestWazuh([{ of: 'no rule' }], tenant.id);
    const [{ id, format }] = (await tenant.read('{ rejectedEvents { nodes { id format } } }')).rejectedEvents.nodes;
    expect(format).toBe('WAZUH');
    expect((await tenant.read(replay, { id })).replayRejectedEvent).toMatchObject({
      isAccepted: false,
      reason: 'a Wazuh alert has a rule with an id and a whole number as its level',
    });
    await gateway.store.database.em().execute('update rejected_event set format = null where id = ?', [id], 'run');
    expect((await tenant.graphql(replay, { id })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', field: 'format' } },
    ]);
    expect((await tenant.read(replay, { id, format: 'AUTO' })).replayRejectedEvent.isAccepted).toBe(true);
  });

  it('raises an alert where the text is bad enough', async () => {
    const tenant = await openTenant(gateway, 'Replayed alert');
    const raw = '{"rule":{"id":"1","level":12,"description":"Root"},"agent":{"id":"1","name":"a"}}';
    const input = { format: 'EDGE', events: [JSON.parse(raw)], raw: [raw] };
    await tenant.read('mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { failed } }', { input });
    const [{ id }] = (await tenant.read(rejectedOnes)).rejectedEvents.nodes;

    const { replayRejectedEvent } = await tenant.read(replay, { id, format: 'WAZUH' });

    expect(replayRejectedEvent).toMatchObject({ isAccepted: true, event: { raw, format: 'WAZUH', isAlert: true } });
    expect((await tenant.read('{ alerts { nodes { title } } }')).alerts.nodes).toEqual([{ title: 'Root' }]);
  });

  it('is refused for input of which only the beginning was kept', async () => {
    const tenant = await openTenant(gateway, 'Cut');
    await gateway.ingestWazuh([{ long: 'x'.repeat(300_000) }], tenant.id);
    const [{ id }] = (await tenant.read(rejectedOnes)).rejectedEvents.nodes;
    const { errors } = await tenant.graphql(replay, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('takes it in once, however often it is asked for at a time', async () => {
    const tenant = await openTenant(gateway, 'At once');
    await gateway.ingestWazuh([{ once: true }], tenant.id);
    const [{ id }] = (await tenant.read(rejectedOnes)).rejectedEvents.nodes;
    const replies = await Promise.all(Array.from({ length: 5 }, () => tenant.graphql(replay, { id, format: 'AUTO' })));
    expect(replies.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(await tenant.read('{ events { totalCount } rejectedEvents { totalCount } }')).toEqual({
      events: { totalCount: 1 },
      rejectedEvents: { totalCount: 0 },
    });
  });
});
