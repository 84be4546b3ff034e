import { createHmac } from 'node:crypto';

/** What is signed of a message: its parts as they are sent. */
export interface SignedMessage {
  /** Constant over attempts; holds no `.`. */
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number;
  readonly body: Buffer;
}

/** The `webhook-*` headers of Standard Webhooks 1.0: one signature for each secret (`whsec_` and base64), the newest first. */
export function standardHeaders(message: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${standardSignature(message, secret)}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}

function standardSignature({ id, timestamp, body }: SignedMessage, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

/**
 * `X-Hub-Signature-256`, as GitHub made it known, of the body under the secret as it is written, `whsec_` and all: for receivers that know no other way,
 * such as Debian's `webhook`. It vouches for no time, so a receiver that can should check the `webhook-*` headers.
 */
export function hubHeaders(body: Buffer, secrets: readonly string[]): Record<string, string> {
  if (secrets.length === 0) return {};
  const signatures = secrets.map((secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  return { 'x-hub-signature-256': signatures.join(',') };
}
