import type { Dialect } from '../kernel/route.ts';
import { aboutRoutes } from './about/about.routes.ts';
import { intrudectCredential } from './credential.ts';
import { dataRoutes } from './data/data.routes.ts';
import { deviceRoutes } from './devices/devices.routes.ts';
import { intrudectFailures } from './failures.ts';
import { networkAlerts } from './network-alerts/network-alerts.routes.ts';
import {
  deleteNetwork,
  getNetworks,
  patchNetwork,
  postNetwork,
  putNetwork,
  searchNetworks,
} from './networks/networks.routes.ts';
import { serverAlerts } from './server-alerts/server-alerts.routes.ts';
import { serviceRoutes } from './services/services.routes.ts';
import { alertRoutes } from './wire/alert-routes.ts';
import { localTimeOf } from './wire/local-time.ts';

/** The Intrudect Public API: what the network holds, listed, searched and edited; times are those of an IANA time zone. */
export function intrudectIn(timeZone: string): Dialect {
  const time = localTimeOf(timeZone);
  return {
    name: 'intrudect',
    credential: intrudectCredential,
    failures: intrudectFailures,
    routes: [
      ...aboutRoutes(time),
      getNetworks,
      searchNetworks,
      postNetwork,
      patchNetwork,
      putNetwork,
      deleteNetwork,
      ...deviceRoutes(time),
      ...serviceRoutes(time),
      ...alertRoutes(networkAlerts, time),
      ...alertRoutes(serverAlerts, time),
      ...dataRoutes(time),
    ],
  };
}

/** In the zone that needs no setting. */
export const intrudect = intrudectIn('UTC');
