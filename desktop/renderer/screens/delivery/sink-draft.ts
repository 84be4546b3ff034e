import type { SinkRow } from '../../generated/delivery.ts';
import type {
  AlertKind,
  CreateEventSinkInput,
  EventSinkKind,
  MailSecurity,
  MailServerInput,
  Severity,
  UpdateEventSinkInput,
  WebhookHeaderInput,
} from '../../generated/schema.ts';

/** A sink as it stands in the form: lists as lines of text. */
export interface SinkDraft {
  readonly kind: EventSinkKind;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly headers: string;
  readonly dropsHeaders: boolean;
  /** Slack: by an incoming webhook, or by an app of the operator's and a channel. */
  readonly isByApp: boolean;
  readonly webhookUrl: string;
  readonly channel: string;
  readonly oauthCode: string;
  readonly integrationKey: string;
  readonly recipients: string;
  /** Whether e-mails go by a mail server of the sink's own though the operator has set one. */
  readonly hasOwnServer: boolean;
  /** Empty: the operator's mail server. */
  readonly host: string;
  readonly port: string;
  readonly security: MailSecurity;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly minSeverity: Severity;
  readonly kinds: readonly AlertKind[];
  readonly types: string;
  readonly agents: string;
  readonly addresses: string;
  /** Ids of intakes; set by the API alone, and kept. */
  readonly intakes: readonly string[];
  readonly digestSeconds: string;
  readonly maxPerHour: string;
}

const empty: SinkDraft = {
  kind: 'WEBHOOK',
  name: '',
  description: '',
  url: '',
  headers: '',
  dropsHeaders: false,
  isByApp: false,
  webhookUrl: '',
  channel: '',
  oauthCode: '',
  integrationKey: '',
  recipients: '',
  hasOwnServer: false,
  host: '',
  port: '',
  security: 'STARTTLS',
  user: '',
  password: '',
  from: '',
  minSeverity: 'MEDIUM',
  kinds: [],
  types: '',
  agents: '',
  addresses: '',
  intakes: [],
  digestSeconds: '300',
  maxPerHour: '0',
};

/** What the form begins with. */
export function draftOf(sink: SinkRow | undefined): SinkDraft {
  if (!sink) return empty;
  const { kind, name, description, configuration, minSeverity, filter, digestSeconds, maxPerHour } = sink;
  return {
    ...empty,
    kind,
    name,
    description,
    ...(configuration.__typename === 'WebhookConfiguration' && { url: configuration.url }),
    ...(configuration.__typename === 'SlackConfiguration' && {
      channel: configuration.channel ?? configuration.channelId ?? '',
      isByApp: configuration.webhookHint === null,
    }),
    ...(configuration.__typename === 'EmailConfiguration' && mailDraft(configuration)),
    minSeverity,
    kinds: filter.kinds,
    types: filter.types.join('\n'),
    agents: filter.agents.join('\n'),
    addresses: filter.addresses.join('\n'),
    intakes: filter.intakes,
    digestSeconds: String(digestSeconds),
    maxPerHour: String(maxPerHour ?? 0),
  };
}

function mailDraft({ recipients, server }: Extract<SinkRow['configuration'], { __typename: 'EmailConfiguration' }>) {
  const told = { recipients: recipients.join('\n'), hasOwnServer: server !== null };
  if (!server) return told;
  const { host, port, security, user, from } = server;
  return { ...told, host, port: String(port), security, user: user ?? '', from };
}

/** What the API takes for a new sink. */
export function creationOf(draft: SinkDraft): CreateEventSinkInput {
  return { ...shared(draft), ...placeOf(draft, true) };
}

/** What the API takes for a sink that is there: what was left empty stays. */
export function changeOf(draft: SinkDraft): UpdateEventSinkInput {
  return { ...shared(draft), ...placeOf(draft, false) };
}

function shared(draft: SinkDraft) {
  const { name, description, minSeverity, kinds, types, agents, addresses, intakes, digestSeconds, maxPerHour } = draft;
  return {
    name,
    description,
    minSeverity,
    filter: {
      kinds: [...kinds],
      types: lines(types),
      agents: lines(agents),
      addresses: lines(addresses),
      intakes: [...intakes],
    },
    digestSeconds: Math.round(Number(digestSeconds)) || 0,
    maxPerHour: Math.round(Number(maxPerHour)) || 0,
  };
}

function placeOf(draft: SinkDraft, isNew: boolean) {
  const { kind, url, headers, dropsHeaders, channel, oauthCode, integrationKey } = draft;
  switch (kind) {
    case 'WEBHOOK': {
      const given = headerList(headers);
      return { webhook: { url, ...((given.length > 0 || dropsHeaders) && { headers: given }) } };
    }
    case 'SLACK': {
      if (!draft.isByApp) {
        const webhookUrl = draft.webhookUrl.trim();
        return isNew || webhookUrl !== '' ? { slack: { webhookUrl } } : {};
      }
      const name = channel.trim();
      // Ids of channels begin with C or G and are of capitals and digits; a name would be in small letters.
      const place = /^[CG][A-Z0-9]{6,}$/.test(name) ? { channelId: name } : { channel: name };
      return { slack: isNew ? { ...place, oauthCode } : place };
    }
    case 'PAGERDUTY':
      return isNew || integrationKey !== '' ? { pagerDuty: { integrationKey } } : {};
    case 'EMAIL':
      return { email: { recipients: lines(draft.recipients), server: serverOf(draft) } };
  }
}

function serverOf({ host, port, security, user, password, from }: SinkDraft): MailServerInput {
  if (host.trim() === '') return { host: '' };
  return {
    host: host.trim(),
    port: port.trim() === '' ? null : Math.round(Number(port)) || 0,
    security,
    user: user.trim(),
    password: password === '' ? null : password,
    from: from.trim(),
  };
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Lines of `Name: value`. */
export function headerList(text: string): WebhookHeaderInput[] {
  return lines(text).map((line) => {
    const at = line.indexOf(':');
    return at < 0 ? { name: line, value: '' } : { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
  });
}
