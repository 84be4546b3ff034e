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
