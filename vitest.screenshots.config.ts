import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Draws every screen of the console into docs/screenshots/, run by hand: `npm run screenshots`. */
export default defineConfig({
  ...(base.resolve && { resolve: base.resolve }),
  ...(base.oxc && { oxc: base.oxc }),
  test: {
    include: ['test/desktop/console/screenshots.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
