import type { EventFilter } from '../../../schema/event/event.input.ts';
import type { EventType } from '../../../schema/event/event.type.ts';
import type { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import { textCondition } from '../../persistence/text-query.ts';
import { Where } from '../../persistence/where.ts';
import { searchWords } from '../../persistence/words.ts';
import { compileSearch } from '../../search/compile.ts';
import type { Search } from '../../search/query.ts';

/** An event as it is stored. */
export interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly tenant_id: string;
  readonly intake_id: string;
  readonly occurred_at: number;
  readonly received_at: number;
  readonly format: EventFormat;
  readonly host: string | null;
  readonly app: string | null;
  readonly severity: Severity;
  readonly is_alert: number | boolean;
  readonly title: string | null;
  readonly message: string;
  readonly raw: string;
  readonly external_id: string | null;
}

/** An event as resolvers pass it on: what GraphQL shows, and what its intake is looked up by. */
export interface EventNode extends EventType {
  readonly intakeId: string;
}

const newestFirst: KeysetList<EventRow, EventNode> = {
  columns: 'e.*',
  table: 'event e',
  order: { name: 'event', columns: ['e.seq'], direction: 'desc' },
  keyOf: ({ seq }) => [seq],
  nodeOf: toNode,
  counter: 'events',
};

export class EventRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A page of a tenant's events, the latest received first. */
  page(tenantId: string, filter: EventFilter, search: Search | null, request: PageRequest): Promise<Page<EventNode>> {
    const where = this.#where(tenantId, filter);
    const list = search === null ? newestFirst : this.#found(tenantId, where, search);
    return readPage(this.#database, list, tenantId, where, request);
  }

  /** The list of what a search finds. SQLite's full text gives its rows in order, so that it is read only as far as the page. */
  #found(tenantId: string, where: Where, search: Search): KeysetList<EventRow, EventNode> {
    const { condition, match, isSlow } = compileSearch(this.#database.kind, tenantId, search);
    where.and(condition.sql, ...condition.params);
    const lane = isSlow ? 'scan' : 'read';
    if (match === null) return { ...newestFirst, lane };
    if (this.#database.kind === 'postgres') {
      where.and(textCondition('postgres', 'e.seq'), match);
      return { ...newestFirst, lane };
    }
    where.and('t.event_text match ?', match);
    const order = { ...newestFirst.order, columns: ['t.rowid'] };
    return { ...newestFirst, table: 'event_text t cross join event e on e.seq = t.rowid', order, lane };
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<EventNode[]> {
    if (ids.length === 0) return [];
    const where = new Where('e.tenant_id', tenantId).anyOf('e.id', ids);
    return (await this.#database.read<EventRow>(`select e.* from event e ${where.sql}`, where.params)).map(toNode);
  }

  #where(tenantId: string, filter: EventFilter): Where {
    const where = new Where('e.tenant_id', tenantId)
      .anyOf('e.severity', filter.severity)
      .anyOf('e.format', filter.format)
      .anyOf('e.intake_id', filter.intake)
      .anyOf('e.host', filter.host)
      .anyOf('e.app', filter.app)
      .anyOf('e.external_id', filter.externalId)
      .within('e.occurred_at', filter.occurredAt);
    if (filter.isAlert != null) where.and(filter.isAlert ? 'e.is_alert' : 'not e.is_alert');
    const words = searchWords(filter.text);
    if (words.length > 0) {
      const { sql, params } = this.#database.textMatch(words, 'e.seq');
      where.and(sql, ...params);
    }
    return where;
  }
}

/** What a row holds of an event but its raw text. */
export function withoutRaw(row: Omit<EventRow, 'raw'>): Omit<EventNode, 'raw'> {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    intakeId: row.intake_id,
    occurredAt: new Date(row.occurred_at),
    receivedAt: new Date(row.received_at),
    format: row.format,
    host: row.host,
    app: row.app,
    severity: row.severity,
    isAlert: Boolean(row.is_alert),
    title: row.title,
    message: row.message,
    externalId: row.external_id,
  };
}

function toNode(row: EventRow): EventNode {
  return { ...withoutRaw(row), raw: row.raw };
}
