import { connect } from 'node:net';
import type { SMTPTransportOptions, Transporter } from 'nodemailer';
import type { AddressGuard } from '../guard.ts';
import type { OwnMailServer } from '../sender.ts';

const loopbackHosts = ['localhost', '127.0.0.1', '::1'];
const connectMs = 15_000;

type GetSocket = NonNullable<SMTPTransportOptions['getSocket']>;

/** How one comes to a mail server. */
export interface MailDoor {
  readonly host: string;
  readonly port: number;
  /** OPPORTUNISTIC: in the clear where the server offers nothing else. */
  readonly security: OwnMailServer['security'] | 'OPPORTUNISTIC';
  readonly login: OwnMailServer['login'];
  /** Opens the connection in the place of the library. */
  readonly getSocket?: GetSocket;
}

/** The operator's mail server, `smtp:` or `smtps:`. A password goes to it over TLS alone, unless it is on this machine. */
export function serverDoor(smtpUrl: string): MailDoor {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isTls = protocol === 'smtps:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const inClear = username !== '' && !loopbackHosts.includes(host) ? 'STARTTLS' : 'OPPORTUNISTIC';
  return {
    host,
    port: port === '' ? (isTls ? 465 : 587) : Number(port),
    security: isTls ? 'TLS' : inClear,
    login: username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}

/** A sink's own mail server, at an address that the guard lets it reach: it is judged in the lookup of the very connection. */
export function ownDoor({ host, port, security, login }: OwnMailServer, guard: AddressGuard): MailDoor {
  const getSocket: GetSocket = (_, done) => {
    try {
      guard.judgeHost(host, port);
    } catch (cause) {
      return done(cause as Error, false);
    }
    const connection = connect({ host, port, lookup: guard.lookupFor(port), timeout: connectMs });
    connection.once('timeout', () => connection.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    connection.once('error', done);
    connection.once('connect', () => {
      connection.off('error', done).removeAllListeners('timeout').setTimeout(0);
      done(null, { connection });
    });
  };
  return { host, port, security, login, getSocket };
}

/** Certificates are verified. Nothing of a message is read from files or URLs. */
export async function openTransport({ host, port, security, login, getSocket }: MailDoor): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: security === 'TLS',
    requireTLS: security === 'STARTTLS',
    ignoreTLS: security === 'NONE',
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...(getSocket && { getSocket }),
    tls: { rejectUnauthorized: true },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
