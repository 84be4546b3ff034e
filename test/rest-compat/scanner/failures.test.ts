import { describe, expect, it } from 'vitest';
import { scannerFailures } from '../../../rest-compat/scanner/failures.ts';
import { errorCodes } from '../../../schema/errors.ts';

describe('scannerFailures', () => {
  it('answers every code with one error, and says nothing of a fault of ours', () => {
    const replies = errorCodes.map((code) => scannerFailures[code]({ code, message: 'why' }));
    expect(replies.map(({ status }) => status)).toEqual([401, 403, 400, 404, 409, 413, 503, 429, 500, 500, 500, 500]);
    for (const { status, body } of replies) {
      expect(body).toEqual({ error: status === 500 ? 'The server could not handle the request' : 'why' });
    }
  });

  it.each([
    ['oauthCode', 'slack_oauth_code: is wrong'],
    ['channelId', 'channel_id: is wrong'],
    ['input', 'is wrong'],
    ['url', 'url: is wrong'],
    ['Webhook', 'Webhook: is wrong'],
  ])('names %s as callers do', (field, error) => {
    const failure = { code: 'BAD_USER_INPUT', message: `${field}: is wrong`, field } as const;
    expect(scannerFailures.BAD_USER_INPUT(failure)).toEqual({ status: 400, body: { error } });
  });

  it('says when to come again, in whole seconds', () => {
    const failure = { code: 'OVERLOADED', message: '', retryAfterSeconds: 1.2 } as const;
    for (const code of ['OVERLOADED', 'RATE_LIMITED'] as const) {
      expect(scannerFailures[code](failure).headers).toEqual({ 'retry-after': '2' });
    }
  });
});
