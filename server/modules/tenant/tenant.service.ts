import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { Tenant } from './tenant.entity.ts';
import type { TenantRepository } from './tenant.repository.ts';

/** The tenant that the first start makes and that is meant where none is named. */
export const defaultTenantName = 'Default';

/** The organizations that share a server and see nothing of each other. */
export class TenantService {
  readonly #tenants: TenantRepository;
  readonly #now: () => number;

  constructor(tenants: TenantRepository, now: () => number) {
    this.#tenants = tenants;
    this.#now = now;
  }

  create(name: string): Promise<Tenant> {
    const label = name.trim();
    if (label === '' || label.length > 200) throw new InvalidInput('name', 'must have 1 to 200 characters');
    const now = this.#now();
    return this.#tenants.insert({ id: uuidV7(now), name: label, createdAt: now });
  }

  /** The tenant of that id, or `Default` when none is given. */
  async find(id?: string): Promise<Tenant> {
    if (id === undefined) return this.ensureDefault();
    const tenant = isUuid(id) ? await this.#tenants.findById(id) : null;
    if (!tenant) throw new NotFound('Tenant', id);
    return tenant;
  }

  /** `Default`, made on first use, also when two processes start at once. */
  async ensureDefault(): Promise<Tenant> {
    const known = await this.#tenants.findByName(defaultTenantName);
    if (known) return known;
    try {
      return await this.create(defaultTenantName);
    } catch (cause) {
      const made = cause instanceof Conflict ? await this.#tenants.findByName(defaultTenantName) : null;
      if (!made) throw cause;
      return made;
    }
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
}
