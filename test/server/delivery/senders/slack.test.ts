import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../../server/delivery/sender.ts';
import { Pace } from '../../../../server/delivery/senders/pace.ts';
import { createSenders } from '../../../../server/delivery/senders/senders.ts';
import { outcomeOfCode } from '../../../../server/delivery/senders/slack-errors.ts';
import { type SlackBlock, slackMessage } from '../../../../server/delivery/senders/slack-message.ts';
import { InvalidInput } from '../../../../server/errors.ts';
import { deliveryConfig } from '../../../support/delivery-config.ts';
import { Receiver } from '../../../support/http-receiver.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

const slack = await Receiver.start();
afterAll(() => slack[Symbol.asyncDispose]());
beforeEach(() => {
  slack.received.length = 0;
  slack.replyWith(200, {}, { ok: true, channel: 'C1', ts: '1.2' });
});

const token = 'xoxb-secret-token';
const never = new AbortController().signal;
const target: Target = { kind: 'SLACK', token, channel: '#alerts', channelId: null };

/** Senders on a clock of their own. */
function sendersAt(nowMs: number) {
  const clock = { now: nowMs };
  const senders = createSenders({
    ...deliveryConfig,
    ...{ slackApiUrl: `${slack.url}/api/`, slackClientId: 'client', slackClientSecret: 'client-secret' },
    now: () => clock.now,
  });
  return { senders, clock };
}

const formOf = (body: Buffer) => Object.fromEntries(new URLSearchParams(body.toString()));
const textsOf = (blocks: readonly SlackBlock[]): string[] =>
  blocks.flatMap((block) => {
    if ('fields' in block) return block.fields.map(({ text }) => text);
    if ('elements' in block) return block.elements.map(({ text }) => (typeof text === 'string' ? text : text.text));
    return [block.text.text];
  });

describe('a Slack message', () => {
  it('has a header, what happened, the facts, the text, a link and whose it is', () => {
    const { text, blocks } = slackMessage(
      sinkNotification({ reason: 'DIGEST', alertCount: 999, group: { count: 1000 } }),
    );
    expect(text).toBe('[High] sshd: brute force (999 more alerts)');
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'section', 'actions', 'context']);
    expect(textsOf(blocks)).toEqual([
      '[High] sshd: brute force (999 more alerts)',
      'This goes on: 999 alerts since you were last told, 1,000 alerts so far.',
      'Severity: High',
      'Type: authentication_failures',
      'Source: 192.0.2.7:4022',
      'Destination: 10.0.0.5:22',
      'Agent: web-1',
      'First seen: <!date^1795275677^{date_short_pretty} {time_secs}|2026-11-21 15:41:17 UTC>',
      'Last seen: <!date^1795275677^{date_short_pretty} {time_secs}|2026-11-21 15:41:17 UTC>',
      'Failed password for root from 192.0.2.7 port 4022 ssh2',
      'Open in Tocsin',
      'Tocsin, notification 019f8a1c-7d10-7abc-8def-0123456789ab',
    ]);
    expect(blocks[4]).toMatchObject({ elements: [{ type: 'button', url: 'https://bell.example/alerts/7' }] });
  });

  it('has no button where the server knows no link', () => {
    expect(slackMessage(sinkNotification({ url: null })).blocks.map(({ type }) => type)).not.toContain('actions');
  });

  it('splits a long text at its line ends, and says where it cut', () => {
    const line = `${'x'.repeat(99)}\n`;
    const { blocks } = slackMessage(sinkNotification({ alert: { message: line.repeat(40) } }));
    const parts = blocks.slice(3, -2).map((block) => textsOf([block])[0]!);
    expect(parts.map(({ length }) => length)).toEqual([2999, 999]);
    const cut = slackMessage(sinkNotification({ alert: { message: 'y'.repeat(50_000) } })).blocks.slice(3, -2);
    expect(cut).toHaveLength(4);
    expect(textsOf(cut.slice(3))[0]).toMatch(/… \[cut, 41000 characters\]$/);
  });

  it('makes no mention, link or format of what alerts say, and keeps to Slack’s bounds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .constantFrom('<!channel> ', '<https://evil.example|ok>', '&<>', '*b* `c` ~d~', '😀')
        .chain((unit) => fc.nat(4000).map((times) => unit.repeat(times))),
    );
    fc.assert(
      fc.property(text, text, text, (title, type, message) => {
        const made = slackMessage(sinkNotification({ group: { title, type }, alert: { message } }));
        expect(made.text).not.toMatch(/[<>]/);
        expect(made.blocks.length).toBeLessThanOrEqual(50);
        for (const block of made.blocks) {
          const most = block.type === 'header' ? 150 : 'text' in block ? 3000 : 2000;
          const objects = 'text' in block ? [block.text] : 'fields' in block ? block.fields : [];
          for (const object of objects) {
            expect(object.text.length).toBeGreaterThan(0);
            expect(object.text.length).toBeLessThanOrEqual(most);
            expect(object.text.isWellFormed()).toBe(true);
            if (object.type === 'plain_text') expect(object.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
            else expect(object.text).toMatch(/^(First|Last) seen: <!date/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a Slack sink', () => {
  it('posts to its channel with its token', async () => {
    const { senders } = sendersAt(Date.now());
    expect(await senders.send(sinkNotification(), target, never)).toEqual({ result: 'DELIVERED', status: 200 });
    const [{ path, headers, body }] = slack.received as [(typeof slack.received)[0]];
    expect(path).toBe('/api/chat.postMessage');
    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(formOf(body)).toMatchObject({ channel: '#alerts', text: '[High] sshd: brute force', unfurl_links: 'false' });
    expect(JSON.parse(formOf(body)['blocks']!)).toEqual(slackMessage(sinkNotification()).blocks);
    await senders.send(sinkNotification(), { ...target, channelId: 'C42' }, never);
    expect(formOf(slack.received[1]!.body)['channel']).toBe('C42');
  });

  it('keeps a second between messages to a channel: some wait, those too far behind come again', async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => void pauses.push(ms);
    const senders = createSenders({ ...deliveryConfig, slackApiUrl: slack.url, now: () => 0, pause });
    const send = (channel: string) => senders.send(sinkNotification(), { ...target, channel }, never);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => send('#alerts')));
    expect(outcomes.map(({ result }) => result)).toEqual([...Array(6).fill('DELIVERED'), ...Array(6).fill('RETRY')]);
    expect(outcomes[11]).toEqual({ result: 'RETRY', status: null, error: 'Slack asks for time', retryAfterMs: 6000 });
    expect(pauses).toEqual([1000, 2000, 3000, 4000, 5000]);
    expect(await send('#other')).toMatchObject({ result: 'DELIVERED' });
    expect(pauses).toHaveLength(5);
  });

  it('lets through one a second over five minutes, however many want to', async () => {
    let now = 0;
    const went: number[] = [];
    const pace = new Pace({ now: () => now, pause: async (ms) => void went.push(now + ms) });
    for (; now < 300_000; now += 100) {
      const before = went.length;
      const wait = await pace.turn('#alerts', 1000, never);
      if (wait === 0 && went.length === before) went.push(now);
    }
    expect(went.length).toBeGreaterThanOrEqual(300);
    const gaps = went.slice(1).map((at, index) => at - went[index]!);
    expect(Math.min(...gaps)).toBe(1000);
    expect(Math.max(...gaps)).toBe(1000);
  });

  it('calls nobody for as long as Slack asks', async () => {
    const { senders, clock } = sendersAt(1_000_000);
    slack.replyWith(429, { 'Retry-After': '30' }, { ok: false, error: 'ratelimited' });
    const first = await senders.send(sinkNotification(), target, never);
    expect(first).toMatchObject({ result: 'RETRY', status: 429, retryAfterMs: 30_000 });
    slack.replyWith(200, {}, { ok: true });
    for (let second = 0; second < 30; second++) {
      const outcome = await senders.send(sinkNotification(), { ...target, channel: `#c${second}` }, never);
      expect(outcome).toMatchObject({ result: 'RETRY', status: null, retryAfterMs: 30_000 - second * 1000 });
      clock.now += 1000;
    }
    expect(slack.received).toHaveLength(1);
    expect(await senders.send(sinkNotification(), target, never)).toMatchObject({ result: 'DELIVERED' });
  });

  it.each([
    ...[
      'internal_error',
      'fatal_error',
      'service_unavailable',
      'request_timeout',
      'ratelimited',
      'team_added_to_org',
    ].map((code) => [code, 'RETRY'] as const),
    ...['channel_not_found', 'not_in_channel', 'invalid_auth', 'not_authed', 'token_expired', 'missing_scope'].map(
      (code) => [code, 'REFUSED'] as const,
    ),
    ...['restricted_action', 'no_permission', 'invalid_blocks', 'msg_too_long', 'no_text', 'invalid_arguments'].map(
      (code) => [code, 'REFUSED'] as const,
    ),
    ...['ekm_access_denied', 'method_deprecated', 'two_factor_setup_required'].map(
      (code) => [code, 'REFUSED'] as const,
    ),
    ...['is_archived', 'account_inactive', 'token_revoked'].map((code) => [code, 'GONE'] as const),
  ])('takes ok: false with %s for %s', async (code, result) => {
    slack.replyWith(200, {}, { ok: false, error: code });
    const outcome = await sendersAt(0).senders.send(sinkNotification(), target, never);
    expect(outcome).toEqual({ result, status: 200, error: `Slack answered ${code}` });
  });

  it('tries again after a code that it does not know, and does not repeat it', () => {
    expect(outcomeOfCode('brand_new <script>')).toEqual({
      ...{ result: 'RETRY', status: 200 },
      error: 'Slack refused it for a reason that is not known here',
    });
  });

  it.each([
    [500, {}, 'RETRY'],
    [503, { 'Retry-After': '7' }, 'RETRY'],
    [429, {}, 'RETRY'],
    [302, { Location: 'https://evil.example/' }, 'RETRY'],
    [404, {}, 'REFUSED'],
    [410, {}, 'REFUSED'],
    [204, {}, 'RETRY'],
  ] as const)('takes the status %i (%j) for %s', async (status, headers, result) => {
    slack.replyWith(status, headers, status === 204 ? '' : `no, ${token}`);
    const outcome = await sendersAt(0).senders.send(sinkNotification(), target, never);
    expect(outcome.result).toBe(result);
    expect(JSON.stringify(outcome)).not.toContain(token);
  });

  it('fails as any other where nothing answers, and never tells the token', async () => {
    const senders = createSenders({ ...deliveryConfig, slackApiUrl: 'http://127.0.0.1:1/', now: Date.now });
    expect(await senders.send(sinkNotification(), target, never)).toEqual({
      ...{ result: 'RETRY', status: null, error: 'The connection was refused' },
    });
    slack.answer = () => {};
    const { senders: patient } = sendersAt(0);
    const stop = new AbortController();
    const sent = patient.send(sinkNotification(), target, stop.signal);
    stop.abort();
    expect(await sent).toEqual({ result: 'RETRY', status: null, error: 'No answer came in time' });
  });

  it('cannot be told without a channel', async () => {
    const outcome = await sendersAt(0).senders.send(
      sinkNotification(),
      { ...target, kind: 'SLACK', channel: null } as Target,
      never,
    );
    expect(outcome).toMatchObject({ result: 'REFUSED', error: 'The sink names no channel' });
  });
});

describe('exchangeSlackCode', () => {
  const code = 'one-time-code';

  it('turns a code into a token, once', async () => {
    slack.replyWith(200, {}, { ok: true, access_token: token, token_type: 'bot', team: { id: 'T1', name: 'Office' } });
    expect(await sendersAt(0).senders.exchangeSlackCode(code)).toEqual({ token, teamName: 'Office' });
    expect(slack.received.map(({ path, body }) => [path, formOf(body)])).toEqual([
      ['/api/oauth.v2.access', { client_id: 'client', client_secret: 'client-secret', code }],
    ]);
  });

  it.each([
    [200, { ok: false, error: 'invalid_code' }, 'Slack refused it (invalid_code)'],
    [200, { ok: false, error: 'Bad Thing <b>' }, 'Slack refused it'],
    [200, { ok: true }, 'Slack gave no token for it'],
    [200, { ok: true, access_token: token, expires_in: 43_200 }, /rotates its tokens/],
    [200, 'not JSON', 'Slack refused it'],
    [500, {}, 'Slack could not be reached, or gave no answer'],
    [429, {}, 'Slack could not be reached, or gave no answer'],
  ])('refuses an answer of %i %j', async (status, body, message) => {
    slack.replyWith(status, {}, body);
    const failed = await sendersAt(0)
      .senders.exchangeSlackCode(code)
      .catch((cause: unknown) => cause);
    expect(failed).toBeInstanceOf(InvalidInput);
    expect((failed as Error).message).toEqual(
      typeof message === 'string' ? `slackOauthCode: ${message}` : expect.stringMatching(message),
    );
    for (const secret of [token, code, 'client-secret']) expect(inspect(failed, { depth: null })).not.toContain(secret);
    expect(slack.received).toHaveLength(1);
  });

  it('asks nobody where no app is set', async () => {
    const senders = createSenders({ ...deliveryConfig, slackApiUrl: slack.url, now: Date.now });
    await expect(senders.exchangeSlackCode(code)).rejects.toThrow('this server has no Slack app');
    expect(slack.received).toEqual([]);
    expect(senders.lacks('SLACK')).toMatch(/^TOCSIN_SLACK_CLIENT_ID/);
    expect(senders.lacks('EMAIL')).toMatch(/^TOCSIN_SMTP_URL/);
    expect([senders.lacks('WEBHOOK'), senders.lacks('PAGERDUTY'), sendersAt(0).senders.lacks('SLACK')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
