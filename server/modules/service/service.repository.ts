import type { EntityManager } from '@mikro-orm/sql';
import type { ServiceFilter } from '../../../schema/service/service.input.ts';
import type { ObservedServiceType, TransportProtocol } from '../../../schema/service/service-host.type.ts';
import type { ServiceAuthorization, ServiceEffect } from '../../../schema/service/service-rule.enum.ts';
import { ipKey } from '../../ip-address.ts';
import type { Database } from '../../persistence/database.ts';
import { foldedColumn } from '../../persistence/pattern.ts';
import { changeRows } from '../../persistence/transaction.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { Where } from '../../persistence/where.ts';
import { allowedServiceSchema } from './allowed-service.entity.ts';
import { observedServiceSchema } from './observed-service.entity.ts';

interface ServiceRow {
  readonly id: number;
  readonly ip: string;
  readonly proto: TransportProtocol;
  readonly port: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly authorized_by: ServiceAuthorization | null;
}

/** A port of a host; the address is spelled as `canonicalIp` does. */
export interface ServicePlace {
  readonly serviceIp: string;
  readonly proto: TransportProtocol;
  readonly port: number;
}

export interface ServiceValues extends ServicePlace {
  readonly firstSeen: Date;
  readonly lastSeen: Date;
}

const taken = 'Another service has that address, port and protocol already';

const ruled = (effect: ServiceEffect) => `exists (select 1 from service_rule r where r.tenant_id = s.tenant_id
  and r.effect = '${effect}' and r.low_key <= s.ip_key and r.high_key >= s.ip_key
  and r.proto in ('', s.proto) and r.port in (0, s.port))`;

/** Why the service `s` is authorized: asked whenever it is read, so that it is never out of date. */
const authorizedBy = `case when exists (select 1 from allowed_service a where a.tenant_id = s.tenant_id and a.ip_key = s.ip_key
  and a.proto = s.proto and a.port = s.port) then 'LISTED'
  when ${ruled('ALLOW')} then 'ALLOW_RULE' when ${ruled('EXCLUDE')} then 'EXCLUDE_RULE' end`;

export class ServiceRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In no order. */
  find(tenantId: string, filter: ServiceFilter): Promise<ObservedServiceType[]> {
    const asked = filter.authorized?.map(Number);
    return this.#read(
      new Where('s.tenant_id', tenantId)
        .matches(foldedColumn(this.#database.kind, 's.ip'), filter.serviceIp)
        .anyOf('s.port', filter.port)
        .anyOf('s.proto', filter.proto)
        .anyOf(`case when (${authorizedBy}) is null then 0 else 1 end`, asked),
    );
  }

  async byId(tenantId: string, id: number): Promise<ObservedServiceType | undefined> {
    const [service] = await this.#read(new Where('s.tenant_id', tenantId).and('s.id = ?', id));
    return service;
  }

  async at(tenantId: string, { serviceIp, proto, port }: ServicePlace): Promise<ObservedServiceType | undefined> {
    const where = new Where('s.tenant_id', tenantId)
      .and('s.ip_key = ?', ipKey(serviceIp))
      .and('s.proto = ?', proto)
      .and('s.port = ?', port);
    const [service] = await this.#read(where);
    return service;
  }

  async insert(tenantId: string, values: ServiceValues): Promise<void> {
    const em = this.#database.em();
    em.persist(em.create(observedServiceSchema, { tenantId, ...toColumns(values) }));
    await refuseTwice(em.flush(), taken);
  }

  async update(tenantId: string, id: number, values: ServiceValues): Promise<void> {
    const change = (em: EntityManager) => em.nativeUpdate(observedServiceSchema, { tenantId, id }, toColumns(values));
    await refuseTwice(changeRows(this.#database, change), taken);
  }

  async delete(tenantId: string, id: number): Promise<void> {
    await changeRows(this.#database, (em) => em.nativeDelete(observedServiceSchema, { tenantId, id }));
  }

  /** Allows a port; once it is allowed, nothing changes. */
  async allow(tenantId: string, { serviceIp, proto, port }: ServicePlace, at: number): Promise<void> {
    const row = { tenantId, ipKey: ipKey(serviceIp), proto, port, ip: serviceIp, allowedAt: at };
    await this.#database.em().transactional((em) =>
      em.upsert(allowedServiceSchema, row, {
        onConflictFields: ['tenantId', 'ipKey', 'proto', 'port'],
        onConflictAction: 'ignore',
      }),
    );
  }

  /** The ports that are allowed by name, by address, in the order of their numbers. */
  async allowed(tenantId: string): Promise<ServicePlace[]> {
    const rows = await this.#database.read<Pick<ServiceRow, 'ip' | 'proto' | 'port'>>(
      'select ip, proto, port from allowed_service where tenant_id = ? order by ip_key, proto, port',
      [tenantId],
    );
    return rows.map(({ ip, proto, port }) => ({ serviceIp: ip, proto, port }));
  }

  /** Takes a port off the list; false where it was not on it. */
  async disallow(tenantId: string, { serviceIp, proto, port }: ServicePlace): Promise<boolean> {
    const key = { tenantId, ipKey: ipKey(serviceIp), proto, port };
    return (await changeRows(this.#database, (em) => em.nativeDelete(allowedServiceSchema, key))) > 0;
  }

  async #read({ sql, params }: Where): Promise<ObservedServiceType[]> {
    const rows = await this.#database.read<ServiceRow>(
      `select s.id, s.ip, s.proto, s.port, s.first_seen, s.last_seen, ${authorizedBy} as authorized_by from observed_service s ${sql}`,
      params,
    );
    return rows.map((row) => ({
      id: row.id,
      serviceIp: row.ip,
      proto: row.proto,
      port: row.port,
      authorized: row.authorized_by !== null,
      authorizedBy: row.authorized_by,
      firstSeen: new Date(row.first_seen),
      lastSeen: new Date(row.last_seen),
    }));
  }
}

function toColumns({ serviceIp, proto, port, firstSeen, lastSeen }: ServiceValues) {
  return {
    ip: serviceIp,
    ipKey: ipKey(serviceIp),
    proto,
    port,
    firstSeen: firstSeen.getTime(),
    lastSeen: lastSeen.getTime(),
  };
}
