import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import type { UpdateTenantInput } from '../../../schema/tenant/tenant.input.ts';
import type { TenantType } from '../../../schema/tenant/tenant.type.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import type { Tenant } from './tenant.entity.ts';
import type { TenantRepository } from './tenant.repository.ts';

/** What the tenant is called that the first start makes, and that is meant where none is named; it may be renamed. */
export const defaultTenantName = 'Default';

/** The organizations that share a server and see nothing of each other. */
export class TenantService {
  readonly #tenants: TenantRepository;
  readonly #audit: AuditService;
  readonly #now: () => number;

  constructor(tenants: TenantRepository, audit: AuditService, now: () => number) {
    this.#tenants = tenants;
    this.#audit = audit;
    this.#now = now;
  }

  async create(name: string): Promise<Tenant> {
    const label = await this.#checkName(name);
    return this.#insert(label);
  }

  /** The tenant of that id, or the one that the first start made when none is given. */
  async find(id?: string): Promise<Tenant> {
    if (id === undefined) return this.ensureDefault();
    const tenant = isUuid(id) ? await this.#tenants.findById(id) : null;
    if (!tenant) throw new NotFound('Tenant', id);
    return tenant;
  }

  async get(id: string): Promise<TenantType> {
    return toTenant(await this.find(id));
  }

  /** `Default`, made on first use, also when two processes start at once; once it is renamed, the oldest tenant. */
  async ensureDefault(): Promise<Tenant> {
    const known = (await this.#tenants.findByName(defaultTenantName)) ?? (await this.#tenants.findOldest());
    if (known) return known;
    try {
      return await this.#insert(defaultTenantName);
    } catch (cause) {
      const made = cause instanceof Conflict ? await this.#tenants.findByName(defaultTenantName) : null;
      if (!made) throw cause;
      return made;
    }
  }

  /** It holds within a second, for syslog within five, in every process on this database. */
  async update(caller: Actor, input: UpdateTenantInput): Promise<TenantType> {
    const { tenantId } = caller;
    const { name, alertThreshold, backupModule } = input;
    const label = name == null ? undefined : await this.#checkName(name, tenantId);
    return this.#tenants.transaction(async (transaction) => {
      const tenant = await this.#tenants.update(transaction, tenantId, {
        ...(label !== undefined && { name: label }),
        ...(alertThreshold != null && { alertThreshold }),
        ...(backupModule != null && { backupModule }),
      });
      const deed = { action: AuditAction.UPDATE_TENANT, subject: tenantId, details: { ...input } };
      await this.#audit.record(transaction, caller, deed);
      return toTenant(tenant);
    });
  }

  /** Takes effect within a second, in every process on this database. */
  async setBackupModule(id: string | undefined, isOn: boolean): Promise<Tenant> {
    const tenant = await this.find(id);
    await this.#tenants.setBackupModule(tenant.id, isOn);
    return tenant;
  }

  list(): Promise<Tenant[]> {
    return this.#tenants.findAll();
  }

  /** Only the tenant that the first start made may bear its name: it is known by it. */
  async #checkName(name: string, of?: string): Promise<string> {
    const label = name.trim();
    if (label === '' || label.length > 200) throw new InvalidInput('name', 'must have 1 to 200 characters');
    if (label.includes('\0') || !label.isWellFormed()) throw new InvalidInput('name', 'must be text');
    if (label === defaultTenantName && (await this.ensureDefault()).id !== of)
      throw new Conflict(`A tenant named "${label}" exists already`);
    return label;
  }

  #insert(name: string): Promise<Tenant> {
    const now = this.#now();
    return this.#tenants.insert({ id: uuidV7(now), name, createdAt: now });
  }
}

function toTenant({ id, name, alertThreshold, backupModule, createdAt }: Tenant): TenantType {
  return {
    id,
    name,
    alertThreshold: alertThreshold as Severity,
    backupModule,
    createdAt: new Date(createdAt),
  };
}
