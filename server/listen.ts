import type { Server } from 'node:http';
import { StartRefused } from './errors.ts';

/** For every HTTP server of ours: who is slow to ask is cut off. */
export const httpTimes = { connectionsCheckingInterval: 500, headersTimeout: 10_000, requestTimeout: 60_000 } as const;

/** Throws StartRefused, naming the variable that can be set otherwise, when the port cannot be had. */
export function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  variable: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      const reason = isTaken ? 'is taken by another program' : `cannot be used: ${cause.message}`;
      reject(
        new StartRefused(
          `Port ${port} on ${host} ${reason}. Set ${variable} to another one.`,
          isTaken ? 'PORT_TAKEN' : 'PORT_BLOCKED',
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}
