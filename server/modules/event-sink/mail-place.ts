import { isIP } from 'node:net';
import { MailSecurity } from '../../../schema/event-sink/event-sink.enum.ts';
import type { EmailSinkInput, MailServerInput } from '../../../schema/event-sink/event-sink.input.ts';
import type { EmailConfiguration } from '../../../schema/event-sink/event-sink.type.ts';
import type { OwnMailServer } from '../../delivery/sender.ts';
import { readMailFrom, writeMailFrom } from '../../delivery-config.ts';
import { InvalidInput } from '../../errors.ts';
import { recipientsOf } from './place-values.ts';

/** Where e-mails go, and the password of the sink's own mail server, where one logs in. */
export interface MailPlace {
  readonly configuration: EmailConfiguration;
  readonly secrets: { readonly kind: 'EMAIL'; readonly password?: string };
}

type Server = NonNullable<EmailConfiguration['server']>;

const defaultPorts = { STARTTLS: 587, TLS: 465, NONE: 25 } as const;
const longestLogin = 500;

/** The place of an e-mail sink, with what is kept of the one that it had; throws InvalidInput. */
export function mailPlace({ recipients, server }: EmailSinkInput, known?: MailPlace): MailPlace {
  const told = { kind: 'EMAIL' as const, recipients: recipientsOf(recipients) };
  if (server == null) {
    return known
      ? { ...known, configuration: { ...known.configuration, recipients: told.recipients } }
      : { configuration: told, secrets: { kind: 'EMAIL' } };
  }
  if (server.host.trim() === '') return { configuration: told, secrets: { kind: 'EMAIL' } };
  const own = serverOf(server);
  const password = own.user === null ? undefined : passwordOf(server, own, known);
  return {
    configuration: { ...told, server: own },
    secrets: { kind: 'EMAIL', ...(password !== undefined && { password }) },
  };
}

/** The mail server of a place as a sender takes it; undefined: the one that the operator has set. */
export function ownServerAt({ configuration: { server }, secrets }: MailPlace): OwnMailServer | undefined {
  const from = server && readMailFrom(server.from);
  if (!server || !from) return undefined;
  const { host, port, security, user } = server;
  return { host, port, security, from, login: user === null ? null : { user, password: secrets.password ?? '' } };
}

function serverOf(input: MailServerInput): Server {
  const host = input.host.trim();
  if (isIP(host) === 0 && !/^[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*\.?$/i.test(host)) {
    throw new InvalidInput('host', 'must be the name or address of a mail server, such as mail.office.example');
  }
  const security = input.security ?? MailSecurity.STARTTLS;
  const port = input.port ?? defaultPorts[security];
  if (port < 1 || port > 65_535) throw new InvalidInput('port', 'must be from 1 to 65535');
  const user = textOf('user', input.user ?? '').trim() || null;
  if (user !== null && security === MailSecurity.NONE) {
    throw new InvalidInput(
      'security',
      'must be STARTTLS or TLS where a user logs in: a password never goes in the clear',
    );
  }
  return { host, port, security, user, from: fromOf(input.from ?? '') };
}

/** A password that is known goes to the server that it was given for, and to no other. */
function passwordOf(input: MailServerInput, { host, port, user }: Server, known: MailPlace | undefined): string {
  const given = textOf('password', input.password ?? '');
  if (given !== '') return given;
  const before = known?.configuration.server;
  const isTheSame = before?.host === host && before.port === port && before.user === user;
  if (isTheSame && known?.secrets.password !== undefined) return known.secrets.password;
  throw new InvalidInput('password', 'is required where a user logs in, and again for another host, port or user');
}

function fromOf(text: string): string {
  try {
    const from = readMailFrom(text.trim());
    if (from?.address.isWellFormed() && from.name.isWellFormed()) return writeMailFrom(from);
  } catch {
    // Said below, as where there is none.
  }
  throw new InvalidInput('from', 'must be an address such as tocsin@office.example');
}

function textOf(field: string, text: string): string {
  if (text.length > longestLogin || /\p{Cc}/u.test(text) || !text.isWellFormed()) {
    throw new InvalidInput(field, `must be text of at most ${longestLogin} characters in one line`);
  }
  return text;
}
