import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { InvalidInput } from '../../errors.ts';

/** OWASP's scrypt parameters for 32 MiB of memory a hash. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const maxmem = 64 * 1024 * 1024;
const keyBytes = 32;
const saltBytes = 16;
const mostCharacters = 1000;

/** Throws InvalidInput, which does not repeat it, unless a password has 10 to 1,000 characters; answers it as it is hashed. */
export function checkPassword(password: string, field = 'password'): string {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < 10 || length > mostCharacters) throw new InvalidInput(field, 'must have 10 to 1,000 characters');
  return text;
}

/**
 * What is stored of a password: `scrypt$N=..,r=..,p=..$salt$key`, salt and key in base64url. The password is taken in NFKC, so that
 * it is the same from every keyboard. Throws what `checkPassword` throws.
 */
export async function hashPassword(password: string): Promise<string> {
  const text = checkPassword(password);
  const salt = randomBytes(saltBytes);
  const key = await derive(text, salt, { ...cost, maxmem });
  return `scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one that `stored` was made of. Without one it takes as long, and is not. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const text = password.slice(0, 2 * mostCharacters).normalize('NFKC');
  const [, N, r, p, salt, key] = /^scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? '') ?? [];
  if (salt === undefined || key === undefined) {
    await derive(text, randomBytes(saltBytes), { ...cost, maxmem });
    return false;
  }
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem };
  return timingSafeEqual(await derive(text, Buffer.from(salt, 'base64url'), options), Buffer.from(key, 'base64url'));
}

function derive(text: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, keyBytes, options, (cause, key) => (cause ? reject(cause) : resolve(key)));
  });
}
