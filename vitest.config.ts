import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that go through a running server: they run on both databases. */
const throughTheDoor = [
  'test/server/**/*.test.ts',
  'test/rest-compat/*/**/*.routes.test.ts',
  'test/rest-compat/*/examples/*.test.ts',
];

export default defineConfig({
  resolve: {
    // Vite would take graphql's ESM build while the libraries load its CommonJS one: two copies do not know each other's types.
    alias: { graphql: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)) },
  },
  oxc: { decorator: { legacy: true } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: [...throughTheDoor, 'test/soak/**'],
        },
      },
      { extends: true, test: { name: 'sqlite', include: throughTheDoor } },
      {
        extends: true,
        test: { name: 'postgres', include: throughTheDoor, globalSetup: ['test/support/start-postgres.ts'] },
      },
    ],
  },
});
