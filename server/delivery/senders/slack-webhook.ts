import type { AddressGuard } from '../guard.ts';
import { type HttpReply, post } from '../http-client.ts';
import { outcomeOfFailure, outcomeOfReply } from '../http-outcome.ts';
import type { Outcome } from '../sender.ts';
import type { SlackMessage } from './slack-message.ts';

/** A webhook answers with a word. */
const maxReplyBytes = 4096;

export interface SlackWebhookCall {
  /** Secret as a whole. */
  readonly url: string;
  readonly message: SlackMessage;
  readonly userAgent: string;
  readonly guard: AddressGuard;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Posts a message to an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export async function callSlackWebhook(call: SlackWebhookCall): Promise<Outcome> {
  const { url, message, userAgent, guard, signal, now } = call;
  try {
    const reply = await post({
      url: new URL(url),
      headers: { 'content-type': 'application/json', accept: '*/*', 'user-agent': userAgent },
      body: Buffer.from(JSON.stringify({ ...message, unfurl_links: false, unfurl_media: false })),
      signal,
      guard,
      maxReplyBytes,
    });
    return outcomeOfWebhook(reply, now());
  } catch (cause) {
    return outcomeOfFailure(cause);
  }
}

type Bin = Exclude<Outcome['result'], 'DELIVERED'>;

/** The words that webhooks answer with instead of `ok`, and what each means; what is not known goes by its status. */
const words = new Map<string, readonly [bin: Bin, meaning: string]>([
  ['no_service', ['GONE', 'there is no such webhook, or it was removed']],
  ['no_service_id', ['GONE', 'the URL of the webhook is not whole']],
  ['no_active_hooks', ['GONE', 'the webhook is switched off in Slack']],
  ['no_team', ['GONE', 'the workspace of the webhook is gone']],
  ['team_disabled', ['GONE', 'the workspace of the webhook is gone']],
  ['invalid_token', ['GONE', 'the URL of the webhook is not whole, or was replaced']],
  ['channel_is_archived', ['GONE', 'the channel of the webhook is archived']],
  ['channel_not_found', ['REFUSED', 'the channel of the webhook is gone']],
  ['user_not_found', ['REFUSED', 'the person that the webhook writes to is gone']],
  ['action_prohibited', ['REFUSED', 'the workspace does not let webhooks post there']],
  ['posting_to_general_channel_denied', ['REFUSED', 'the workspace does not let webhooks post there']],
  ['invalid_payload', ['REFUSED', 'it does not take the message']],
  ['invalid_blocks', ['REFUSED', 'it does not take the message']],
  ['no_text', ['REFUSED', 'it does not take the message']],
  ['too_many_attachments', ['REFUSED', 'it does not take the message']],
  ['rollup_error', ['RETRY', 'it has a fault of its own']],
]);

/** What a webhook's status and word say. Others that take Slack's posts answer `ok`, or JSON that says that it went well. */
export function outcomeOfWebhook(reply: HttpReply, nowMs: number): Outcome {
  const { status } = reply;
  const text = reply.body.toString().trim();
  const outcome = outcomeOfReply(reply, nowMs);
  if (outcome.result === 'DELIVERED') {
    if (text === 'ok' || isWell(text)) return outcome;
    return { result: 'RETRY', status, error: `${status} was answered, but not as a webhook of Slack’s does` };
  }
  const [bin, meaning] = words.get(text) ?? [outcome.result, undefined];
  const error = meaning === undefined ? `Slack answered ${status}` : `Slack answered ${text}: ${meaning}`;
  if (bin !== 'RETRY') return { result: bin, status, error };
  return { ...outcome, result: 'RETRY', error };
}

function isWell(text: string): boolean {
  return /^\{\s*"(?:ok|success)"\s*:\s*true\b/.test(text);
}
