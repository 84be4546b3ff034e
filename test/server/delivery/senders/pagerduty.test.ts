import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import type { Target } from '../../../../server/delivery/sender.ts';
import { pagerdutyEvent } from '../../../../server/delivery/senders/pagerduty.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { deliveryConfig } from '../../../support/delivery-config.ts';
import { Receiver } from '../../../support/http-receiver.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

const pagerduty = await Receiver.start();
afterAll(() => pagerduty[Symbol.asyncDispose]());
beforeEach(() => {
  pagerduty.received.length = 0;
});

const routingKey = 'R0123456789abcdef0123456789abcde';
const target: Target = { kind: 'PAGERDUTY', routingKey };
const senders = createSenders({ ...deliveryConfig, pagerdutyUrl: `${pagerduty.url}/v2/enqueue`, now: Date.now });
const send = (changes = {}) => senders.send(sinkNotification(changes), target, new AbortController().signal);

describe('a PagerDuty sink', () => {
  it('triggers one alert for a group of ours', async () => {
    pagerduty.replyWith(202, {}, { status: 'success', dedup_key: 'x' });
    expect(await send({ group: { count: 5 }, alertCount: 3 })).toEqual({ result: 'DELIVERED', status: 202 });
    const [got] = pagerduty.received;
    expect(got).toMatchObject({ method: 'POST', path: '/v2/enqueue', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(got!.body.toString())).toEqual({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: '019f8a1c-1111-7000-8000-000000000002',
      payload: {
        summary: '[High] sshd: brute force (3 alerts)',
        source: '192.0.2.7',
        severity: 'error',
        timestamp: '2026-11-21T15:41:17.123Z',
        component: 'Tocsin',
        group: '019f8a1c-1111-7000-8000-000000000002',
        class: 'authentication_failures',
        custom_details: {
          severity: 'High',
          type: 'authentication_failures',
          source: '192.0.2.7:4022',
          destination: '10.0.0.5:22',
          agent: 'web-1',
          first_seen: '2026-11-21T15:41:17.123Z',
          last_seen: '2026-11-21T15:41:17.123Z',
          why: 'This is new: 3 alerts.',
          message: 'Failed password for root from 192.0.2.7 port 4022 ssh2',
          alerts_told: 3,
          alerts_so_far: 5,
          notification: '019f8a1c-7d10-7abc-8def-0123456789ab',
        },
      },
      client: 'Tocsin',
      client_url: 'https://bell.example/alerts/7',
      links: [{ href: 'https://bell.example/alerts/7', text: 'Open in Tocsin' }],
    });
  });

  it.each([
    [400, {}, { result: 'REFUSED', status: 400, error: 'The receiver answered 400' }],
    [403, {}, { result: 'REFUSED', status: 403, error: 'The receiver answered 403' }],
    [
      429,
      { 'Retry-After': '5' },
      { result: 'RETRY', status: 429, error: 'The receiver answered 429', retryAfterMs: 5000 },
    ],
    [500, {}, { result: 'RETRY', status: 500, error: 'The receiver answered 500' }],
    [503, {}, { result: 'RETRY', status: 503, error: 'The receiver answered 503' }],
  ])('takes %i (%j) for what it is', async (status, headers, outcome) => {
    pagerduty.replyWith(status, headers as Record<string, string>, { status: 'invalid event', errors: [routingKey] });
    expect(await send()).toEqual(outcome);
  });

  it('tries again when nothing answers', async () => {
    const nowhere = createSenders({ ...deliveryConfig, pagerdutyUrl: 'http://127.0.0.1:1/', now: Date.now });
    const outcome = await nowhere.send(sinkNotification(), target, new AbortController().signal);
    expect(outcome).toEqual({ result: 'RETRY', status: null, error: 'The connection was refused' });
  });

  it.each([
    [Severity.INFORMATIONAL, 'info'],
    [Severity.LOW, 'info'],
    [Severity.MEDIUM, 'warning'],
    [Severity.HIGH, 'error'],
    [Severity.CRITICAL, 'critical'],
    [Severity.FATAL, 'critical'],
  ])('calls severity %i %s', (severity, name) => {
    expect(pagerdutyEvent(sinkNotification({ group: { severity } })).payload.severity).toBe(name);
  });

  it('keeps to PagerDuty’s bounds', () => {
    const long = 'x\n'.repeat(300_000);
    const { payload } = pagerdutyEvent(
      sinkNotification({ group: { title: long, type: long }, alert: { message: long } }),
    );
    expect(payload.summary.length).toBeLessThanOrEqual(1024);
    expect(payload.summary).toContain('[cut, ');
    expect(JSON.stringify(payload).length).toBeLessThan(100_000);
  });
});
