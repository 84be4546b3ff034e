import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'server', 'syslog');

/** A certificate for `localhost` that is signed by itself, and its key. */
export const certificate = {
  cert: readFileSync(join(folder, 'localhost.cert.pem')),
  key: readFileSync(join(folder, 'localhost.key.pem')),
};
