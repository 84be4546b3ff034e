import type { Body } from '../../kernel/json-body.ts';
import { type FilterFields, filtersOf, readFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import type { Sorting } from '../wire/sorting.ts';
import { readSpan } from '../wire/span.ts';

/** A server alert as operations answer it, by the fields of `serverAlertFields`. */
export interface ServerAlertRow {
  readonly id: string;
  readonly occurredAt: Date | string;
  readonly agent: string | null;
  readonly agentName: string | null;
  readonly hostname: string | null;
  readonly level: number;
  readonly type: string;
  readonly title: string;
  readonly line: string;
}

export const serverAlertFields = 'id occurredAt agent agentName hostname level type title line';

/** The filters that are lists of values. */
const lists: FilterFields = new Map([
  ['agent', { to: 'agent', of: 'string' }],
  ['agent_id', { to: 'agent', of: 'string' }],
  ['hostname', { to: 'hostname', of: 'string' }],
  ['level', { to: 'level', of: 'integer' }],
  ['type', { to: 'type', of: 'string' }],
  ['title', { to: 'title', of: 'string' }],
  ['message', { to: 'title', of: 'string' }],
  ['search', { to: 'line', of: 'string' }],
  ['line', { to: 'line', of: 'string' }],
]);

export const serverAlertFilters: ReadonlySet<string> = new Set([...lists.keys(), 'from', 'to']);

/** The conditions that a search's `filters` ask for. */
export function readServerAlertFilters(body: Body, time: LocalTime) {
  const { from, to, ...others } = filtersOf(body);
  return { ...readFilters({ filters: others }, lists), ...readSpan(from, to, time) };
}

export const serverAlertSorting: Sorting = {
  fields: new Map([
    ['id', 'ID'],
    ['timestamp', 'OCCURRED_AT'],
    ['source', 'HOSTNAME'],
    ['hostname', 'HOSTNAME'],
    ['agent', 'AGENT'],
    ['type', 'TYPE'],
    ['title', 'TITLE'],
    ['subject', 'TITLE'],
    ['message', 'TITLE'],
    ['level', 'LEVEL'],
    ['log', 'LINE'],
    ['line', 'LINE'],
  ]),
  fallback: 'OCCURRED_AT',
  order: 'DESC',
};

export function toServerAlert(row: ServerAlertRow, time: LocalTime) {
  return {
    id: Number(row.id),
    timestamp: time.write(row.occurredAt),
    agent: row.agent ?? '',
    agent_name: row.agentName ?? '',
    hostname: row.hostname ?? '',
    level: row.level,
    type: row.type,
    title: row.title,
    line: row.line,
  };
}
