import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../../server/cidr.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { slackMessage } from '../../../../server/delivery/senders/slack-message.ts';
import { deliveryConfig } from '../../../support/delivery-config.ts';
import { Receiver } from '../../../support/http-receiver.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

const slack = await Receiver.start();
afterAll(() => slack[Symbol.asyncDispose]());
beforeEach(() => {
  slack.received.length = 0;
  slack.replyWith(200, {}, 'ok');
});

const secret = 'T0AB12/B0CD34/abcdefghijklmnop';
const webhookUrl = `${slack.url}/services/${secret}`;
const never = new AbortController().signal;
const loopback = [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []);

/** Senders on a clock of their own, which may reach the double of Slack. */
function open(now: () => number = () => 0, sinkAllowCidrs = loopback) {
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const senders = createSenders({ ...deliveryConfig, sinkAllowCidrs, now, pause });
  const send = (url = webhookUrl) => senders.send(sinkNotification(), { kind: 'SLACK', webhookUrl: url }, never);
  return { send, pauses };
}

describe('a Slack sink with an incoming webhook', () => {
  it('posts the message as JSON, in the blocks of every Slack sink', async () => {
    expect(await open().send()).toEqual({ result: 'DELIVERED', status: 200 });
    const [{ method, path, headers, body }] = slack.received as [(typeof slack.received)[0]];
    expect([method, path]).toEqual(['POST', `/services/${secret}`]);
    expect(headers).toMatchObject({ 'content-type': 'application/json' });
    expect(headers.authorization).toBeUndefined();
    expect(JSON.parse(body.toString())).toEqual({
      ...slackMessage(sinkNotification()),
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it.each([
    [400, 'invalid_payload', 'REFUSED', 'it does not take the message'],
    [400, 'no_text', 'REFUSED', 'it does not take the message'],
    [403, 'action_prohibited', 'REFUSED', 'the workspace does not let webhooks post there'],
    [404, 'channel_not_found', 'REFUSED', 'the channel of the webhook is gone'],
    [403, 'invalid_token', 'GONE', 'the URL of the webhook is not whole, or was replaced'],
    [404, 'no_service', 'GONE', 'there is no such webhook, or it was removed'],
    [404, 'no_team', 'GONE', 'the workspace of the webhook is gone'],
    [410, 'channel_is_archived', 'GONE', 'the channel of the webhook is archived'],
    [500, 'rollup_error', 'RETRY', 'it has a fault of its own'],
  ])('takes %i %s for %s', async (status, word, result, meaning) => {
    slack.replyWith(status, {}, `${word}\n`);
    expect(await open().send()).toEqual({ result, status, error: `Slack answered ${word}: ${meaning}` });
  });

  it.each([
    [404, '<html>', 'REFUSED', 'Slack answered 404'],
    [410, '', 'GONE', 'Slack answered 410'],
    [302, '', 'RETRY', 'Slack answered 302'],
    [308, '', 'REFUSED', 'Slack answered 308'],
    [503, 'later', 'RETRY', 'Slack answered 503'],
    [200, '<html>Log in to the guest network', 'RETRY', '200 was answered, but not as a webhook of Slack’s does'],
    [204, '', 'RETRY', '204 was answered, but not as a webhook of Slack’s does'],
  ])('takes %i with %j for %s, and repeats nothing of it', async (status, body, result, error) => {
    slack.replyWith(status, {}, body);
    expect(await open().send()).toEqual({ result, status, error });
  });

  it.each(['ok', '{"ok":true}', '{ "success": true }'])('is told where %s is answered', async (body) => {
    slack.replyWith(200, {}, body);
    expect(await open().send()).toEqual({ result: 'DELIVERED', status: 200 });
  });

  it('calls nobody for as long as Slack asks, and keeps another webhook apart', async () => {
    const clock = { now: 1_000_000 };
    const { send } = open(() => clock.now);
    slack.replyWith(429, { 'Retry-After': '30' }, 'rate_limited');
    expect(await send()).toEqual({
      result: 'RETRY',
      status: 429,
      error: 'Slack answered 429',
      retryAfterMs: 30_000,
    });
    slack.replyWith(200, {}, 'ok');
    clock.now += 29_999;
    expect(await send()).toMatchObject({ result: 'RETRY', status: null, retryAfterMs: 1 });
    expect(slack.received).toHaveLength(1);
    expect(await send(`${webhookUrl}2`)).toMatchObject({ result: 'DELIVERED' });
    clock.now += 1;
    expect(await send()).toMatchObject({ result: 'DELIVERED' });
  });

  it('keeps a second between messages: some wait, those too far behind come again', async () => {
    const { send, pauses } = open();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(outcomes.map(({ result }) => result)).toEqual([...Array(6).fill('DELIVERED'), 'RETRY', 'RETRY']);
    expect(pauses).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  it('reaches no address that is closed, and its URL is in no outcome', async () => {
    const { send } = open(undefined, []);
    const outcome = await send();
    expect(outcome).toEqual({ result: 'REFUSED', status: null, error: expect.stringContaining('127.0.0.1/32') });
    expect(slack.received).toEqual([]);
    const gone = await open().send(`http://127.0.0.1:1/services/${secret}`);
    expect(gone).toEqual({ result: 'RETRY', status: null, error: 'The connection was refused' });
    expect(JSON.stringify([outcome, gone])).not.toContain(secret);
  });
});
