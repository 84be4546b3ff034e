import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that store something: they run on both databases. */
const throughTheDoor = [
  'test/server/**/*.test.ts',
  'test/rest-compat/*/**/*.routes.test.ts',
  'test/rest-compat/*/examples/*.test.ts',
];

/** Tests that compare the databases: they run once, where there is a PostgreSQL server. */
const onBothAtOnce = ['test/rest-compat/*/agreement/*.test.ts'];

/**
 * Tests that run once: of what stores nothing or only on SQLite, and of doors, limits, processes and replies that are the same whatever
 * database is behind them.
 */
const once = [
  'test/server/{cidr,config,greeting,ip-address,log,machine,on-the-clock,plaintext,secret,serve,start-refused,uuid-v7}.test.ts',
  'test/server/cli/{backup.command,command,credential.command,import.command,own-backup-check,tenant.command}.test.ts',
  'test/server/delivery/{guard,http-outcome}.test.ts',
  'test/server/delivery/senders/*.test.ts',
  'test/server/ingest/{address,alert-rows,clock-time,fields,intake-batch,observed-rows,packet-file,timestamp,vendor}.test.ts',
  'test/server/ingest/ecs/*.test.ts',
  'test/server/search/{parse,like,times}.test.ts',
  'test/server/ingest/parsers/*.test.ts',
  'test/server/modules/audit/audit-chain.test.ts',
  'test/server/modules/event-sink/{event-sink.filter,sealer}.test.ts',
  'test/server/modules/sign-in/sign-in-brake.test.ts',
  'test/server/modules/intake/refused-calls.test.ts',
  'test/server/modules/silence/{recurrence,silence.filter}.test.ts',
  'test/server/modules/threat-intel/{indicator,list-reader}.test.ts',
  'test/server/delivery/schedule.test.ts',
  'test/server/own-backup/*.test.ts',
  'test/server/syslog/*.test.ts',
  'test/server/watch/{rhythm,silence-watch,source-table}.test.ts',
  'test/rest-compat/*/**/{bodies,hostile,secrets}.routes.test.ts',
  'test/server/modules/user/access.test.ts',
  'test/server/graphql/{authorize,limits,redact,run-operation,tenants}.test.ts',
  'test/server/http/{auth,client-address,console,graphql-over-http,graphql-ws,graphql-ws.peer,intake-door,origins,rate-limits,token-buckets}.test.ts',
  'test/rest-compat/monozu/security/*.test.ts',
  'test/server/persistence/{turns,words}.test.ts',
  'test/server/persistence/sqlite/*.test.ts',
];

export default defineConfig({
  resolve: {
    // Vite would take graphql's ESM build while the libraries load its CommonJS one: two copies do not know each other's types.
    alias: { graphql: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)) },
  },
  oxc: { decorator: { legacy: true } },
  test: {
    maxWorkers: '100%',
    // What a server imports takes longer to load than most files take to run: a worker loads it once.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: ['test/server/**', ...throughTheDoor.slice(1), ...onBothAtOnce, 'test/soak/**'],
        },
      },
      { extends: true, test: { name: 'sqlite', include: throughTheDoor } },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...throughTheDoor, ...onBothAtOnce],
          exclude: once,
          globalSetup: ['test/support/start-postgres.ts'],
        },
      },
    ],
  },
});
