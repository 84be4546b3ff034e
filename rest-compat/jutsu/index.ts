import type { Dialect } from '../kernel/route.ts';
import { jutsuCredential } from './credential.ts';
import { jutsuFailures } from './failures.ts';
import { postSyslogEvents, postWazuhAlerts } from './webhooks/webhooks.routes.ts';

/** The Jutsu ingestion API: two webhooks for Wazuh alerts and syslog events. */
export const jutsu: Dialect = {
  name: 'jutsu',
  credential: jutsuCredential,
  failures: jutsuFailures,
  routes: [postWazuhAlerts, postSyslogEvents],
};
