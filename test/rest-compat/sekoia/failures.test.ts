import { describe, expect, it } from 'vitest';
import { sekoiaFailures } from '../../../rest-compat/sekoia/failures.ts';
import { errorCodes } from '../../../schema/errors.ts';

describe('sekoiaFailures', () => {
  it('answers every code in the one shape', () => {
    const replies = errorCodes.map((code) => sekoiaFailures[code]({ code, message: 'why' }));
    expect(replies.map(({ status }) => status)).toEqual([401, 403, 400, 404, 409, 413, 503, 429, 500, 500, 500, 500]);
    for (const { status, body } of replies) {
      const error = status === 500 ? 'The server could not handle the request' : 'why';
      expect(body).toEqual({ error });
    }
  });

  it.each([
    [undefined, '1'],
    [0, '1'],
    [1.2, '2'],
    [30, '30'],
  ])('says to come again in whole seconds: %j is %s', (retryAfterSeconds, header) => {
    const failure = {
      code: 'OVERLOADED',
      message: '',
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    } as const;
    for (const code of ['OVERLOADED', 'RATE_LIMITED'] as const) {
      expect(sekoiaFailures[code](failure).headers).toEqual({ 'retry-after': header });
    }
  });
});
