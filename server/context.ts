import type { Permission } from '../schema/permissions.ts';
import type { Loaders } from './graphql/loaders.ts';
import type { CredentialKind } from './modules/credential/credential.entity.ts';
import type { Services } from './services.ts';

/** Whom a request speaks for. */
export interface Principal {
  readonly credentialId: string;
  readonly kind: CredentialKind;
  readonly tenantId: string;
  /** The stream that events sent with this credential belong to. */
  readonly intakeId: string;
  /** Whose API token or session let the request in; undefined: nobody's. */
  readonly userId?: string | undefined;
  readonly permissions: ReadonlySet<Permission>;
  /** Events of this severity and above raise an alert in the tenant. */
  readonly alertThreshold: number;
  /** Whether the tenant has reports of backups processed. */
  readonly backupModule: boolean;
}

/** What a resolver gets besides its arguments. */
export interface Context extends Services {
  /** Undefined for a caller without a valid credential: only the authorization check lets it be so. */
  readonly principal: Principal;
  /** Batches the look-ups of one operation. */
  readonly loaders: Loaders;
}

/** In whose name a part of the server stores events of a tenant; opened by no secret. */
export function ownPrincipal(name: string, tenantId: string, intakeId: string, alertThreshold: number): Principal {
  const permissions: ReadonlySet<Permission> = new Set(['EVENTS_INGEST']);
  return {
    credentialId: name,
    kind: 'INTAKE_KEY',
    tenantId,
    intakeId,
    permissions,
    alertThreshold,
    backupModule: true,
  };
}
