import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { agreedKey, sekoiaCredential } from '../../../rest-compat/sekoia/credential.ts';

const read = (headers: IncomingHttpHeaders, query = '') =>
  sekoiaCredential.read({ method: 'POST', path: '/', params: {}, query: new URLSearchParams(query), headers });
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
const header = (key: string) => ({ 'x-sekoiaio-intake-key': key });

describe('sekoiaCredential', () => {
  it('opens with intake keys only', () => {
    expect(sekoiaCredential.kinds).toEqual(['INTAKE_KEY']);
  });

  it.each<[IncomingHttpHeaders, string, string | undefined]>([
    [{}, '', undefined],
    [header(''), '?intake_key=', undefined],
    [header(' k '), '', 'k'],
    [basic(':k'), '', 'k'],
    [basic('None:k'), '', 'k'],
    [basic('sekoiaio:k'), '', 'k'],
    [basic('u:k:with:colons'), '', 'k:with:colons'],
    [basic('u:'), '', undefined],
    [basic('no colon'), '', undefined],
    [{ authorization: 'bAsIc  Omtr ' }, '', 'kk'],
    [{ authorization: 'Basic' }, '', undefined],
    [{ authorization: 'Bearer k' }, '', undefined],
    [{ authorization: 'Bearer other', ...header('k') }, '', 'k'],
    [{}, 'intake_key=k', 'k'],
    [{}, 'header_X-SEKOIAIO-INTAKE-KEY=k', 'k'],
    [{}, 'header_x-sekoiaio-intake-key=k', 'k'],
    [{}, 'intakekey=k', undefined],
    [{ ...header('k'), ...basic(':k') }, 'intake_key=k&header_X-SEKOIAIO-INTAKE-KEY=k&intake_key=k', 'k'],
    [{ ...header('k'), ...basic(':') }, 'intake_key=', 'k'],
  ])('finds in %j and ?%s the key %j', (headers, query, key) => {
    expect(read(headers, query)).toBe(key);
  });

  it.each<[IncomingHttpHeaders, string]>([
    [{ ...header('k'), ...basic(':other') }, ''],
    [header('k'), 'intake_key=other'],
    [header('k'), 'header_X-SEKOIAIO-INTAKE-KEY=other'],
    [basic(':k'), 'intake_key=K'],
    [{}, 'intake_key=k&intake_key=other'],
  ])('refuses %j and ?%s: different keys', (headers, query) => {
    const message = 'The request holds different intake keys: send one';
    expect(() => read(headers, query)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED', message }));
  });
});

describe('agreedKey', () => {
  it.each([
    [[undefined, null, '', ' '], undefined],
    [['k', undefined, ' k'], 'k'],
    [[7], '7'],
    [[{}], '{}'],
  ])('of %j is %j', (places, key) => {
    expect(agreedKey(places)).toBe(key);
  });

  it('costs no more for a long text than for a short one', () => {
    expect(agreedKey(['k'.repeat(1_000_000)])).toBe('k'.repeat(256));
  });
});
