import { randomBytes } from 'node:crypto';
import type {
  CreateEventSinkInput,
  SlackSinkInput,
  UpdateEventSinkInput,
  WebhookHeaderInput,
} from '../../../schema/event-sink/event-sink.input.ts';
import type { EventSinkConfigurationValue } from '../../../schema/event-sink/event-sink.type.ts';
import type { Target } from '../../delivery/sender.ts';
import type { Senders } from '../../delivery/senders/senders.ts';
import { InvalidInput } from '../../errors.ts';
import { type MailPlace, mailPlace, ownServerAt } from './mail-place.ts';
import {
  channelIdOf,
  channelOf,
  headersOf,
  integrationKeyOf,
  slackWebhookOf,
  urlOf,
  webhookHintOf,
} from './place-values.ts';

/** A secret that posts are signed with until an instant, in epoch milliseconds; null: until another takes its place. */
export interface SigningSecret {
  readonly secret: string;
  readonly until: number | null;
}

/** What is kept of a sink besides its configuration, sealed. */
export type SinkSecrets =
  | {
      readonly kind: 'WEBHOOK';
      /** The newest first. */
      readonly signing: readonly SigningSecret[];
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'SLACK'; readonly token: string }
  | { readonly kind: 'SLACK'; readonly webhookUrl: string }
  | { readonly kind: 'PAGERDUTY'; readonly integrationKey: string }
  | MailPlace['secrets'];

/** Where a sink is told: what may be shown of it, and what may not. Both are of one kind. */
export interface SinkPlace {
  readonly configuration: EventSinkConfigurationValue;
  readonly secrets: SinkSecrets;
}

type PlaceInput = Pick<UpdateEventSinkInput, 'webhook' | 'slack' | 'pagerDuty' | 'email'>;

/** What it takes to make sinks that can be told. */
export type SinkSenders = Pick<Senders, 'exchangeSlackCode' | 'lacks' | 'defaults'>;

/** How long a signing secret that was replaced still signs along. */
const overlapMs = 24 * 3600 * 1000;
/** Secrets that sign at once, however often they are replaced. */
const mostSigning = 5;

/** Reads where a new sink is told; throws InvalidInput. A code of Slack's is used up only if all else is right. */
export async function newPlace(input: CreateEventSinkInput, senders: SinkSenders): Promise<SinkPlace> {
  const { webhook, slack, pagerDuty, email } = input;
  const [kind, ...others] = kindsIn(input);
  if (kind === undefined || others.length > 0) {
    throw new InvalidInput('input', 'must say how it is told: one of webhook, slack, pagerDuty and email');
  }
  const bringsItsWay = slack?.webhookUrl != null || (email?.server?.host ?? '').trim() !== '';
  const lacking = bringsItsWay ? null : senders.lacks(kind);
  if (lacking !== null && kind === 'EMAIL') {
    throw new InvalidInput('host', `is required, for the operator has set no mail server: ${lacking}`);
  }
  if (lacking !== null) throw new InvalidInput('input', `no sink of kind ${kind} can be told: ${lacking}`);
  if (webhook) {
    const url = urlOf(webhook.url ?? '');
    return webhookPlace(url, [{ secret: newSigningSecret(), until: null }], webhook.headers ?? []);
  }
  if (slack?.webhookUrl != null) return slackWebhookPlace(slack);
  if (slack) {
    const configuration = slackConfiguration(slack, { channel: null, channelId: null });
    if (!slack.oauthCode) throw new InvalidInput('oauthCode', 'is required');
    return {
      configuration,
      secrets: { kind: 'SLACK', token: (await senders.exchangeSlackCode(slack.oauthCode)).token },
    };
  }
  return pagerDuty ? pagerDutyPlace(pagerDuty.integrationKey) : mailPlace(email ?? { recipients: [] });
}

/** The place of a sink with what is to be changed of it; the very same where nothing is. Throws InvalidInput. */
export function changedPlace(place: SinkPlace, input: PlaceInput): SinkPlace {
  const { configuration, secrets } = place;
  const [kind, ...others] = kindsIn(input);
  if (kind === undefined) return place;
  if (kind !== configuration.kind || others.length > 0) {
    throw new InvalidInput('input', `the sink is told by ${configuration.kind}: how it is told cannot be changed`);
  }
  const { webhook, slack, pagerDuty, email } = input;
  if (webhook && configuration.kind === 'WEBHOOK' && secrets.kind === 'WEBHOOK') {
    const url = webhook.url == null ? configuration.url : urlOf(webhook.url);
    const isElsewhere = new URL(url).origin !== new URL(configuration.url).origin;
    if (isElsewhere && !webhook.headers && Object.keys(secrets.headers).length > 0) {
      throw new InvalidInput(
        'headers',
        'must be given again for another server, for their values are secret; none: []',
      );
    }
    const headers = webhook.headers ?? Object.entries(secrets.headers).map(([name, value]) => ({ name, value }));
    return webhookPlace(url, secrets.signing, headers);
  }
  if (slack?.webhookUrl != null) return slackWebhookPlace(slack);
  if (slack && configuration.kind === 'SLACK' && 'webhookUrl' in secrets) {
    refuseChannel(slack);
    return place;
  }
  if (slack && configuration.kind === 'SLACK') {
    if (slack.oauthCode != null) throw new InvalidInput('oauthCode', 'is taken only when a sink is made');
    return { configuration: slackConfiguration(slack, configuration), secrets };
  }
  if (email && configuration.kind === 'EMAIL' && secrets.kind === 'EMAIL') {
    return mailPlace(email, { configuration, secrets });
  }
  return pagerDuty ? pagerDutyPlace(pagerDuty.integrationKey) : place;
}

/** The place with a new signing secret before the others, which sign along for a day; throws InvalidInput unless it is a webhook. */
export function rotated({ configuration, secrets }: SinkPlace, nowMs: number): { place: SinkPlace; secret: string } {
  if (secrets.kind !== 'WEBHOOK') throw new InvalidInput('id', 'only webhooks have a signing secret');
  const secret = newSigningSecret();
  const older = secrets.signing
    .map((each) => ({ ...each, until: each.until ?? nowMs + overlapMs }))
    .filter(({ until }) => until > nowMs)
    .slice(0, mostSigning - 1);
  return { place: { configuration, secrets: { ...secrets, signing: [{ secret, until: null }, ...older] } }, secret };
}

/** Where a sender finds the place at an instant. */
export function targetAt({ configuration, secrets }: SinkPlace, nowMs: number): Target {
  if (configuration.kind === 'WEBHOOK' && secrets.kind === 'WEBHOOK') {
    const inForce = secrets.signing.filter(({ until }) => until === null || until > nowMs);
    const signingSecrets = inForce.map(({ secret }) => secret);
    return { kind: 'WEBHOOK', url: configuration.url, signingSecrets, headers: secrets.headers };
  }
  if (configuration.kind === 'SLACK' && secrets.kind === 'SLACK') {
    if ('webhookUrl' in secrets) return { kind: 'SLACK', webhookUrl: secrets.webhookUrl };
    const { channel, channelId } = configuration;
    return { kind: 'SLACK', token: secrets.token, channel, channelId };
  }
  if (configuration.kind === 'EMAIL' && secrets.kind === 'EMAIL') {
    const server = ownServerAt({ configuration, secrets });
    return { kind: 'EMAIL', recipients: configuration.recipients, ...(server && { server }) };
  }
  if (secrets.kind === 'PAGERDUTY') return { kind: 'PAGERDUTY', routingKey: secrets.integrationKey };
  throw new Error('The configuration of a sink and its secrets are of different kinds');
}

function kindsIn({ webhook, slack, pagerDuty, email }: PlaceInput): EventSinkConfigurationValue['kind'][] {
  return [
    ...(webhook ? (['WEBHOOK'] as const) : []),
    ...(slack ? (['SLACK'] as const) : []),
    ...(pagerDuty ? (['PAGERDUTY'] as const) : []),
    ...(email ? (['EMAIL'] as const) : []),
  ];
}

function webhookPlace(url: string, signing: readonly SigningSecret[], given: readonly WebhookHeaderInput[]): SinkPlace {
  const headers = headersOf(given);
  return {
    configuration: { kind: 'WEBHOOK', url, headerNames: Object.keys(headers) },
    secrets: { kind: 'WEBHOOK', signing, headers },
  };
}

function slackWebhookPlace(slack: SlackSinkInput): SinkPlace {
  if (slack.oauthCode != null) throw new InvalidInput('oauthCode', 'is not taken beside the URL of a webhook');
  refuseChannel(slack);
  const webhookUrl = slackWebhookOf(slack.webhookUrl ?? '');
  return {
    configuration: { kind: 'SLACK', channel: null, channelId: null, webhookHint: webhookHintOf(webhookUrl) },
    secrets: { kind: 'SLACK', webhookUrl },
  };
}

function refuseChannel({ channel, channelId }: SlackSinkInput): void {
  if ((channel ?? '') === '' && (channelId ?? '') === '') return;
  throw new InvalidInput('channel', 'is that of the webhook: it is chosen where the webhook is made, in Slack');
}

function slackConfiguration(
  { channel, channelId }: SlackSinkInput,
  known: { readonly channel: string | null; readonly channelId: string | null },
): Extract<EventSinkConfigurationValue, { readonly kind: 'SLACK' }> {
  // A channel named anew is another one than the id stands for, unless that comes along.
  const idKept = channel == null ? known.channelId : null;
  const nameKept = channelId == null ? known.channel : null;
  const made = {
    kind: 'SLACK' as const,
    channel: channel == null ? nameKept : channelOf(channel),
    channelId: channelId == null ? idKept : channelIdOf(channelId),
  };
  if (made.channel === null && made.channelId === null) throw new InvalidInput('channel', 'is required');
  return made;
}

function pagerDutyPlace(given: string): SinkPlace {
  const integrationKey = integrationKeyOf(given);
  return {
    configuration: { kind: 'PAGERDUTY', keyHint: integrationKey.slice(-4) },
    secrets: { kind: 'PAGERDUTY', integrationKey },
  };
}

/** As Standard Webhooks writes them. */
function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
