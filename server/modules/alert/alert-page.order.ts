import { NetworkAlertOrderField, ServerAlertOrderField } from '../../../schema/alert/alert-page.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { foldedColumn } from '../../persistence/pattern.ts';
import { titleColumn } from './alert.node.ts';

type Kind = Database['kind'];

/** What a list of `alert a`, with its event as `e`, is sorted by before the number of the alert. */
export interface SortKeys {
  /** Expressions, the first to tell rows apart first; alike in both databases. */
  readonly columns: (kind: Kind) => readonly string[];
  readonly readsEvent?: boolean;
  /** The first column holds addresses, which sort as numbers: PostgreSQL's has the type for it, SQLite's is the text. */
  readonly isAddress?: boolean;
}

const text = (column: string): SortKeys => ({ columns: (kind) => [foldedColumn(kind, column)] });
const ofEvent = (column: (kind: Kind) => string): SortKeys => ({
  columns: (kind) => [foldedColumn(kind, column(kind))],
  readsEvent: true,
});
const address = (column: string, ...more: readonly string[]): SortKeys => ({
  columns: (kind) => [kind === 'postgres' ? asNumber(column) : column, ...more.map((one) => foldedColumn(kind, one))],
  isAddress: true,
});

/** An address as PostgreSQL compares it, as `ipKey` has it: an IPv4 address as IPv6 maps it, and without a zone. */
function asNumber(column: string): string {
  const bare = `split_part(${column}, '%', 1)`;
  return `(case when strpos(${bare}, ':') = 0 then '::ffff:' || ${bare} else ${bare} end)::inet`;
}

/** See `levelOf`. */
const level = 'case when a.severity <= 2 then 10 when a.severity = 3 then 20 else 30 end';

const common = {
  ID: { columns: () => [] },
  OCCURRED_AT: { columns: () => ['a.occurred_at'] },
  AGENT: text('a.agent'),
  TYPE: text('a.type'),
  LEVEL: { columns: () => [level] },
  TITLE: ofEvent(titleColumn),
} satisfies Record<string, SortKeys>;

export const networkAlertKeys: Readonly<Record<NetworkAlertOrderField, SortKeys>> = {
  ...common,
  [NetworkAlertOrderField.SOURCE]: address('a.source_ip', 'a.source_mac'),
  [NetworkAlertOrderField.DESTINATION]: address('a.destination_ip', 'a.destination_mac'),
  [NetworkAlertOrderField.SOURCE_IP]: address('a.source_ip'),
  [NetworkAlertOrderField.DESTINATION_IP]: address('a.destination_ip'),
  [NetworkAlertOrderField.DESTINATION_PORT]: { columns: () => ['coalesce(a.destination_port, -1)'] },
  [NetworkAlertOrderField.MESSAGE]: ofEvent(() => 'e.message'),
};

export const serverAlertKeys: Readonly<Record<ServerAlertOrderField, SortKeys>> = {
  ...common,
  [ServerAlertOrderField.HOSTNAME]: ofEvent(() => 'e.host'),
  [ServerAlertOrderField.LINE]: ofEvent(() => 'e.message'),
};
