import { goodCode } from '../open-scanner.ts';

export const nowhere = '01940000-0000-7000-8000-000000000000';
export const url = 'https://test.com/webhook/abc';

const args = (event_sink_args: unknown) => ({ event_sink_args });

/** What makes a good sink a bad one, after the words that it is refused with. */
export const refusedSinks: readonly (readonly [error: string, changes: object])[] = [
  ['tenant_id: is required', { tenant_id: undefined }],
  ['tenant_id: must be a UUID', { tenant_id: 'x' }],
  ['tenant_id: must be a string', { tenant_id: null }],
  ['name: is required', { name: undefined }],
  ['name: must be a string', { name: null }],
  ['name: must have 1 to 200 characters', { name: '' }],
  ['description: is required', { description: undefined }],
  ['description: must be a string', { description: null }],
  ['description: must be text of at most 2000 characters', { description: '\0' }],
  ['event_sink_args: is required', args(undefined)],
  ['event_sink_args: must be an object', args(null)],
  ['event_sink_args: must hold exactly one of Slack, Webhook, PagerDuty', args({})],
  ['event_sink_args: must hold exactly one of Slack, Webhook, PagerDuty', args({ Webhook: { url }, Slack: {} })],
  ['event_sink_args: must hold exactly one of Slack, Webhook, PagerDuty', args({ webhook: { url } })],
  ['event_sink_args: must hold exactly one of Slack, Webhook, PagerDuty', args({ Jira: {} })],
  ['Webhook: must be an object', args({ Webhook: url })],
  ['url: is required', args({ Webhook: {} })],
  ['url: must be a string', args({ Webhook: { url: null } })],
  ...['ftp://test.com/', 'javascript:alert(1)', 'test.com', '', `https://test.com/${'a'.repeat(2048)}`].map(
    (bad): [string, object] => [
      'url: must be an http or https URL of at most 2048 characters',
      args({ Webhook: { url: bad } }),
    ],
  ),
  ['url: must not hold a name or password', args({ Webhook: { url: 'https://me:secret@test.com/' } })],
  ['integration_key: is required', args({ PagerDuty: {} })],
  ['integration_key: must be an integration key of the Events API v2', args({ PagerDuty: { integration_key: '' } })],
  ['channel: is required', args({ Slack: { slack_oauth_code: goodCode } })],
  ['channel: must be the name of a channel, such as #alerts', args({ Slack: { channel: '#a b' } })],
  ['slack_oauth_code: is required', args({ Slack: { channel: '#alerts' } })],
  ['slack_oauth_code: is required', args({ Slack: { channel: '#alerts', slack_oauth_code: '' } })],
  [
    'slack_integration_id: there are no Slack integrations here; send slack_oauth_code',
    args({ Slack: { slack_integration_id: nowhere, channel_id: 'C024BE91L' } }),
  ],
];

/** Changes that a webhook's sink is refused. */
export const refusedChanges: readonly (readonly [error: string, changes: object])[] = [
  ['id: is not that of the path', { id: nowhere }],
  ['id: must be a UUID', { id: '1' }],
  ['name: must be a string', { name: null }],
  ['description: must be a string', { description: null }],
  ['event_sink_args: must be an object', { event_sink_args: null }],
  [
    'the sink is told by WEBHOOK: how it is told cannot be changed',
    { event_sink_args: { Slack: { channel: '#alerts' } } },
  ],
  ['event_sink_args: must hold exactly one of Slack, Webhook, PagerDuty', { event_sink_args: {} }],
  ['url: is required', { event_sink_args: { Webhook: {} } }],
];

/** What is no body of a sink. */
export const refusedBodies: readonly (readonly [error: string, text: string])[] = [
  ['The body is not valid JSON', '{"name": "with a trailing comma",}'],
  ['The body is not valid JSON', '{"slack_oauth_code":\n}'],
  ['The body must be a JSON object', '[]'],
  ['tenant_id: is required', ''],
];

/** Texts that a name may be, and two that no database takes: half a character, and a NUL. */
export const strangeTexts = [
  '\u202e\u0007 <b>',
  '😀'.repeat(50),
  '../../etc',
  "'; drop table event_sink; --",
  '\ud800',
  'a\0b',
  '{{7*7}}',
];
