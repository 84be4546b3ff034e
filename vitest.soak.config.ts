import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Long tests, run by hand and before a release: `npm run test:soak`. */
export default defineConfig({
  ...(base.resolve && { resolve: base.resolve }),
  ...(base.oxc && { oxc: base.oxc }),
  test: {
    include: ['test/soak/**/*.soak.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
