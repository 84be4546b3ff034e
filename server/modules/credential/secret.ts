import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { CredentialKind } from './credential.entity.ts';

/** What there are secrets of: credentials, and the links that let a person in for the first time. */
export type SecretKind = CredentialKind | 'SETUP_LINK';

const prefixes: Readonly<Record<SecretKind, string>> = {
  INGEST_KEY: 'tocsin_ingest_',
  INTAKE_KEY: 'tocsin_intake_',
  DEVICE_KEY: 'tocsin_device_',
  PROVISIONING_KEY: 'tocsin_provisioning_',
  API_TOKEN: 'tocsin_api_',
  SESSION: 'tocsin_session_',
  SETUP_LINK: 'tocsin_setup_',
};

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 30;
const checksumLength = 6;
const secretPattern = /^tocsin_(?:ingest|intake|device|provisioning|api|session|setup)_[0-9A-Za-z]{36}$/;

/** A new secret: a readable prefix, 178 random bits, and a checksum by which a mistyped one is told without a query. */
export function newSecret(kind: SecretKind): string {
  const random = Array.from({ length: randomLength }, () => base62[randomInt(base62.length)]).join('');
  const unchecked = prefixes[kind] + random;
  return unchecked + checksum(unchecked);
}

/** Whether a text can be a secret of ours: its shape and checksum hold. */
export function isWellFormedSecret(text: string): boolean {
  if (!secretPattern.test(text)) return false;
  const unchecked = text.slice(0, -checksumLength);
  return checksum(unchecked) === text.slice(-checksumLength);
}

/**
 * What is stored and looked up in place of a secret: SHA-512/256 over the server's secret key (64 hexadecimal digits) and the
 * secret. Its output is shorter than its state, so, unlike with SHA-256, nothing can be appended to what was hashed and an HMAC's
 * second round is not needed; the one call costs a third of an HMAC, on every request.
 */
export function hashSecret(secret: string, key: string): string {
  return hash('sha512-256', key + secret, 'base64url');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let encoded = '';
  for (let place = 0; place < checksumLength; place++) {
    encoded = base62[rest % 62] + encoded;
    rest = Math.floor(rest / 62);
  }
  return encoded;
}
