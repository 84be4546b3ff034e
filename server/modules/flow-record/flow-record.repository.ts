import type { DnsActivityType, TcpActivityType } from '../../../schema/flow-record/flow-activity.type.ts';
import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { FlowRecordFilter } from '../../../schema/flow-record/flow-record.input.ts';
import type { Count, Page } from '../../../schema/paging/connection.type.ts';
import type { TimeRange } from '../../../schema/paging/time-range.input.ts';
import type { Database } from '../../persistence/database.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import {
  checkPageSize,
  countRows,
  orderBy,
  type PageRequest,
  startAfter,
  toPage,
  writeCursor,
} from '../../persistence/keyset.ts';
import { likeAny, literally } from '../../persistence/pattern.ts';
import { joinEvent, latestFirst } from '../../persistence/record-list.ts';
import { type Holding, readHolding } from '../../persistence/storage-size.ts';
import { Where } from '../../persistence/where.ts';
import { anyAddress } from './any-address.ts';
import { type FlowRecordNode, type FlowRow, flowTables } from './flow-record.node.ts';

interface Found {
  readonly kind: FlowKind;
  readonly id: number;
  readonly occurred_at: number;
}

/** The conditions of one kind that may have rows matching. */
type Branch = readonly [kind: FlowKind, where: Where];

const order = latestFirst('flow');

export class FlowRecordRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Records of several kinds in one order: which they are is read along each kind's index, and then only those rows are read. */
  async page(
    tenantId: string,
    kinds: readonly FlowKind[],
    filter: FlowRecordFilter,
    request: PageRequest,
  ): Promise<Page<FlowRecordNode>> {
    checkPageSize(request);
    const branches = kinds.flatMap((kind): Branch[] => {
      const where = whereOf(this.#database.kind, tenantId, kind, filter);
      return where ? [[kind, where]] : [];
    });
    const found = await this.#find(branches, request);
    const nodes = await this.#nodes(tenantId, found.slice(0, request.first));
    return toPage(
      found,
      request,
      (row) => writeCursor(order, [row.occurred_at, row.id]),
      (row) => nodes.get(row.id) as FlowRecordNode,
      () => this.#count(tenantId, branches),
    );
  }

  /** Look-ups by quarters of an hour that begin in the span. */
  async dnsActivity(tenantId: string, span: TimeRange, sourceIp: readonly string[] | null): Promise<DnsActivityType[]> {
    const where = new Where('tenant_id', tenantId).within('starts_at', span).anyOf('source_ip', sourceIp);
    const rows = await this.#database.read<{ starts_at: number; lookups: number; failures: number }>(
      `select starts_at, cast(sum(lookups) as bigint) as lookups, cast(sum(failures) as bigint) as failures
       from dns_aggregate ${where.sql} group by starts_at order by starts_at`,
      where.params,
    );
    return rows.map(({ starts_at, ...sums }) => ({ startsAt: new Date(starts_at), ...sums }));
  }

  /** Connections by quarters of an hour that begin in the span. */
  async tcpActivity(tenantId: string, span: TimeRange, sourceIp: readonly string[] | null): Promise<TcpActivityType[]> {
    const where = new Where('tenant_id', tenantId).within('starts_at', span).anyOf('source_ip', sourceIp);
    const rows = await this.#database.read<{
      starts_at: number;
      connections: number;
      bytes_out: number;
      bytes_in: number;
    }>(
      `select starts_at, cast(sum(connections) as bigint) as connections, cast(sum(bytes_out) as bigint) as bytes_out,
         cast(sum(bytes_in) as bigint) as bytes_in
       from tcp_aggregate ${where.sql} group by starts_at order by starts_at`,
      where.params,
    );
    return rows.map((row) => ({
      startsAt: new Date(row.starts_at),
      connections: row.connections,
      bytesOut: row.bytes_out,
      bytesIn: row.bytes_in,
    }));
  }

  /** What the tenant has of a kind, whatever its number at the same cost. */
  holding(tenantId: string, kind: FlowKind): Promise<Holding> {
    const { table, counter } = flowTables[kind];
    return readHolding(this.#database, tenantId, table, counter);
  }

  #find(branches: readonly Branch[], request: PageRequest): Promise<Found[]> {
    const limit = request.first + 1;
    const from = branches.map(([kind, where]) => [kind, startAfter(where.copy(), order, request.after)] as const);
    if (from.length === 0) return Promise.resolve([]);
    const selects = from.map(
      ([kind, where], index) => `select * from (
         select '${kind}' as kind, r.id, r.occurred_at from ${flowTables[kind].table} r ${where.sql} ${orderBy(order)} limit ?
       ) as branch_${index}`,
    );
    return this.#database.read<Found>(`select * from (${selects.join(' union all ')}) as r ${orderBy(order)} limit ?`, [
      ...from.flatMap(([, where]): SqlValue[] => [...where.params, limit]),
      limit,
    ]);
  }

  async #nodes(tenantId: string, found: readonly Found[]): Promise<Map<number, FlowRecordNode>> {
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    const read = kinds.map(async (kind) => {
      const { table, toNode } = flowTables[kind];
      const ids = found.filter((row) => row.kind === kind).map(({ id }) => id);
      const where = new Where('r.tenant_id', tenantId).anyOf('r.id', ids);
      const rows = await this.#database.read<FlowRow>(
        `select r.*, e.id as event_id from ${table} r ${joinEvent} ${where.sql}`,
        where.params,
      );
      return rows.map((row) => [row.id, toNode(row)] as const);
    });
    return new Map((await Promise.all(read)).flat());
  }

  async #count(tenantId: string, branches: readonly Branch[]): Promise<Count> {
    const counts = await Promise.all(
      branches.map(([kind, where]) => {
        const { counter, table } = flowTables[kind];
        return countRows(this.#database, tenantId, counter, `${table} r`, where);
      }),
    );
    return {
      value: counts.reduce((sum, { value }) => sum + value, 0),
      isLowerBound: counts.some(({ isLowerBound }) => isLowerBound),
    };
  }
}

/** Undefined where a condition asks for what the kind's records do not hold. */
function whereOf(
  database: Database['kind'],
  tenantId: string,
  kind: FlowKind,
  filter: FlowRecordFilter,
): Where | undefined {
  const { occurredAt, agent, address, name, ...conditions } = filter;
  const { addresses, name: nameColumn } = flowTables[kind];
  const where = new Where('r.tenant_id', tenantId).within('r.occurred_at', occurredAt).anyOf('r.agent', agent);
  const columns: Readonly<Record<string, string>> = flowTables[kind].columns;
  for (const [name, values] of Object.entries(conditions)) {
    if (!values?.length) continue;
    const column = columns[name];
    if (column === undefined) return undefined;
    where.anyOf(`r.${column}`, values);
  }
  if (address?.length) {
    const { sql, params } = anyAddress(
      addresses.map((column) => `r.${column}`),
      address,
    );
    where.and(sql, ...params);
  }
  if (name) {
    if (nameColumn === undefined) return undefined;
    const { sql, params } = likeAny(database, [`r.${nameColumn}`], [literally(name)], 'anywhere');
    where.and(sql, ...params);
  }
  return where;
}
