import { readFileSync } from 'node:fs';

const pem = (name: string) => readFileSync(new URL(`../server/syslog/localhost.${name}.pem`, import.meta.url));

/** A certificate for `localhost` that is signed by itself, and its key. */
export const certificate = { cert: pem('cert'), key: pem('key') };
