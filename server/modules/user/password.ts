import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { InvalidInput } from '../../errors.ts';

/** OWASP's scrypt parameters for 32 MiB of memory a hash. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const maxmem = 64 * 1024 * 1024;
const keyBytes = 32;
const saltBytes = 16;

/**
 * What is stored of a password: `scrypt$N=..,r=..,p=..$salt$key`, salt and key in base64url. The password is taken in NFKC, so that
 * it is the same from every keyboard. Throws InvalidInput, which does not repeat it, unless it has 10 to 1,000 characters.
 */
export async function hashPassword(password: string): Promise<string> {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < 10 || length > 1000) throw new InvalidInput('password', 'must have 10 to 1,000 characters');
  const salt = randomBytes(saltBytes);
  const key = await derive(text, salt, { ...cost, maxmem });
  return `scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

function derive(text: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, keyBytes, options, (cause, key) => (cause ? reject(cause) : resolve(key)));
  });
}
