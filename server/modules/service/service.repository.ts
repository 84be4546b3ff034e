import type { ServiceFilter } from '../../../schema/service/service.input.ts';
import type { ObservedServiceType, TransportProtocol } from '../../../schema/service/service-host.type.ts';
import type { Database } from '../../persistence/database.ts';
import { Where } from '../../persistence/where.ts';

interface ServiceRow {
  readonly id: number;
  readonly ip: string;
  readonly proto: TransportProtocol;
  readonly port: number;
  readonly first_seen: number;
  readonly last_seen: number;
}

export class ServiceRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By address, as numbers sort, then by port. */
  async find(tenantId: string, filter: ServiceFilter): Promise<ObservedServiceType[]> {
    const where = new Where('tenant_id', tenantId)
      .anyOf('ip', filter.serviceIp)
      .anyOf('port', filter.port)
      .anyOf('proto', filter.proto);
    const rows = await this.#database.read<ServiceRow>(
      `select id, ip, proto, port, first_seen, last_seen from observed_service ${where.sql}
       order by ip_key, proto, port, id`,
      where.params,
    );
    return rows.map(({ id, ip, proto, port, first_seen, last_seen }) => ({
      id,
      serviceIp: ip,
      proto,
      port,
      firstSeen: new Date(first_seen),
      lastSeen: new Date(last_seen),
    }));
  }
}
