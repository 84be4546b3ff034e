import type { SinkDefaults } from '../../../schema/event-sink/event-sink.type.ts';
import { type DeliveryConfig, writeMailFrom } from '../../delivery-config.ts';
import { version } from '../../version.ts';
import { AddressGuard, type GuardOptions } from '../guard.ts';
import type { Notification } from '../notification.ts';
import type { Outcome, SinkKind, Target } from '../sender.ts';
import { emailSender } from './email.ts';
import type { PaceOptions } from './pace.ts';
import { pagerdutySender } from './pagerduty.ts';
import { exchangeSlackCode, type SlackGrant, slackSender } from './slack.ts';
import { webhookSender } from './webhook.ts';

export type { SlackGrant } from './slack.ts';

/** The settings, the clock, and what a test puts in the place of name servers and of waiting. */
export type SenderOptions = DeliveryConfig &
  PaceOptions &
  Pick<GuardOptions, 'resolve' | 'ownPorts'> & {
    /** How long an attempt may take, in milliseconds; default 15 seconds. */
    readonly timeoutMs?: number;
  };

/** All ways to tell sinks something. */
export interface Senders {
  /**
   * One attempt to tell a target; ends after 15 seconds, or earlier when `signal` says so. Never throws for what a receiver or the
   * network does.
   */
  send(notification: Notification, target: Target, signal: AbortSignal): Promise<Outcome>;
  /**
   * Turns the code of an OAuth redirect, which is good for once, into a token. Throws InvalidInput when Slack refuses it, cannot be
   * reached, or no app is set.
   */
  exchangeSlackCode(code: string, signal?: AbortSignal): Promise<SlackGrant>;
  /** The settings that are missing before sinks of a kind that bring no way of their own can be told anything; null when there are none. */
  lacks(kind: SinkKind): string | null;
  /** What the operator has set for all sinks. */
  readonly defaults: SinkDefaults;
}

/** Makes them once a process: they keep the pace of Slack's channels. */
export function createSenders(options: SenderOptions): Senders {
  const { sinkAllowCidrs, slackApiUrl, slackClientId, slackClientSecret, pagerdutyUrl, smtpUrl, mailFrom, now } =
    options;
  const { resolve, ownPorts, pause, timeoutMs = 15_000 } = options;
  const userAgent = `Tocsin/${version}`;
  const guard = new AddressGuard({
    allowCidrs: sinkAllowCidrs,
    ...(resolve && { resolve }),
    ...(ownPorts && { ownPorts }),
  });
  const app = { clientId: slackClientId, clientSecret: slackClientSecret };
  const slackOptions = { apiUrl: slackApiUrl, ...app, userAgent, guard, now, ...(pause && { pause }) };
  const webhook = webhookSender({ guard, userAgent, now });
  const slack = slackSender(slackOptions);
  const pagerduty = pagerdutySender({ url: pagerdutyUrl, userAgent, now });
  const email = emailSender({ smtpUrl, from: mailFrom, guard });
  const inTime = (signal?: AbortSignal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    return signal ? AbortSignal.any([signal, timeout]) : timeout;
  };
  return {
    send(notification, target, signal) {
      const limited = inTime(signal);
      if (target.kind === 'WEBHOOK') return webhook.send(notification, target, limited);
      if (target.kind === 'SLACK') return slack.send(notification, target, limited);
      if (target.kind === 'PAGERDUTY') return pagerduty.send(notification, target, limited);
      return email.send(notification, target, limited);
    },
    exchangeSlackCode: (code, signal) => exchangeSlackCode(slackOptions, code, inTime(signal)),
    defaults: {
      mailFrom: smtpUrl && mailFrom ? writeMailFrom(mailFrom) : null,
      hasSlackApp: Boolean(slackClientId && slackClientSecret),
      allowedRanges: sinkAllowCidrs.map(({ cidr }) => cidr),
    },
    lacks(kind) {
      if (kind === 'SLACK' && !(slackClientId && slackClientSecret)) {
        return 'TOCSIN_SLACK_CLIENT_ID and TOCSIN_SLACK_CLIENT_SECRET are not both set';
      }
      if (kind === 'EMAIL' && !(smtpUrl && mailFrom)) return 'TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM are not both set';
      return null;
    },
  };
}
