import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { IntakeKind } from '../../../schema/intake/intake.enum.ts';
import { Conflict } from '../../errors.ts';
import type { Database } from '../../persistence/database.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { Intake } from './intake.entity.ts';

/** An intake before it is made. */
export interface NewIntake {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly kind: IntakeKind;
  readonly isWatched: boolean;
  readonly silenceAfterSeconds: number | null;
  /** What an edge device said of itself when it registered. */
  readonly location: string | null;
  readonly deviceType: string | null;
  readonly createdAt: number;
}

/** What can be changed of an intake; what is absent stays as it is. */
export type IntakeChanges = Partial<Pick<NewIntake, 'name' | 'kind' | 'isWatched' | 'silenceAfterSeconds'>>;

export class IntakeRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The intake of that name, made where there is none, also when two callers make it at once. */
  async findOrCreate(made: NewIntake): Promise<Intake> {
    const known = await this.#findByName(made.tenantId, made.name);
    if (known) return known;
    try {
      return await this.insert(made);
    } catch (cause) {
      const other = cause instanceof Conflict ? await this.#findByName(made.tenantId, made.name) : null;
      if (!other) throw cause;
      return other;
    }
  }

  /** Throws Conflict when the tenant has one of that name. */
  async insert({ tenantId, ...made }: NewIntake): Promise<Intake> {
    const em = this.#database.em();
    const intake = em.create(Intake, { ...made, tenant: em.getReference(Tenant, tenantId) });
    await refuseTwice(made.name, em.persist(intake).flush());
    return intake;
  }

  /** Null when the tenant has no such intake; throws Conflict when it has another of the new name. */
  async update(tenantId: string, id: string, changes: IntakeChanges): Promise<Intake | null> {
    const em = this.#database.em();
    const intake = await em.findOne(Intake, { tenant: tenantId, id });
    if (!intake) return null;
    em.assign(intake, changes);
    await refuseTwice(intake.name, em.flush());
    return intake;
  }

  /** In the order of their names. */
  findAll(tenantId: string): Promise<Intake[]> {
    return this.#database.em().find(Intake, { tenant: tenantId }, { orderBy: { name: 'asc', id: 'asc' } });
  }

  findByIds(tenantId: string, ids: readonly string[]): Promise<Intake[]> {
    return this.#database.em().find(Intake, { tenant: tenantId, id: { $in: [...ids] } });
  }

  #findByName(tenantId: string, name: string): Promise<Intake | null> {
    return this.#database.em().findOne(Intake, { tenant: tenantId, name });
  }
}

async function refuseTwice(name: string, written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (cause) {
    if (cause instanceof UniqueConstraintViolationException)
      throw new Conflict(`An intake named "${name}" exists already`);
    throw cause;
  }
}
