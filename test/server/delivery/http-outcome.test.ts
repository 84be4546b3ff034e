import { describe, expect, it } from 'vitest';
import { outcomeOfFailure, outcomeOfReply, retryAfterMs } from '../../../server/delivery/http-outcome.ts';

const now = Date.parse('2026-11-21T15:00:00Z');
const replyOf = (status: number, headers: Record<string, string> = {}) => ({ status, headers, body: Buffer.alloc(0) });

describe('outcomeOfReply', () => {
  it.each([
    ...[200, 201, 202, 204, 299].map((status) => [status, 'DELIVERED'] as const),
    ...[300, 302, 303, 304, 307].map((status) => [status, 'RETRY'] as const),
    ...[301, 308].map((status) => [status, 'REFUSED'] as const),
    ...[400, 401, 403, 404, 405, 409, 411, 413, 422, 451].map((status) => [status, 'REFUSED'] as const),
    [410, 'GONE'],
    ...[408, 429, 500, 501, 502, 503, 504, 599].map((status) => [status, 'RETRY'] as const),
  ] as const)('takes %i for %s', (status, result) => {
    expect(outcomeOfReply(replyOf(status), now)).toMatchObject({ result, status });
  });

  it('tells when a receiver wants to be asked again', () => {
    const outcome = outcomeOfReply(replyOf(503, { 'retry-after': '120' }), now);
    expect(outcome).toEqual({
      result: 'RETRY',
      status: 503,
      error: 'The receiver answered 503',
      retryAfterMs: 120_000,
    });
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['30', 30_000],
    ['0', 1000],
    ['999999999999', 86_400_000],
    ['Sat, 21 Nov 2026 15:02:00 GMT', 120_000],
    ['Saturday, 21-Nov-26 15:02:00 GMT', 120_000],
    ['Sat Nov 21 15:02:00 2026 GMT', 120_000],
    ['Sat, 21 Nov 2026 14:00:00 GMT', 1000],
    ['Sun, 21 Nov 2027 15:00:00 GMT', 86_400_000],
  ])('reads %s', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  it.each([undefined, '', '-1', '1.5', 'soon', '1e3', 'NaN', 'Sat, 99 Nov 2026'])('makes nothing of %s', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });
});

describe('outcomeOfFailure', () => {
  it.each([
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 10.0.0.1:80' }, 'RETRY', 'The connection was refused'],
    [{ code: 'ENOTFOUND' }, 'RETRY', 'The host’s name is not known'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'RETRY', 'The host’s certificate has expired'],
    [{ code: 'HPE_INVALID_CONSTANT' }, 'RETRY', 'The answer is not HTTP'],
    [{ name: 'TimeoutError' }, 'RETRY', 'No answer came in time'],
    [{ message: 'secret' }, 'RETRY', 'The connection failed'],
    [{ code: 'ERR_INVALID_CHAR' }, 'REFUSED', 'One of the headers that were set cannot be sent'],
  ])('says of %j no more than how it failed', (cause, result, error) => {
    expect(outcomeOfFailure(cause)).toEqual({ result, status: null, error });
  });
});
