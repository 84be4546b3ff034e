import { existsSync } from 'node:fs';

/** How people call the `tocsin` command of this installation: in a checkout by npm, in its folder. */
export function ownCommand(): string {
  const isCheckout = ['..', '../..'].some((up) => existsSync(new URL(`${up}/tsconfig.build.json`, import.meta.url)));
  return isCheckout ? 'npm run -s tocsin --' : 'tocsin';
}
