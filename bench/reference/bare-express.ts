import express from 'express';
import { answerParent } from '../side-process.ts';

// A process with an Express route that parses the same bodies and answers the same, and does nothing else.

const commands = {
  listen(): Promise<{ port: number }> {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.post('/api/v1/webhooks/wazuh', express.json({ limit: '10mb' }), (request, response) => {
      const events: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
      const results = events.map(() => ({ id: '019b8d1e-7c1a-7000-8000-000000000000', index: 'none', isAlert: false }));
      response.json({ success: true, received: events.length, indexed: events.length, failed: 0, results });
    });
    const idsOf = (events: readonly unknown[]) => ({
      event_ids: events.map(() => '019b8d1e-7c1a-7000-8000-000000000000'),
    });
    app.post('/plain/batch', express.text({ limit: '10mb', type: () => true }), (request, response) => {
      response.json(idsOf(String(request.body).split('\n')));
    });
    app.post(['/jsons', '/batch'], express.json({ limit: '10mb' }), (request, response) => {
      response.json(idsOf(Array.isArray(request.body) ? request.body : request.body.jsons));
    });
    return new Promise((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as { port: number }).port }));
    });
  },
};

export type BareExpressCommands = typeof commands;

answerParent(commands);
