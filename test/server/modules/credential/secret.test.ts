import { describe, expect, it } from 'vitest';
import { hashSecret, isWellFormedSecret, newSecret } from '../../../../server/modules/credential/secret.ts';

const kinds = ['INGEST_KEY', 'INTAKE_KEY', 'DEVICE_KEY', 'PROVISIONING_KEY', 'API_TOKEN'] as const;
const key = '01'.repeat(32);

describe('newSecret', () => {
  it.each(kinds)('of kind %s is well formed and never the same', (kind) => {
    const secrets = Array.from({ length: 200 }, () => newSecret(kind));

    expect(secrets.filter((secret) => !isWellFormedSecret(secret))).toEqual([]);
    expect(new Set(secrets).size).toBe(200);
  });

  it('uses every one of the 62 characters in every random place', () => {
    const random = Array.from({ length: 2000 }, () => newSecret('API_TOKEN').slice('tocsin_api_'.length, -6));

    for (let place = 0; place < 30; place++) expect(new Set(random.map((text) => text[place])).size).toBe(62);
  });
});

describe('isWellFormedSecret', () => {
  it('tells one mistyped character, anywhere', () => {
    const secret = newSecret('INGEST_KEY');
    const mistyped = Array.from(secret, (character, index) => {
      const other = character === 'a' ? 'b' : 'a';
      return secret.slice(0, index) + other + secret.slice(index + 1);
    });

    expect(mistyped.filter(isWellFormedSecret)).toEqual([]);
  });

  it('tells two neighbours that changed places', () => {
    const secret = newSecret('INGEST_KEY');
    const swapped = Array.from(
      { length: secret.length - 1 },
      (_, index) => secret.slice(0, index) + secret[index + 1] + secret[index] + secret.slice(index + 2),
    ).filter((text) => text !== secret);

    expect(swapped.filter(isWellFormedSecret)).toEqual([]);
  });

  it.each(['', 'tocsin_ingest_', 'Bearer x', `tocsin_root_${'a'.repeat(36)}`, 'x'.repeat(100_000)])(
    'refuses %#',
    (text) => {
      expect(isWellFormedSecret(text)).toBe(false);
    },
  );

  it.each([
    (secret: string) => ` ${secret}`,
    (secret: string) => `${secret}\n`,
    (secret: string) => secret.toUpperCase(),
  ])('refuses a secret with something about it (%#)', (spoil) => {
    expect(isWellFormedSecret(spoil(newSecret('DEVICE_KEY')))).toBe(false);
  });
});

describe('hashSecret', () => {
  it('is the same for one secret and key, another for another of either, and does not hold the secret', () => {
    const secret = newSecret('INGEST_KEY');

    expect(hashSecret(secret, key)).toBe(hashSecret(secret, key));
    expect(hashSecret(secret, key)).not.toBe(hashSecret(secret, '02'.repeat(32)));
    expect(hashSecret(secret, key)).not.toBe(hashSecret(newSecret('INGEST_KEY'), key));
    expect(hashSecret(secret, key)).toMatch(/^[\w-]{43}$/);
  });
});
