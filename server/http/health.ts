import { type RequestHandler, Router } from 'express';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../persistence/database.ts';

export interface HealthOptions {
  readonly database: Database;
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
  readonly waiting: () => number;
}

/** `/livez`: the process answers. `/readyz`: it takes events and its database answers. `/metrics`: Prometheus. */
export function createHealth({ database, metrics, isDraining, waiting }: HealthOptions): RequestHandler {
  const router = Router();
  router.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const answers = await database.read('select 1 as one', []).then(
      () => true,
      () => false,
    );
    const isReady = answers && !isDraining();
    response.status(isReady ? 200 : 503).json({
      status: isReady ? 'ready' : isDraining() ? 'stopping' : 'database does not answer',
      database: { kind: database.kind, version: database.version, checks: database.checks },
      eventsWaiting: waiting(),
    });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
