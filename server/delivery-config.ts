import { type Cidr, readCidrs } from './cidr.ts';

/** What can be set of the way out: where sinks may reach, and the services that notifications go through. */
export interface DeliveryConfig {
  /** Ranges that sinks may reach though they are private. */
  readonly sinkAllowCidrs: readonly Cidr[];
  /** Undefined: Slack sinks are made by incoming webhooks alone. */
  readonly slackClientId: string | undefined;
  readonly slackClientSecret: string | undefined;
  readonly slackApiUrl: string;
  readonly pagerdutyUrl: string;
  /** `smtp:` or `smtps:`; may hold a user and a password. Undefined: sinks bring a mail server of their own. */
  readonly smtpUrl: string | undefined;
  /** What stands in `From:`. */
  readonly mailFrom: MailFrom | undefined;
}

/** `Tocsin <tocsin@office.example>` taken apart. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
}

export const deliverySettings = {
  sinkAllowCidrs: {
    name: 'TOCSIN_SINK_ALLOW_CIDRS',
    default: '',
    meaning:
      'Private or special ranges, comma-separated, that webhooks and mail servers of sinks may reach, such as `192.168.1.0/24`; addresses of cloud metadata stay closed',
    parse: readCidrs,
  },
  slackClientId: {
    name: 'TOCSIN_SLACK_CLIENT_ID',
    default: '',
    meaning: 'Client id of your Slack app, with which Slack sinks are made that have no incoming webhook',
    parse: optionalText,
  },
  slackClientSecret: {
    name: 'TOCSIN_SLACK_CLIENT_SECRET',
    default: '',
    meaning: 'Client secret of that app',
    parse: optionalText,
  },
  slackApiUrl: {
    name: 'TOCSIN_SLACK_API_URL',
    default: 'https://slack.com/api/',
    meaning: 'Where Slack’s Web API is',
    parse: url(['http:', 'https:']),
  },
  pagerdutyUrl: {
    name: 'TOCSIN_PAGERDUTY_URL',
    default: 'https://events.pagerduty.com/v2/enqueue',
    meaning:
      'Where PagerDuty takes events of version 2; accounts of its EU region: `https://events.eu.pagerduty.com/v2/enqueue`',
    parse: url(['http:', 'https:']),
  },
  smtpUrl: {
    name: 'TOCSIN_SMTP_URL',
    default: '',
    meaning:
      'Mail server, `smtp://user:password@host:587` or `smtps://…:465`; empty: e-mail sinks name a mail server of their own',
    parse: (value: string) => (value === '' ? undefined : url(['smtp:', 'smtps:'])(value)),
  },
  mailFrom: {
    name: 'TOCSIN_MAIL_FROM',
    default: '',
    meaning: 'Sender of e-mails, `tocsin@office.example` or `Tocsin <tocsin@office.example>`',
    parse: readMailFrom,
  },
} as const;

function optionalText(value: string): string | undefined {
  return value === '' ? undefined : value;
}

/** The value may hold a password, so it is never repeated. */
function url(protocols: readonly string[]) {
  return (value: string): string => {
    const { protocol, hostname, username, password } = URL.canParse(value) ? new URL(value) : noUrl;
    if (!protocols.includes(protocol) || hostname === '' || !isDecodable(username + password)) {
      throw new Error(`must be a URL that starts with ${protocols.join('// or ')}//`);
    }
    return value;
  };
}

const noUrl = { protocol: '', hostname: '', username: '', password: '' };

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const longestLocal = 64;
const longestAddress = 254;
const unfitForMail = /[\s<>()[\]\\,;:"\p{Cc}]/u;

/** Whether a text is one address as mailers agree on it: no blanks, quotes or brackets, so that it can smuggle nothing into a header. */
export function isMailAddress(text: string): boolean {
  const [local = '', domain = '', ...others] = text.split('@');
  if (others.length > 0 || unfitForMail.test(text) || text.length > longestAddress) return false;
  return local !== '' && local.length <= longestLocal && domain !== '';
}

/** Takes `Tocsin <tocsin@office.example>` or a bare address apart; empty: undefined. Throws Error. */
export function readMailFrom(value: string): MailFrom | undefined {
  if (value === '') return undefined;
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(value.trim()) ?? [];
  const address = bracketed ?? value.trim();
  if (!isMailAddress(address) || /\p{Cc}/u.test(name))
    throw new Error('must be an address such as tocsin@office.example');
  return { name: name.trim(), address };
}

/** The text that `readMailFrom` takes apart. */
export function writeMailFrom({ name, address }: MailFrom): string {
  return name === '' ? address : `${name} <${address}>`;
}
