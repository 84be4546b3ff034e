export const webhook = { url: 'https://a.example/' };
const header = (name: string, value: string) => ({ webhook: { ...webhook, headers: [{ name, value }] } });

/** What no sink is made of, after the words that it is refused with. */
export const refusedSinks: readonly (readonly [fault: string, input: object])[] = [
  ['input: must say how it is told: one of webhook, slack, pagerDuty and email', {}],
  [
    'input: must say how it is told: one of webhook, slack, pagerDuty and email',
    { webhook, pagerDuty: { integrationKey: 'a'.repeat(32) } },
  ],
  [
    'input: no sink of kind EMAIL can be told: TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM are not both set',
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
];
