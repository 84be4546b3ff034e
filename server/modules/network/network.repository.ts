import type { NetworkPatterns } from '../../../schema/network/network.input.ts';
import type { Database } from '../../persistence/database.ts';
import { foldedColumn } from '../../persistence/pattern.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { Where } from '../../persistence/where.ts';
import { Network } from './network.entity.ts';

/** What people say of a network, with the numbers of its range. */
export interface NetworkValues {
  readonly name: string;
  readonly cidr: string;
  readonly lowKey: string;
  readonly highKey: string;
  readonly prefix: number;
  readonly gatewayIp: string | null;
  readonly gatewayMac: string | null;
  readonly newDeviceLevel: number;
}

const taken = 'Another network has that name or that range already';

export class NetworkRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  findAll(tenantId: string): Promise<Network[]> {
    return this.#database.em().find(Network, { tenantId }, { orderBy: { name: 'asc', id: 'asc' } });
  }

  async find(tenantId: string, filter: NetworkPatterns): Promise<Network[]> {
    const { kind } = this.#database;
    const { sql, params } = new Where('tenant_id', tenantId)
      .matches(foldedColumn(kind, 'name'), filter.name)
      .matches(foldedColumn(kind, 'cidr'), filter.cidr)
      .matches(foldedColumn(kind, 'gateway_ip'), filter.gatewayIp)
      .matches(foldedColumn(kind, 'gateway_mac'), filter.gatewayMac)
      // PostgreSQL would refuse a number that the column cannot hold.
      .anyOf('cast(new_device_level as integer)', filter.newDeviceLevel);
    const rows = await this.#database.read<{ id: number }>(`select id from network ${sql}`, params);
    const found = new Set(rows.map(({ id }) => id));
    return (await this.findAll(tenantId)).filter(({ id }) => found.has(id));
  }

  async insert(tenantId: string, values: NetworkValues): Promise<Network> {
    const em = this.#database.em();
    const network = em.create(Network, { tenantId, ...values });
    await refuseTwice(em.persist(network).flush(), taken);
    return network;
  }

  /** Undefined when the tenant has no network of that number. */
  async update(tenantId: string, id: number, changes: Partial<NetworkValues>): Promise<Network | undefined> {
    const em = this.#database.em();
    const network = await em.findOne(Network, { tenantId, id });
    if (!network) return undefined;
    Object.assign(network, changes);
    await refuseTwice(em.flush(), taken);
    return network;
  }

  /** What was deleted; undefined when the tenant has no network of that number. */
  async delete(tenantId: string, id: number): Promise<Network | undefined> {
    const em = this.#database.em();
    const network = await em.findOne(Network, { tenantId, id });
    if (network) await em.remove(network).flush();
    return network ?? undefined;
  }
}
