import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import { InvalidInput } from '../../errors.ts';
import type { Database } from '../../persistence/database.ts';
import { type Scanned, type ScannedRow, scanStep } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import type { DataSetStep, RemovedRows } from '../data-set/data-set.node.ts';
import type { AlertRow } from './alert.node.ts';
import type { AlertBatchRepository } from './alert-batch.repository.ts';
import { type AlertSelection, selectAlerts } from './alert-patterns.ts';

/** An alert as it is exported. */
export type AlertDataRow = Pick<AlertRow, (typeof ownColumns)[number] | (typeof eventColumns)[number]> & {
  /** The number of its packet capture, which is its own; null: it has none. */
  readonly capture_id: number | null;
};

const ownColumns = [
  'id',
  'occurred_at',
  'severity',
  'type',
  'agent',
  'agent_name',
  'source_ip',
  'source_mac',
  'source_port',
  'destination_ip',
  'destination_mac',
  'destination_port',
] as const satisfies readonly (keyof AlertRow)[];
const eventColumns = ['title', 'message', 'host'] as const satisfies readonly (keyof AlertRow)[];

const exported = [
  ...ownColumns.map((name) => `a.${name}`),
  ...eventColumns.map((name) => `e.${name}`),
  '(select p.alert_id from packet_capture p where p.alert_id = a.id) as capture_id',
].join(', ');

/** The plus keeps SQLite from reading along the index of numbers, and sorting all that it finds by time. */
const earlier = '+a.id <= ?';

type Condition = Exclude<keyof DataSetFilter, 'occurredAt' | 'agent'>;

const known: Readonly<Record<AlertKind, ReadonlySet<string>>> = {
  NETWORK: new Set<Condition>(['source', 'destination', 'destinationPort', 'level', 'type', 'search']),
  SERVER: new Set<Condition>(['hostname', 'level', 'title', 'line']),
};

/** Reads and deletes alerts by the many. */
export class AlertDataRepository {
  readonly #database: Database;
  readonly #batches: AlertBatchRepository;

  constructor(database: Database, batches: AlertBatchRepository) {
    this.#database = database;
    this.#batches = batches;
  }

  async read(kind: AlertKind, step: DataSetStep): Promise<Scanned<AlertDataRow>> {
    return this.#scan(kind, step, exported, true);
  }

  /** Only the numbers of alerts are read, and their texts where a condition asks for them. */
  async find(kind: AlertKind, step: DataSetStep): Promise<Scanned<ScannedRow>> {
    return this.#scan(kind, step, 'a.id, a.occurred_at', false);
  }

  /** Deletes alerts with their packets; groups and counts follow. */
  async remove(
    transaction: Transaction,
    tenantId: string,
    kind: AlertKind,
    ids: readonly number[],
  ): Promise<RemovedRows> {
    const owned = new Where('tenant_id', tenantId).and(`alert_id in (${ids.map(() => '?').join(', ')})`, ...ids);
    const [captures] = await transaction.execute<{ count: number }>(
      `select count(*) as count from packet_capture ${owned.sql}`,
      owned.params,
    );
    const gone = await this.#batches.deleteIn(transaction.em, tenantId, kind, ids);
    return { rows: gone.length, captures: captures?.count ?? 0 };
  }

  #scan<Row extends ScannedRow>(
    kind: AlertKind,
    { tenantId, filter, until, after, first }: DataSetStep,
    columns: string,
    showsEvent: boolean,
  ): Promise<Scanned<Row>> {
    const along = new Where('a.tenant_id', tenantId)
      .and('a.kind = ?', kind)
      .within('a.occurred_at', filter.occurredAt)
      .and(earlier, until);
    const { where, readsEvent, isWhole } = this.#select(kind, tenantId, filter);
    const join = readsEvent || showsEvent ? 'join event e on e.seq = a.id' : '';
    const narrowed = isWhole ? along : where.and(earlier, until);
    return scanStep(
      this.#database,
      { columns, table: 'alert', alias: 'a', join, along, where: narrowed },
      after,
      first,
    );
  }

  #select(kind: AlertKind, tenantId: string, filter: DataSetFilter): AlertSelection {
    const { occurredAt, agent, level, search, line, ...conditions } = filter;
    for (const [name, value] of Object.entries({ level, search, line, ...conditions })) {
      if (value?.length && !known[kind].has(name)) throw new InvalidInput(name, `is no condition on ${kind} alerts`);
    }
    const common = { occurredAt: occurredAt ?? null, agent: agent ?? null, level: level ?? null };
    const { hostname = null, title = null, source = null, destination = null } = conditions;
    const { destinationPort = null, type = null } = conditions;
    return selectAlerts(
      this.#database.kind,
      tenantId,
      kind === AlertKind.SERVER
        ? { kind, patterns: { ...common, hostname, title, line: line ? [line] : null } }
        : {
            kind,
            patterns: { ...common, source, destination, destinationPort, type, search: search ? [search] : null },
          },
    );
  }
}
