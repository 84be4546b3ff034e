import { describe, expect, it } from 'vitest';
import { monozuFailures } from '../../../rest-compat/monozu/failures.ts';
import { errorCodes } from '../../../schema/errors.ts';

describe('monozuFailures', () => {
  it('answers every code with one error', () => {
    const replies = errorCodes.map((code) => monozuFailures[code]({ code, message: 'why' }));
    expect(replies.map(({ status }) => status)).toEqual([401, 403, 400, 404, 409, 413, 503, 429, 500, 500, 500, 500]);
    const words: Readonly<Record<number, string>> = {
      401: 'A valid key is needed',
      500: 'The server could not handle the request',
    };
    for (const { status, body } of replies) expect(body).toEqual({ error: words[status] ?? 'why' });
  });

  it.each([
    ['events.0', { error: 'data.title is required', index: 0 }],
    ['events.999', { error: 'data.title is required', index: 999 }],
    ['events', { error: 'events: data.title is required' }],
    ['name', { error: 'name: data.title is required' }],
  ])('names the event to blame: %s', (field, body) => {
    const failure = { code: 'BAD_USER_INPUT', message: `${field}: data.title is required`, field } as const;
    expect(monozuFailures.BAD_USER_INPUT(failure)).toEqual({ status: 400, body });
  });

  it.each([
    [undefined, '1'],
    [1.2, '2'],
    [30, '30'],
  ])('says to come again in whole seconds: %j is %s', (retryAfterSeconds, header) => {
    const failure = { code: 'OVERLOADED', message: '', ...(retryAfterSeconds && { retryAfterSeconds }) } as const;
    for (const code of ['OVERLOADED', 'RATE_LIMITED'] as const) {
      expect(monozuFailures[code](failure).headers).toEqual({ 'retry-after': header });
    }
  });
});
