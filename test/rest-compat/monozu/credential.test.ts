import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { CredentialReader } from '../../../rest-compat/kernel/route.ts';
import { deviceCredential, provisioningCredential, tokenCredential } from '../../../rest-compat/monozu/credential.ts';

const read = ({ read }: CredentialReader, headers: IncomingHttpHeaders, query = '') =>
  read({ method: 'POST', path: '/', params: {}, query: new URLSearchParams(query), headers });

describe.each([
  ['x-device-key', deviceCredential, 'DEVICE_KEY'],
  ['x-provisioning-key', provisioningCredential, 'PROVISIONING_KEY'],
] as const)('the credential in %s', (header, credential, kind) => {
  it('opens with keys of one kind', () => {
    expect(credential.kinds).toEqual([kind]);
  });

  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    [' ', undefined],
    [' k ', 'k'],
    ['a, b', 'a, b'],
  ])('of %j is %j', (value, key) => {
    expect(read(credential, { ...(value !== undefined && { [header]: value }) })).toBe(key);
    expect(read(credential, { 'x-api-key': 'k', authorization: 'Bearer k' }, 'token=k')).toBeUndefined();
  });
});

describe('the token in the query', () => {
  it.each([
    ['', undefined],
    ['token=', undefined],
    ['token=t', 't'],
    ['x=1&token=t', 't'],
    ['token=t&token=t', undefined],
    ['Token=t', undefined],
  ])('"%s" is %j', (query, token) => {
    expect(read(tokenCredential, { authorization: 'Bearer k' }, query)).toBe(token);
  });
});
