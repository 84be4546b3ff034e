import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { jutsuFailures } from '../../../rest-compat/jutsu/failures.ts';
import type { AnyRoute, BodyLimits, Dialect, Operations, Variables } from '../../../rest-compat/kernel/route.ts';
import { mountDialects } from '../../../rest-compat/kernel/router.ts';

/** A dialect with one route of each kind: `POST /echo` answers the length of the text it got, `GET /things/:id` its parameters. */
export const echo: Dialect = {
  name: 'echo',
  credential: { kinds: ['INGEST_KEY'], read: ({ headers }) => headers['x-key']?.toString() },
  failures: jutsuFailures,
  routes: [
    {
      method: 'post',
      path: '/echo',
      operation: 'echo',
      decode: ({ text, query }) => ({ text, fault: query.get('fault') }),
      encode: ({ text }: Variables) => ({ status: 200, body: { length: String(text).length } }),
    } satisfies AnyRoute,
    {
      method: 'get',
      path: '/things/:id',
      operation: 'thing',
      decode: ({ params, query, text }) => ({ id: params.id, q: query.get('q'), text }),
      encode: (data: Variables) => ({ status: 200, body: data }),
    } satisfies AnyRoute,
    {
      method: 'delete',
      path: '/things/:id',
      operation: 'thing',
      decode: () => ({}),
      encode: () => ({ status: 204 }),
    },
  ],
};

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Operations run, in order. */
  readonly executed: Variables[];
  /** Faults reported as ours. */
  readonly faults: unknown[];
}

/** Serves dialects over a real socket; the one known secret is `good`, and an operation answers its own variables. */
export async function serveDialects(
  dialects: readonly Dialect[] = [echo],
  limits: BodyLimits = { bytes: 10 * 1024 * 1024, bytesAtOnce: 128 * 1024 * 1024 },
  execute?: Operations['execute'],
): Promise<Served> {
  const executed: Variables[] = [];
  const faults: unknown[] = [];
  const operations: Operations = {
    authenticate: async (_kinds, secret) => {
      if (secret === 'broken') throw new Error('SELECT * FROM credential: disk I/O error at /var/lib/x.db');
      return secret === 'good' ? {} : undefined;
    },
    execute: async (operation, variables, caller) => {
      executed.push(variables);
      return execute === undefined ? variables : await execute(operation, variables, caller);
    },
    credentialOf: () => 'good',
    permits: (_caller, permission) => permission !== 'DATA_WRITE',
    subscribe: async () => {
      throw new Error('No dialect here has a hub');
    },
    report: (fault) => faults.push(fault),
  };
  const app = express();
  app.disable('x-powered-by');
  mountDialects(app, dialects, operations, limits);
  app.use((_request, response) => void response.status(404).end('not a dialect'));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    executed,
    faults,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
