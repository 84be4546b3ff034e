import type { TransportProtocol } from '../../../schema/service/service-host.type.ts';
import type { ServiceEffect } from '../../../schema/service/service-rule.enum.ts';
import type { ServiceRuleType } from '../../../schema/service/service-rule.type.ts';
import type { Database } from '../../persistence/database.ts';
import { changeRows } from '../../persistence/transaction.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { Where } from '../../persistence/where.ts';
import { serviceRuleSchema } from './service-rule.entity.ts';

interface RuleRow {
  readonly id: number;
  readonly effect: ServiceEffect;
  readonly address: string;
  readonly proto: TransportProtocol | '';
  readonly port: number;
  readonly created_at: number;
}

/** A rule as it is stored; see the entity for what it leaves open. */
export interface RuleValues {
  readonly effect: ServiceEffect;
  readonly address: string;
  readonly lowKey: string;
  readonly highKey: string;
  readonly proto: TransportProtocol | '';
  readonly port: number;
  readonly createdAt: number;
}

export class ServiceRuleRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order in which they were made. */
  all(tenantId: string): Promise<ServiceRuleType[]> {
    return this.#read(new Where('tenant_id', tenantId));
  }

  async byId(tenantId: string, id: number): Promise<ServiceRuleType | undefined> {
    const [rule] = await this.#read(new Where('tenant_id', tenantId).and('id = ?', id));
    return rule;
  }

  /** Its number; Conflict where the tenant has the same rule already. */
  async insert(tenantId: string, values: RuleValues): Promise<number> {
    const em = this.#database.em();
    const rule = em.create(serviceRuleSchema, { tenantId, ...values });
    await refuseTwice(em.persist(rule).flush(), 'There is such a rule already');
    return rule.id;
  }

  async delete(tenantId: string, id: number): Promise<void> {
    await changeRows(this.#database, (em) => em.nativeDelete(serviceRuleSchema, { tenantId, id }));
  }

  async #read({ sql, params }: Where): Promise<ServiceRuleType[]> {
    const rows = await this.#database.read<RuleRow>(
      `select id, effect, address, proto, port, created_at from service_rule ${sql} order by id`,
      params,
    );
    return rows.map(({ id, effect, address, proto, port, created_at }) => ({
      id,
      effect,
      address: address || null,
      proto: proto || null,
      port: port || null,
      createdAt: new Date(created_at),
    }));
  }
}
