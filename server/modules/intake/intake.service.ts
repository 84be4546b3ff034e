import type { IntakeType } from '../../../schema/intake/intake.type.ts';
import { Conflict } from '../../errors.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import type { Intake } from './intake.entity.ts';
import type { IntakeRepository } from './intake.repository.ts';

/** What a device says of itself. */
export interface DeviceSelf {
  readonly location: string | null;
  readonly deviceType: string | null;
}

/** Intakes of one name, told apart by a number: more are a device that registers again and again. */
const mostNumbered = 1000;

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

  /** A new intake, for a device of its own; where the name is taken it gets a number behind it. */
  async createApart(tenantId: string, name: string, device: DeviceSelf): Promise<Intake> {
    const now = this.#now();
    for (let number = 1; number <= mostNumbered; number++) {
      const free = number === 1 ? name : `${name} ${number}`;
      const made = await this.#intakes.insert(tenantId, { ...device, id: uuidV7(now), createdAt: now, name: free });
      if (made) return made;
    }
    throw new Conflict(`Too many intakes are named "${name}"`);
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(IntakeType | null)[]> {
    const found = new Map((await this.#intakes.findByIds(tenantId, ids)).map((intake) => [intake.id, intake]));
    return ids.map((id) => {
      const intake = found.get(id);
      if (!intake) return null;
      const { name, createdAt, location = null, deviceType = null } = intake;
      return { id, name, createdAt: new Date(createdAt), location, deviceType };
    });
  }
}
