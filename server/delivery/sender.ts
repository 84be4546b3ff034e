import type { MailFrom } from '../delivery-config.ts';
import type { Notification } from './notification.ts';

/** A mail server that a sink brings along. */
export interface OwnMailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'STARTTLS' | 'TLS' | 'NONE';
  /** Null: nobody logs in. */
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: MailFrom;
}

/** Where a sink's notifications go, with its secrets: never logged, never answered. */
export type Target =
  | {
      readonly kind: 'WEBHOOK';
      readonly url: string;
      /** `whsec_…`, the newest first: while a secret is being replaced, both sign. */
      readonly signingSecrets: readonly string[];
      /** Further headers that its owner set. */
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'SLACK';
      readonly token: string;
      /** By name (`#alerts`) or by id; the id is preferred where both are known. */
      readonly channel: string | null;
      readonly channelId: string | null;
    }
  /** By an incoming webhook, which knows its channel. */
  | { readonly kind: 'SLACK'; readonly webhookUrl: string }
  | { readonly kind: 'PAGERDUTY'; readonly routingKey: string }
  | {
      readonly kind: 'EMAIL';
      readonly recipients: readonly string[];
      /** Left out: the one that the operator has set. */
      readonly server?: OwnMailServer;
    };

export type SinkKind = Target['kind'];

/**
 * How an attempt ended. `status` is HTTP's or SMTP's, null where nothing was answered; `error` is a short text of ours that holds
 * nothing of the reply, no secret and no address that was resolved.
 */
export type Outcome =
  | { readonly result: 'DELIVERED'; readonly status: number | null }
  /** To be tried again; not before `retryAfterMs` where the receiver said so. */
  | {
      readonly result: 'RETRY';
      readonly status: number | null;
      readonly error: string;
      readonly retryAfterMs?: number;
    }
  /** No further attempt can help. */
  | { readonly result: 'REFUSED'; readonly status: number | null; readonly error: string }
  /** The receiver wants nothing more (HTTP 410, a deleted Slack channel): the sink is switched off. */
  | { readonly result: 'GONE'; readonly status: number | null; readonly error: string };

/** Tells targets of one kind. Never throws for what a receiver or the network does; `signal` ends the attempt early. */
export interface Sender<Kind extends SinkKind = SinkKind> {
  send(
    notification: Notification,
    target: Extract<Target, { readonly kind: Kind }>,
    signal: AbortSignal,
  ): Promise<Outcome>;
}
