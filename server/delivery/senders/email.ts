import type { Transporter } from 'nodemailer';
import { isMailAddress, type MailFrom } from '../../delivery-config.ts';
import type { Outcome, Sender } from '../sender.ts';
import { emailTexts } from './email-message.ts';

export interface EmailOptions {
  readonly smtpUrl: string | undefined;
  readonly from: MailFrom | undefined;
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];
const connectMs = 15_000;
/** Notifications that some recipients have and others have yet to get. */
const mostHalfSent = 1000;

/** Sends e-mails through the operator's mail server: one message for all recipients of a sink. */
export function emailSender({ smtpUrl, from }: EmailOptions): Sender<'EMAIL'> {
  let transport: Promise<Transporter> | undefined;
  const halfSent = new Map<string, ReadonlySet<string>>();
  return {
    async send(notification, { recipients }, signal) {
      if (smtpUrl === undefined || from === undefined) return refusal('This server has no mail server set');
      if (!recipients.every((recipient) => isMailAddress(recipient)))
        return refusal('One of the recipients is no address');
      const told = halfSent.get(notification.id);
      const left = recipients.filter((recipient) => !told?.has(recipient));
      try {
        transport ??= openTransport(smtpUrl);
        const domain = from.address.slice(from.address.indexOf('@') + 1);
        const sent: Sent = await (await transport).sendMail({
          ...emailTexts(notification),
          from,
          to: recipients.map((address) => ({ name: '', address })),
          envelope: { from: from.address, to: left },
          messageId: `<${notification.id}@${domain}>`,
          references: `<${notification.group.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal,
        });
        halfSent.delete(notification.id);
        const deferred = sent.rejectedErrors?.find(({ responseCode }) => isTransient(responseCode));
        if (!deferred) return { result: 'DELIVERED', status: Number.parseInt(sent.response ?? '', 10) || null };
        if (halfSent.size >= mostHalfSent) halfSent.clear();
        halfSent.set(notification.id, new Set([...(told ?? []), ...(sent.accepted ?? []).map(String)]));
        return outcomeOfSmtp(deferred);
      } catch (cause) {
        return outcomeOfSmtp(cause as SmtpFailure);
      }
    },
  };
}

interface SmtpFailure {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
}

interface Sent {
  readonly response?: string | undefined;
  readonly accepted?: readonly unknown[] | undefined;
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined;
}

/**
 * Certificates are verified. A password never travels in the clear, but for a server on this machine. Nothing of a message is read
 * from files or URLs.
 */
async function openTransport(smtpUrl: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const isTls = protocol === 'smtps:';
  return createTransport({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (isTls ? 465 : 587) : Number(port),
    secure: isTls,
    requireTLS: !isTls && username !== '' && !loopbackHosts.includes(hostname),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { rejectUnauthorized: true },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function isTransient(status: number | undefined): boolean {
  return status !== undefined && status < 500;
}

/** A fault of the way to the mail server can be mended while the notification waits; a refusal of the message or of its recipients cannot. */
function outcomeOfSmtp({ code, responseCode }: SmtpFailure): Outcome {
  const status = responseCode ?? null;
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return retry(status, 'The mail server does not accept the user and password');
  if (code === 'ETLS') return retry(status, 'No secure connection to the mail server came about');
  if (status !== null && status >= 500) {
    return { result: 'REFUSED', status, error: `The mail server answered ${status}` };
  }
  if (status !== null) return retry(status, `The mail server answered ${status}`);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return refusal('The message cannot be sent as it is');
  return retry(
    null,
    code === 'EABORT' || code === 'ETIMEDOUT' ? 'No answer came in time' : 'The mail server cannot be reached',
  );
}

function retry(status: number | null, error: string): Outcome {
  return { result: 'RETRY', status, error };
}

function refusal(error: string): Outcome {
  return { result: 'REFUSED', status: null, error };
}
