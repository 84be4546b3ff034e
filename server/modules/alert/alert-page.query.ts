import { AlertUnique } from '../../../schema/alert/alert-page.enum.ts';
import type { Database } from '../../persistence/database.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import { eventOfAlert } from './alert.node.ts';
import type { SortKeys } from './alert-page.order.ts';
import type { AlertSelection } from './alert-patterns.ts';

type Kind = Database['kind'];

/** A list of alerts as SQL. */
export interface ListQuery {
  /** `with hit (…)`: the rows of the list, each once, in no order; goes before `inOrder`, or before what counts `hit`. */
  readonly rows: string;
  readonly params: readonly SqlValue[];
  /** The column `id` of the rows in order, for `limit` and `offset` to follow. */
  readonly inOrder: (direction: 'asc' | 'desc') => string;
}

const alikeIn: Readonly<Record<AlertUnique, string>> = {
  [AlertUnique.SOURCE]: 'a.source_ip',
  [AlertUnique.DESTINATION]: 'a.destination_ip',
  [AlertUnique.DESTINATION_PORT]: 'a.destination_port',
  [AlertUnique.PAIR]: 'a.source_ip, a.destination_ip',
};

/** The rows selected; of those alike in `unique`, the one of the highest number. They are read once if `isCounted`, too. */
export function listQuery(
  kind: Kind,
  { where, readsEvent }: AlertSelection,
  keys: SortKeys,
  unique: AlertUnique | null,
  isCounted: boolean,
): ListQuery {
  const columns = keys.columns(kind);
  const selected = `from ${tables(kind, readsEvent || (unique === null && keys.readsEvent === true), true)} ${where.sql}`;
  const source =
    unique === null
      ? selected
      : `from ${tables(kind, keys.readsEvent === true, false)}
         where a.id in (select max(a.id) ${selected} group by ${alikeIn[unique]})`;
  const read = ['a.id as id', ...columns.map((column, index) => `${column} as k${index}`)];
  // SQLite asks JavaScript what number an address is: once an address, not once a row. Only for kept rows does it
  // index the places; else it would go through all of them a row.
  const isRanked = keys.isAddress === true && kind === 'sqlite';
  const rank = `, place as materialized (select ip, row_number() over (order by ip_key(ip)) as n from (select distinct k0 as ip from hit))`;
  const sorted = columns.map((_, index) => (isRanked && index === 0 ? 'p.n' : `h.k${index}`));
  return {
    rows: `with hit as ${isCounted || isRanked ? '' : 'not '}materialized (select ${read.join(', ')} ${source}) ${isRanked ? rank : ''}`,
    params: where.params,
    inOrder: (direction) =>
      `select h.id from hit h ${isRanked ? 'join place p on p.ip = h.k0' : ''}
       order by ${[...sorted, 'h.id'].map((column) => `${column} ${direction}`).join(', ')}`,
  };
}

/** Along an index of the kind's rows in about the order in which they lie on disk: twice as fast as what SQLite would choose. */
function tables(kind: Kind, readsEvent: boolean, isWhole: boolean): string {
  const alert = kind === 'sqlite' && isWhole ? 'alert a indexed by alert_occurred' : 'alert a';
  if (!readsEvent) return alert;
  return `${alert} ${kind === 'sqlite' ? 'cross join' : 'join'} ${eventOfAlert(kind)}`;
}
