import type { Dialect } from '../kernel/route.ts';
import { deviceCredential } from './credential.ts';
import { postDevice } from './devices/devices.routes.ts';
import { monozuFailures } from './failures.ts';
import { type BatchLimits, postEvents } from './ingest/ingest.routes.ts';
import { securityHub } from './security/security.hub.ts';

/** The Monozu edge: appliances register and send batches of reports; a WebSocket pushes alerts. */
export function monozuWithin(limits: BatchLimits): Dialect {
  return {
    name: 'monozu',
    credential: deviceCredential,
    failures: monozuFailures,
    routes: [postEvents(limits), postDevice],
    hubs: [securityHub],
  };
}

/** With the limits that hold unless they are set otherwise. */
export const monozu = monozuWithin({ events: 1000, bytes: 5 * 1024 * 1024 });
