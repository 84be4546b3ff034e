import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubLimits, serveHubs } from '../rest-compat/kernel/hubs.ts';
import type { BodyLimits, Dialect } from '../rest-compat/kernel/route.ts';
import { mountDialects, type SharedRoom } from '../rest-compat/kernel/router.ts';
import type { Config } from './config.ts';
import type { InProcessOperations, Keys } from './graphql/execute.ts';
import { createApp, mountEnd } from './http/app.ts';
import { serveUpgrades } from './http/upgrades.ts';
import { httpTimes, listen } from './listen.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { launchCredentialId } from './own-callers.ts';

/** A listener for senders: the dialects and `/livez`, and nothing else of the server. */
export interface IntakeDoor {
  /** Undefined until it is open. */
  readonly port: number | undefined;
  /** Throws StartRefused when the port cannot be had. */
  open(): Promise<void>;
  /** Takes nothing new, and cuts off after `patienceMs` what is still being answered. */
  drain(patienceMs: number): void;
  close(): Promise<void>;
}

interface Parts {
  readonly dialects: readonly Dialect[];
  readonly keyRing: Keys;
  readonly operationsFor: (keys: Keys) => InProcessOperations;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly bodies: BodyLimits;
  readonly room: SharedRoom;
  readonly hubLimits: Omit<HubLimits, 'connections'>;
  readonly isAllowedOrigin: (origin: string, host: string | undefined) => boolean;
  readonly isDraining: () => boolean;
  /** Somebody asked for what is not here. */
  readonly noteLost: (request: IncomingMessage) => void;
}

/** Undefined where none is wanted. Whatever it answers needs a credential that was made for somebody: the desktop app's token opens nothing here. */
export function buildIntakeDoor(config: Config, parts: Parts): IntakeDoor | undefined {
  const { intakeListen, maxHubConnections } = config;
  if (intakeListen === undefined) return undefined;
  const { dialects, keyRing, metrics, log, bodies, room, hubLimits, isAllowedOrigin, isDraining, noteLost } = parts;
  const operations = parts.operationsFor({
    find: async (kinds, secret) => {
      const principal = await keyRing.find(kinds, secret);
      return principal?.credentialId === launchCredentialId ? undefined : principal;
    },
    keepOpen: (principal) => keyRing.keepOpen(principal),
    onRefresh: (listener) => keyRing.onRefresh(listener),
  });
  const app = createApp(metrics, isDraining);
  app.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  mountDialects(app, dialects, operations, bodies, room);
  mountEnd(app, log, noteLost);
  const server = createServer(httpTimes, app);
  const hubs = serveHubs(dialects, operations, { ...hubLimits, connections: maxHubConnections });
  serveUpgrades(server, hubs.doors, isAllowedOrigin);
  let cutOff: NodeJS.Timeout | undefined;
  let closed: Promise<void> | undefined;
  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port;
    },
    open: () => listen(server, intakeListen, 'TOCSIN_INTAKE_LISTEN'),
    drain(patienceMs) {
      if (!server.listening) return;
      cutOff = setTimeout(() => server.closeAllConnections(), patienceMs);
      closed = new Promise((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
    },
    async close() {
      await hubs.close();
      server.closeIdleConnections();
      await closed;
      clearTimeout(cutOff);
    },
  };
}
