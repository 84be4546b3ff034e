import type { Transporter } from 'nodemailer';
import { isMailAddress, type MailFrom } from '../../delivery-config.ts';
import { AddressDenied, type AddressGuard } from '../guard.ts';
import { describeFailure, outcomeOfFailure } from '../http-outcome.ts';
import type { Outcome, OwnMailServer, Sender } from '../sender.ts';
import { emailTexts } from './email-message.ts';
import { openTransport, ownDoor, serverDoor } from './mail-transport.ts';

export interface EmailOptions {
  readonly smtpUrl: string | undefined;
  readonly from: MailFrom | undefined;
  /** Judges where the mail servers of sinks are; where the operator's is, the operator says. */
  readonly guard: AddressGuard;
}

/** Notifications that some recipients have and others have yet to get. */
const mostHalfSent = 1000;

/** Sends e-mails through the operator's mail server or a sink's own: one message for all recipients of a sink. */
export function emailSender({ smtpUrl, from: operatorFrom, guard }: EmailOptions): Sender<'EMAIL'> {
  let operators: Promise<Transporter> | undefined;
  const halfSent = new Map<string, ReadonlySet<string>>();
  const transportTo = (server: OwnMailServer | undefined): Promise<Transporter> | undefined => {
    if (server) return openTransport(ownDoor(server, guard));
    if (smtpUrl !== undefined) operators ??= openTransport(serverDoor(smtpUrl));
    return operators;
  };
  return {
    async send(notification, { recipients, server }, signal) {
      const transport = transportTo(server);
      const from = server?.from ?? operatorFrom;
      if (!transport || !from) return refusal('This server has no mail server set');
      if (!recipients.every((recipient) => isMailAddress(recipient)))
        return refusal('One of the recipients is no address');
      const told = halfSent.get(notification.id);
      const left = recipients.filter((recipient) => !told?.has(recipient));
      try {
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
        return outcomeOfSmtp(cause);
      }
    },
  };
}

interface SmtpFailure {
  /** The library's, or Node's own where the library had no word for it. */
  readonly code?: string | undefined;
  /** Node's, beside one of the library's. */
  readonly originalCode?: string | undefined;
  readonly responseCode?: number | undefined;
  /** What was answered: `MAIL FROM`, `RCPT TO`, `DATA` and others. */
  readonly command?: string | undefined;
}

interface Sent {
  readonly response?: string | undefined;
  readonly accepted?: readonly unknown[] | undefined;
  readonly rejectedErrors?: readonly SmtpFailure[] | undefined;
}

function isTransient(status: number | undefined): boolean {
  return status !== undefined && status < 500;
}

/** A fault of the way to the mail server can be mended while the notification waits; a refusal of the message or of its recipients cannot. */
function outcomeOfSmtp(cause: unknown): Outcome {
  if (cause instanceof AddressDenied) return outcomeOfFailure(cause);
  const { code, originalCode, responseCode, command = '' } = cause as SmtpFailure;
  const status = responseCode ?? null;
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return retry(status, 'The mail server does not accept the user and password');
  }
  const reason = originalCode ?? code ?? '';
  if (code === 'ETLS' || reason === 'EPROTO' || reason.startsWith('ERR_SSL')) {
    return retry(
      status,
      'No secure connection to the mail server came about: port, encryption or certificate do not fit',
    );
  }
  if (status !== null) {
    const error = `The mail server answered ${status}${meaningOf(status, command)}`;
    return status >= 500 ? { result: 'REFUSED', status, error } : retry(status, error);
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return refusal('The message cannot be sent as it is');
  if (wayFailures[reason] !== undefined) return retry(null, wayFailures[reason]);
  return retry(null, `The mail server cannot be reached: ${describeFailure(undefined, reason)}`);
}

/** What stands between a server and its answer, by the code of Node's or of the library's. */
const wayFailures: Readonly<Record<string, string>> = {
  EABORT: 'No answer came in time',
  ETIMEDOUT: 'No answer came in time',
  ECONNREFUSED: 'The mail server refused the connection: nothing listens on this port',
  ENOTFOUND: 'The mail server’s name is not known',
  EDNS: 'The mail server’s name is not known',
};

/** In plain words what a reply is about (RFC 5321, 4.2); of its text nothing is told. */
function meaningOf(status: number, command: string): string {
  if (status === 530) return ': it wants a user and a password';
  if (status === 552) return ': the mailbox is full, or the message too large';
  if (status < 500) return ': it asks to come again later';
  if (command.startsWith('RCPT')) return ': it does not take mail for this recipient';
  if (command.startsWith('MAIL')) return ': it does not take mail from this sender';
  return ': it does not take the message';
}

function retry(status: number | null, error: string): Outcome {
  return { result: 'RETRY', status, error };
}

function refusal(error: string): Outcome {
  return { result: 'REFUSED', status: null, error };
}
