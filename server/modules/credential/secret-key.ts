import { hash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { StartRefused } from '../../errors.ts';

/**
 * The key of all secrets' hashes: `TOCSIN_SECRET_KEY`, or else `secret.key` in the data folder, made on first use and readable by
 * its owner alone. Without it no stored credential opens anything.
 */
export function loadSecretKey({ secretKey, dataDir }: Pick<Config, 'secretKey' | 'dataDir'>): string {
  if (secretKey !== undefined) return hash('sha256', secretKey, 'hex');
  const file = join(dataDir, 'secret.key');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    // It exists already, perhaps made this moment by another process.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new StartRefused(`The secret key ${file} cannot be made: ${(cause as Error).message}`, 'FOLDER_BLOCKED');
    }
  }
  const key = readKeyFile(file);
  if (!/^[0-9a-f]{64}$/.test(key))
    throw new StartRefused(`The secret key ${file} is damaged: it must be 64 hexadecimal digits`);
  return key;
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new StartRefused(`The secret key ${file} cannot be read: ${(cause as Error).message}`, 'FOLDER_BLOCKED');
  }
}
