import { hash } from 'node:crypto';
import { InvalidInput } from '../../errors.ts';
import type { AddressGuard } from '../guard.ts';
import type { HttpReply } from '../http-client.ts';
import { outcomeOfFailure, outcomeOfReply } from '../http-outcome.ts';
import type { Outcome, Sender } from '../sender.ts';
import { Pace, type PaceOptions } from './pace.ts';
import { callSlack } from './slack-client.ts';
import { outcomeOfCode } from './slack-errors.ts';
import { slackMessage } from './slack-message.ts';
import { callSlackWebhook } from './slack-webhook.ts';

export interface SlackOptions extends PaceOptions {
  readonly apiUrl: string;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly userAgent: string;
  /** Judges where incoming webhooks lead; where Slack's API is, the operator says. */
  readonly guard: AddressGuard;
}

/** What a Slack app may do in a workspace, given for a code of OAuth's. */
export interface SlackGrant {
  /** Secret. */
  readonly token: string;
  readonly teamName: string | null;
}

/** Slack takes about one message a second in a channel. */
const gapMs = 1000;

/** Posts to Slack channels, at the pace that Slack asks for; where Slack wants quiet, it is not called. */
export function slackSender({ apiUrl, userAgent, guard, ...options }: SlackOptions): Sender<'SLACK'> {
  const pace = new Pace(options);
  /** Waits for the turn of a place in a workspace; what came of it where that would take too long. */
  const turn = async (workspace: string, place: string, signal: AbortSignal): Promise<Outcome | undefined> => {
    try {
      const wait =
        pace.waitFor(workspace) || (await pace.turn(`${workspace} ${place}`, gapMs, signal)) || pace.waitFor(workspace);
      return wait > 0 ? { result: 'RETRY', status: null, error: 'Slack asks for time', retryAfterMs: wait } : undefined;
    } catch (cause) {
      return outcomeOfFailure(cause);
    }
  };
  return {
    async send(notification, target, signal) {
      if ('webhookUrl' in target) {
        const { webhookUrl } = target;
        const webhook = hash('sha256', webhookUrl);
        const tooEarly = await turn(webhook, 'webhook', signal);
        if (tooEarly) return tooEarly;
        const call = {
          url: webhookUrl,
          message: slackMessage(notification),
          userAgent,
          guard,
          signal,
          now: options.now,
        };
        const outcome = await callSlackWebhook(call);
        if (outcome.result === 'RETRY' && outcome.status === 429) pace.hold(webhook, outcome.retryAfterMs ?? gapMs);
        return outcome;
      }
      const { token, channel, channelId } = target;
      const place = channelId ?? channel;
      if (place === null) return { result: 'REFUSED', status: null, error: 'The sink names no channel' };
      const workspace = hash('sha256', token);
      const tooEarly = await turn(workspace, place, signal);
      if (tooEarly) return tooEarly;
      const answer = await callSlack({ apiUrl, token, userAgent, signal }, ({ chat }) =>
        chat.postMessage({ channel: place, ...slackMessage(notification), unfurl_links: false, unfurl_media: false }),
      );
      if (answer.kind === 'OK') return { result: 'DELIVERED', status: 200 };
      if (answer.kind === 'CODE') return outcomeOfCode(answer.code);
      if (answer.kind === 'FAILURE') return outcomeOfFailure(answer.cause);
      return outcomeOfStatus(answer.reply, options.now(), (ms) => pace.hold(workspace, ms));
    },
  };
}

/** Slack answers 200, or 429 when it wants quiet; anything else comes from what stands between, which cannot end a sink. */
function outcomeOfStatus(reply: HttpReply, nowMs: number, hold: (ms: number) => void): Outcome {
  const outcome = outcomeOfReply(reply, nowMs);
  const error = `Slack answered ${reply.status}`;
  if (outcome.result === 'DELIVERED') return { result: 'RETRY', status: reply.status, error };
  if (outcome.result === 'GONE') return { ...outcome, result: 'REFUSED', error };
  if (outcome.result === 'RETRY' && reply.status === 429) hold(outcome.retryAfterMs ?? gapMs);
  return { ...outcome, error };
}

/** Turns the code of an OAuth redirect into a token (`oauth.v2.access`); throws InvalidInput, in words that hold neither. */
export async function exchangeSlackCode(
  { apiUrl, clientId, clientSecret, userAgent }: Omit<SlackOptions, 'guard'>,
  code: string,
  signal: AbortSignal,
): Promise<SlackGrant> {
  if (clientId === undefined || clientSecret === undefined) {
    throw refused('this server has no Slack app (TOCSIN_SLACK_CLIENT_ID, TOCSIN_SLACK_CLIENT_SECRET)');
  }
  const answer = await callSlack({ apiUrl, token: undefined, userAgent, signal }, ({ oauth }) =>
    oauth.v2.access({ client_id: clientId, client_secret: clientSecret, code }),
  );
  if (answer.kind === 'CODE') {
    const known = /^[a-z_]{1,60}$/.test(answer.code) ? ` (${answer.code})` : '';
    throw refused(`Slack refused it${known}`);
  }
  if (answer.kind !== 'OK') throw refused('Slack could not be reached, or gave no answer');
  const { access_token: token, expires_in: expiresIn, team } = answer.result;
  if (!token) throw refused('Slack gave no token for it');
  if (expiresIn !== undefined)
    throw refused('the Slack app rotates its tokens; switch token rotation off in its settings');
  return { token, teamName: team?.name ?? null };
}

function refused(problem: string): InvalidInput {
  return new InvalidInput('slackOauthCode', problem);
}
