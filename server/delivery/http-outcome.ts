import { AddressDenied } from './guard.ts';
import type { HttpReply } from './http-client.ts';
import type { Outcome } from './sender.ts';

const leastWaitMs = 1000;
const longestWaitMs = 24 * 60 * 60 * 1000;

/** What a receiver's status says of an attempt, as Standard Webhooks has it; a redirect is never followed. */
export function outcomeOfReply({ status, headers }: HttpReply, nowMs: number): Outcome {
  if (status >= 200 && status < 300) return { result: 'DELIVERED', status };
  const error = `The receiver answered ${status}`;
  if (status === 410) return { result: 'GONE', status, error };
  if (status === 301 || status === 308) {
    return { result: 'REFUSED', status, error: `${error}: it has moved, and redirects are not followed` };
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { result: 'REFUSED', status, error };
  const wait = retryAfterMs(headers['retry-after'], nowMs);
  return { result: 'RETRY', status, error, ...(wait !== undefined && { retryAfterMs: wait }) };
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), from 1 second to 24 hours; undefined when it says neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text) - nowMs;
  if (Number.isNaN(wait)) return undefined;
  return Math.min(Math.max(wait, leastWaitMs), longestWaitMs);
}

/** `Date.parse` alone would also read "1.5" and "-1" as years. */
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
}

/** What Node calls the ways in which a connection fails, in words for people. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused',
  ECONNRESET: 'The connection was reset',
  EPIPE: 'The connection was reset',
  ETIMEDOUT: 'The connection timed out',
  EHOSTUNREACH: 'The host cannot be reached',
  ENETUNREACH: 'The network cannot be reached',
  ENOTFOUND: 'The host’s name is not known',
  EAI_AGAIN: 'The host’s name cannot be looked up now',
  CERT_HAS_EXPIRED: 'The host’s certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The host’s certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'The host’s certificate is vouched for by nobody known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The host’s certificate is vouched for by nobody known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The host’s certificate is vouched for by nobody known',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The host’s certificate is for another name',
  EPROTO: 'The host does not speak TLS as it should',
};

/** What came of an attempt that no status answered. */
export function outcomeOfFailure(cause: unknown): Outcome {
  if (cause instanceof AddressDenied) {
    // A name may lead elsewhere tomorrow: behind the login page of a guest network, all names lead to it.
    return { result: cause.isLiteral ? 'REFUSED' : 'RETRY', status: null, error: cause.message };
  }
  const { name, code } = cause as { readonly name?: string; readonly code?: string };
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_INVALID_HTTP_TOKEN') {
    return { result: 'REFUSED', status: null, error: 'One of the headers that were set cannot be sent' };
  }
  return { result: 'RETRY', status: null, error: describeFailure(name, code) };
}

export function describeFailure(name: string | undefined, code: string | undefined): string {
  if (name === 'TimeoutError' || name === 'AbortError') return 'No answer came in time';
  return failures[code ?? ''] ?? (code?.startsWith('HPE_') ? 'The answer is not HTTP' : 'The connection failed');
}
