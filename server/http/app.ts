import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** An Express app that says nothing of what it is made of, measures every request and ends in JSON whatever happens. */
export function createApp(metrics: Metrics, isDraining: () => boolean): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(measure(metrics, isDraining));
  return app;
}

function measure(metrics: Metrics, isDraining: () => boolean): RequestHandler {
  const observe = observer(metrics);
  return (request, response, next) => {
    const startedAt = performance.now();
    if (isDraining()) response.setHeader('Connection', 'close');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.once('finish', () => observe(request.method, response.statusCode, (performance.now() - startedAt) / 1000));
    next();
  };
}

/** Keeps the series that were asked for: to look one up by its labels costs more than to add to it. */
function observer({ requestSeconds }: Metrics): (method: string, status: number, seconds: number) => void {
  const series = new Map<string, { observe(seconds: number): void }>();
  return (method, status, seconds) => {
    const key = `${method} ${status}`;
    let known = series.get(key);
    if (!known) {
      known = requestSeconds.labels(method, String(status));
      series.set(key, known);
    }
    known.observe(seconds);
  };
}

/** What no route answers, and what a route let slip. */
export function mountEnd(app: Express, log: Logger, onNothingThere: (request: Request) => void): void {
  app.use((request, response) => {
    onNothingThere(request);
    response.status(404).json({ error: 'There is nothing here' });
  });
  const failed: ErrorRequestHandler = (error: Error & { status?: number }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ err: error, method: request.method, path: request.path }, 'A request failed');
    response.status(status).json({ error: status === 500 ? 'Something went wrong here' : 'The request is malformed' });
  };
  app.use(failed);
}
