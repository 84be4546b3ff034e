export const webhook = { url: 'https://a.example/' };
const header = (name: string, value: string) => ({ webhook: { ...webhook, headers: [{ name, value }] } });

const notAWebhook =
  'webhookUrl: must be the URL of an incoming webhook; those of Slack begin with https://hooks.slack.com/services/';

/** What no sink is made of, after the words that it is refused with. */
export const refusedSinks: readonly (readonly [fault: string, input: object])[] = [
  ['input: must say how it is told: one of webhook, slack, pagerDuty and email', {}],
  [
    'input: must say how it is told: one of webhook, slack, pagerDuty and email',
    { webhook, pagerDuty: { integrationKey: 'a'.repeat(32) } },
  ],
  [
    'host: is required, for the operator has set no mail server: TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM are not both set',
    { email: { recipients: ['ann@example.org'] } },
  ],
  ['url: must be an http or https URL of at most 2048 characters', { webhook: {} }],
  ['digestSeconds: must be from 10 to 86400', { webhook, digestSeconds: 9 }],
  ['maxPerHour: must be from 0 to 10000', { webhook, maxPerHour: -1 }],
  ['filter: addresses must be addresses, or ranges such as 10.0.0.0/24', { webhook, filter: { addresses: ['x'] } }],
  ['filter: types must be texts of at most 500 characters', { webhook, filter: { types: ['a\0'] } }],
  ['filter: at most 100 agents', { webhook, filter: { agents: Array.from({ length: 101 }, (_, at) => `${at}`) } }],
  ['headers: Host cannot be set', header('Host', 'a')],
  ['headers: webhook-id cannot be set', header('webhook-id', 'a')],
  ['headers: must have names of 1 to 100 characters as HTTP allows them', header('a b', 'a')],
  [
    'headers: the value of X-Key must be at most 2000 visible ASCII characters and spaces',
    header('X-Key', 'a\r\nHost: b'),
  ],
  ...(
    [
      ['host: must be the name or address of a mail server, such as mail.office.example', { host: 'mail office' }],
      ['port: must be from 1 to 65535', { host: 'a.example', port: 0 }],
      ['from: must be an address such as tocsin@office.example', { host: 'a.example' }],
      [
        'security: must be STARTTLS or TLS where a user logs in: a password never goes in the clear',
        { host: 'a.example', user: 'bell', password: 'x', security: 'NONE', from: 'a@b' },
      ],
      [
        'password: is required where a user logs in, and again for another host, port or user',
        { host: 'a.example', user: 'bell', from: 'a@b' },
      ],
      ['user: must be text of at most 500 characters in one line', { host: 'a.example', user: 'a\r\nb', from: 'a@b' }],
    ] as const
  ).map(([fault, server]) => [fault, { email: { recipients: ['ann@example.org'], server } }] as const),
  ...[
    'https://hooks.slack.com/triggers/T1/2/3',
    'http://hooks.slack.com/services/T1/B1/x',
    'https://hooks.slack.com/services/',
    'https://office.slack.com/archives/C1',
    'https://me:secret@a.example/',
    'ftp://a.example/',
    'xoxb-token',
    '',
  ].map((webhookUrl) => [notAWebhook, { slack: { webhookUrl } }] as const),
  [
    'channel: is that of the webhook: it is chosen where the webhook is made, in Slack',
    { slack: { webhookUrl: 'https://a.example/', channel: '#alerts' } },
  ],
  [
    'oauthCode: is not taken beside the URL of a webhook',
    { slack: { webhookUrl: 'https://a.example/', oauthCode: 'code' } },
  ],
];
