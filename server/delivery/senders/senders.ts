import type { DeliveryConfig } from '../../delivery-config.ts';
import type { Notification } from '../notification.ts';
import type { Outcome, SinkKind, Target } from '../sender.ts';

export interface SenderOptions extends DeliveryConfig {
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a Slack app may do in a workspace, given for a code of OAuth's. */
export interface SlackGrant {
  /** Secret. */
  readonly token: string;
  readonly teamName: string | null;
}

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
  /** The settings that are missing before sinks of a kind can be told anything; null when there are none. */
  lacks(kind: SinkKind): string | null;
}

/** Makes them once a process: they keep the pace of Slack's channels. */
export function createSenders(options: SenderOptions): Senders {
  throw new Error(`Not wired yet, at ${options.now()}`);
}
