import type { IntakeType } from '../../../schema/intake/intake.type.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import type { Intake } from './intake.entity.ts';
import type { IntakeRepository } from './intake.repository.ts';

/** The named streams of a tenant. */
export class IntakeService {
  readonly #intakes: IntakeRepository;
  readonly #now: () => number;

  constructor(intakes: IntakeRepository, now: () => number) {
    this.#intakes = intakes;
    this.#now = now;
  }

  findOrCreate(tenantId: string, name: string): Promise<Intake> {
    const now = this.#now();
    return this.#intakes.findOrCreate(tenantId, name, { id: uuidV7(now), createdAt: now });
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(IntakeType | null)[]> {
    const found = new Map((await this.#intakes.findByIds(tenantId, ids)).map((intake) => [intake.id, intake]));
    return ids.map((id) => {
      const intake = found.get(id);
      return intake ? { id: intake.id, name: intake.name, createdAt: new Date(intake.createdAt) } : null;
    });
  }
}
