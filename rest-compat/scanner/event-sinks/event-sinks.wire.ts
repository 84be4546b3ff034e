import { type Body, own, readText, refuse, required } from '../../kernel/json-body.ts';
import { readObject } from './body.ts';

/** A sink as operations answer it, by the fields of `sinkFields`. */
export interface SinkRow {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Date | string;
  readonly updatedAt: Date | string;
  readonly configuration:
    | { readonly __typename: 'WebhookConfiguration'; readonly url: string }
    | {
        readonly __typename: 'SlackConfiguration';
        readonly channel: string | null;
        readonly channelId: string | null;
      }
    | { readonly __typename: 'PagerDutyConfiguration' }
    | { readonly __typename: 'EmailConfiguration'; readonly recipients: readonly string[] };
}

export const sinkFields = `id tenantId name description createdAt updatedAt configuration {
  __typename
  ... on WebhookConfiguration { url }
  ... on SlackConfiguration { channel channelId }
  ... on EmailConfiguration { recipients }
}`;

export function toEventSink({ id, tenantId, name, description, configuration, createdAt, updatedAt }: SinkRow) {
  const shown = toConfiguration(configuration);
  return {
    id,
    tenant_id: tenantId,
    name,
    description,
    event_sink_type: Object.keys(shown)[0],
    configuration: shown,
    created_at: toTime(createdAt),
    updated_at: toTime(updatedAt),
  };
}

/** Whether the vendor's generated clients know the type: they fail on a list that holds another. */
export function isKnownType({ configuration }: SinkRow): boolean {
  return configuration.__typename !== 'EmailConfiguration';
}

/** Only what is safe to share: of a Slack sink the channel, of a PagerDuty one nothing. */
function toConfiguration(configuration: SinkRow['configuration']): Record<string, object> {
  switch (configuration.__typename) {
    case 'WebhookConfiguration':
      return { Webhook: { url: configuration.url } };
    case 'SlackConfiguration': {
      const { channel, channelId } = configuration;
      return { Slack: { ...(channel !== null && { channel }), ...(channelId !== null && { channel_id: channelId }) } };
    }
    case 'PagerDutyConfiguration':
      return { PagerDuty: {} };
    case 'EmailConfiguration':
      return { Email: { recipients: configuration.recipients } };
  }
}

/** Whole seconds of UTC. */
function toTime(instant: Date | string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** `integration_args` is what one generation of the API called it. */
const argumentNames = ['event_sink_args', 'integration_args'];

/** How a sink is told, as `event_sink_args` says; undefined where they are left out. */
export function readArguments(body: Body): Body | undefined {
  const name = argumentNames.find((candidate) => own(body, candidate) !== undefined);
  if (name === undefined) return undefined;
  const given = readObject(body, name);
  const [type, ...others] = Object.keys(given);
  const read = type === undefined ? undefined : readers.get(type);
  if (type === undefined || read === undefined || others.length > 0) {
    throw refuse(name, `must hold exactly one of ${[...readers.keys()].join(', ')}`);
  }
  return read(readObject(given, type));
}

const readers = new Map<string, (given: Body) => Body>([
  ['Slack', readSlack],
  ['Webhook', (given) => ({ webhook: { url: required('url', readText(given, 'url')) } })],
  [
    'PagerDuty',
    (given) => ({ pagerDuty: { integrationKey: required('integration_key', readText(given, 'integration_key')) } }),
  ],
]);

function readSlack(given: Body): Body {
  if (own(given, 'slack_integration_id') !== undefined) {
    throw refuse('slack_integration_id', 'there are no Slack integrations here; send slack_oauth_code');
  }
  return {
    slack: {
      oauthCode: readText(given, 'slack_oauth_code'),
      channel: readText(given, 'channel'),
      channelId: readText(given, 'channel_id'),
    },
  };
}
