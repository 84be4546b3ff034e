import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { jutsuCredential } from '../../../rest-compat/jutsu/credential.ts';

const read = (headers: IncomingHttpHeaders) =>
  jutsuCredential.read({ method: 'POST', path: '/', params: {}, query: new URLSearchParams(), headers });

describe('jutsuCredential', () => {
  it('opens with ingest keys only', () => {
    expect(jutsuCredential.kinds).toEqual(['INGEST_KEY']);
  });

  it.each<[IncomingHttpHeaders, string | undefined]>([
    [{}, undefined],
    [{ 'x-api-key': '', authorization: '' }, undefined],
    [{ 'x-api-key': 'k' }, 'k'],
    [{ 'x-api-key': ' k ' }, 'k'],
    [{ authorization: 'Bearer k' }, 'k'],
    [{ authorization: 'bearer k' }, 'k'],
    [{ authorization: 'BEARER   k ' }, 'k'],
    [{ 'x-api-key': 'k', authorization: 'Bearer k' }, 'k'],
    [{ 'x-api-key': 'k', authorization: '' }, 'k'],
    [{ 'x-api-key': 'a, b' }, 'a, b'],
  ])('finds in %j the key %j', (headers, key) => {
    expect(read(headers)).toBe(key);
  });

  it.each<[IncomingHttpHeaders, string]>([
    [{ 'x-api-key': 'k', authorization: 'Bearer other' }, 'X-API-Key and Authorization disagree: send one ingest key'],
    [{ authorization: 'Basic azpr' }, 'Send the ingest key as "Authorization: Bearer <key>" or in X-API-Key'],
    [{ authorization: 'k' }, 'Send the ingest key as "Authorization: Bearer <key>" or in X-API-Key'],
    [
      { 'x-api-key': 'k', authorization: 'Basic azpr' },
      'Send the ingest key as "Authorization: Bearer <key>" or in X-API-Key',
    ],
  ])('refuses %j', (headers, message) => {
    expect(() => read(headers)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED', message }));
  });
});
