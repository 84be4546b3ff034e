import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../../server/log.ts';
import { RefusedCallsService } from '../../../../server/modules/intake/refused-calls.service.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';

const minute = 60_000;

describe('a call without a valid key', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('is counted by address, path and reason, and never shown with what it brought', async () => {
    const wrong = { 'X-API-Key': `tocsin_ingest_${'x'.repeat(40)}` };
    for (const headers of [wrong, wrong, {}]) await gateway.post('/api/v1/webhooks/wazuh', {}, headers);
    await gateway.post(`/api/v1/webhook/wazuh/${'s'.repeat(40)}?key=${'t'.repeat(40)}`, {}, wrong);
    // A browser that looks for an icon is no sender.
    await fetch(`${gateway.url}/api/nothing.ico`);
    // A key that is right is no stranger's.
    await gateway.ingestWazuh({ no: 'alert' });

    const { data } = await gateway.graphql('{ refusedCalls { address path reason count } }');
    expect(data.refusedCalls).toEqual([
      { address: '127.0.0.1', path: '/api/v1/webhook/wazuh/…', reason: 'NO_SUCH_PATH', count: 1 },
      { address: '127.0.0.1', path: '/api/v1/webhooks/wazuh', reason: 'NO_VALID_KEY', count: 3 },
    ]);
  });
});

describe('refused calls', () => {
  let nowMs = 0;
  const open = () => {
    nowMs = Date.UTC(2026, 10, 21);
    const log = createLog('silent');
    const warn = vi.spyOn(log, 'warn');
    return { calls: new RefusedCallsService(log, () => nowMs, 'owner'), warn };
  };

  it('are logged once an address and minute, and no more than 60 in all', () => {
    const { calls, warn } = open();
    for (let at = 0; at < 5; at++) calls.note('10.0.0.5', `/path/${at}`, 'NO_VALID_KEY');
    expect(warn.mock.calls).toEqual([
      [{ address: '10.0.0.5', path: '/path/0', reason: 'NO_VALID_KEY' }, 'A sender was refused: it has no valid key'],
    ]);
    nowMs += minute;
    for (let at = 0; at < 100; at++) calls.note(`10.0.1.${at}`, '/path', 'NO_SUCH_PATH');
    expect(warn).toHaveBeenCalledTimes(61);
  });

  it('are the 200 latest, of the last quarter of an hour, for one tenant alone', () => {
    const { calls } = open();
    for (let at = 0; at < 250; at++) calls.note(`10.0.0.${at}`, '/path', 'NO_VALID_KEY');
    expect(calls.list('owner')).toHaveLength(200);
    expect(calls.list('owner')[0]?.address).toBe('10.0.0.249');
    expect(calls.list('other')).toEqual([]);
    nowMs += 14 * minute;
    calls.note('10.0.0.249', '/path', 'NO_VALID_KEY');
    nowMs += minute;
    expect(calls.list('owner')).toMatchObject([{ address: '10.0.0.249', count: 2 }]);
    nowMs += 15 * minute;
    calls.note('10.0.0.249', '/path', 'NO_VALID_KEY');
    expect(calls.list('owner')).toMatchObject([{ address: '10.0.0.249', count: 1 }]);
  });
});
