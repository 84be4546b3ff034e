import { allPermissions } from '../schema/permissions.ts';
import type { Config } from './config.ts';
import { ownPrincipal, type Principal } from './context.ts';
import type { Store } from './store.ts';

/** Stands for the credential of the desktop app's token. */
export const launchCredentialId = 'launch';

/** Whom the token speaks for that the desktop gives its server; undefined without one. */
export async function launchCaller({ launchToken }: Config, store: Store, tenantId: string) {
  if (launchToken === undefined) return undefined;
  const intake = await store.intakes.findOrCreate(tenantId, 'Desktop', 'API');
  const principal: Principal = {
    credentialId: launchCredentialId,
    kind: 'API_TOKEN',
    tenantId,
    intakeId: intake.id,
    permissions: new Set(allPermissions),
    alertThreshold: 2,
    backupModule: true,
  };
  return { token: launchToken, principal };
}

/** How old the alert threshold of the syslog intake's tenant may be, in milliseconds. */
const thresholdMs = 5000;

/** In whose name syslog messages are stored: an intake of the tenant, with the alert threshold that the tenant has of late. */
export async function syslogPrincipal(store: Store, tenantId: string): Promise<() => Promise<Principal>> {
  const { id } = await store.intakes.findOrCreate(tenantId, 'Syslog', 'SYSLOG');
  let known: Promise<Principal> | undefined;
  let readAt = 0;
  return () => {
    if (known && performance.now() - readAt < thresholdMs) return known;
    readAt = performance.now();
    known = store.tenants.find(tenantId).then((row) => ownPrincipal('syslog', tenantId, id, row.alertThreshold));
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}
