import { eventOfAlert, titleColumn } from '../modules/alert/alert.node.ts';
import { statusOf } from '../modules/alert-group/alert-group.node.ts';
import type { Database } from '../persistence/database.ts';
import type { SqlValue } from '../persistence/journal/journal-group.ts';
import { type Condition, foldCase, foldedColumn, likeEscape } from '../persistence/pattern.ts';
import { type TextQuery, textCondition, words, writeTextQuery } from '../persistence/text-query.ts';
import type { Column, Field } from './field.ts';
import { fieldOf } from './find-field.ts';
import { narrow } from './narrow.ts';
import type { FieldNode, FieldTest, Search, SearchNode } from './query.ts';

type Kind = Database['kind'];

/** A search as the databases take it. */
export interface CompiledSearch {
  /** True for what is found, over the event `e`, the alert `a` with its event `e`, or the group `g`. */
  readonly condition: Condition;
  /** For events and alerts what full text narrows them down to, in the language of the database; null: nothing, all rows are looked at. */
  readonly match: string | null;
  /** Whether it reads so much that it must not stand before others in a line. */
  readonly isSlow: boolean;
}

/** The search of a tenant's rows. */
export function compileSearch(kind: Kind, tenantId: string, search: Search): CompiledSearch {
  const compiler = new Compiler(kind, tenantId, search);
  if (search.subject === 'ALERT_GROUP') {
    return { condition: compiler.condition(search.node), match: null, isSlow: compiler.readsMembers };
  }
  const query = narrow(search);
  // Words are found by full text alone: what it has narrowed down to holds them.
  const rest = withoutWords(search.node);
  return {
    condition: compiler.condition(rest),
    match: query && writeTextQuery(kind, query),
    isSlow: compiler.readsWhole || query === null || !isPrecise(query),
  };
}

/** Whether full text has a list of rows ready for the query; to put one together of all terms with a beginning takes time. */
function isPrecise(query: TextQuery): boolean {
  if (query.kind === 'all') return query.of.some(isPrecise);
  if (query.kind === 'any') return query.of.every(isPrecise);
  return 'term' in query && (query.kind === 'word' || !query.isBegun);
}

function withoutWords(node: SearchNode): SearchNode {
  if (node.kind === 'words') return { kind: 'all', of: [] };
  return node.kind === 'all' ? { kind: 'all', of: node.of.filter(({ kind }) => kind !== 'words') } : node;
}

class Compiler {
  readonly #kind: Kind;
  readonly #tenantId: string;
  readonly #search: Search;
  /** Whether groups are looked for by their alerts. */
  readsMembers = false;
  /** Whether long texts are gone through. */
  readsWhole = false;

  constructor(kind: Kind, tenantId: string, search: Search) {
    this.#kind = kind;
    this.#tenantId = tenantId;
    this.#search = search;
  }

  condition(node: SearchNode): Condition {
    switch (node.kind) {
      case 'all':
        return joinAll(
          node.of.map((each) => this.condition(each)),
          ' and ',
          '1 = 1',
        );
      case 'any':
        return joinAll(
          node.of.map((each) => this.condition(each)),
          ' or ',
          '1 = 0',
        );
      case 'not': {
        const { sql, params } = this.condition(node.of);
        // A missing value meets no test, and so fails none.
        return { sql: `not coalesce(${sql}, ${this.#kind === 'postgres' ? 'false' : '0'})`, params };
      }
      case 'words':
      case 'text':
        return this.#ofMembers(node, this.#texts(node));
      case 'field':
        return this.#field(node);
    }
  }

  #texts(node: Extract<SearchNode, { kind: 'words' | 'text' }>): Condition {
    if (node.kind === 'words') {
      const seq = this.#search.subject === 'EVENT' ? 'e.seq' : 'a.id';
      return { sql: textCondition(this.#kind, seq), params: [writeTextQuery(this.#kind, words(node.words))] };
    }
    this.readsWhole = true;
    const [title, message] = [this.#like('e.title', node.pattern), this.#like('e.message', node.pattern)];
    return joinAll([title, message], ' or ', '1 = 0');
  }

  #field(node: FieldNode): Condition {
    const { subject } = this.#search;
    const field = fieldOf(subject, node.field);
    const columns = field?.columns[subject] ?? [];
    if (!field || columns.length === 0) return { sql: '1 = 0', params: [] };
    if (field.type === 'prose') this.readsWhole = true;
    const condition = joinAll(
      columns.map((column) => this.#test(field, column, node.test)),
      ' or ',
      '1 = 0',
    );
    if (!columns.some((column) => column.startsWith('g.'))) return this.#ofMembers(node, condition);
    if (subject === 'ALERT_GROUP') return condition;
    return {
      sql: `a.group_id in (select g.id from alert_group g where g.tenant_id = ? and ${condition.sql})`,
      params: [this.#tenantId, ...condition.params],
    };
  }

  /** A group is found by any of its alerts. */
  #ofMembers(node: SearchNode, condition: Condition): Condition {
    if (this.#search.subject !== 'ALERT_GROUP') return condition;
    this.readsMembers = true;
    const query = narrow({ ...this.#search, subject: 'ALERT', node });
    const narrowed = query && node.kind !== 'words' ? ` and ${textCondition(this.#kind, 'a.id')}` : '';
    const params = narrowed === '' || query === null ? [] : [writeTextQuery(this.#kind, query)];
    return {
      sql: `g.id in (select a.group_id from alert a join ${eventOfAlert(this.#kind)}
        where a.tenant_id = ?${narrowed} and ${condition.sql})`,
      params: [this.#tenantId, ...params, ...condition.params],
    };
  }

  #test({ type }: Field, column: Column, test: FieldTest): Condition {
    const expression = this.#expression(column);
    const isText = type === 'text' || type === 'mac';
    switch (test.kind) {
      case 'present':
        return {
          sql: isText || type === 'prose' ? `coalesce(${expression}, '') <> ''` : `${expression} is not null`,
          params: [],
        };
      case 'oneOf': {
        if (type === 'flag')
          return {
            sql: `(${test.values.map((value) => (value === 1 ? expression : `not ${expression}`)).join(' or ')})`,
            params: [],
          };
        if (test.values.length === 0) return { sql: '1 = 0', params: [] };
        const compared = isText ? foldedColumn(this.#kind, expression) : expression;
        return { sql: `${compared} in (${test.values.map(() => '?').join(', ')})`, params: test.values };
      }
      case 'like':
        return this.#like(expression, test.pattern);
      case 'addresses':
        return { sql: `${expression} between ? and ?`, params: [test.low, test.high] };
      case 'range':
        return between(expression, test.low, '<=', test.high, this.#kind === 'postgres' ? '?::bigint' : '?');
      case 'span':
        return between(expression, test.from, '<', test.to, '?');
      case 'named':
        return { sql: '1 = 0', params: [] };
    }
  }

  /** SQLite's own `like` folds A to Z, three times as fast as to fold the column first. */
  #like(expression: string, pattern: string): Condition {
    const text = this.#kind === 'postgres' ? foldedColumn(this.#kind, expression) : `coalesce(${expression}, '')`;
    return { sql: `(${text} like ? escape '${likeEscape}' and ${text} <> '')`, params: [foldCase(pattern)] };
  }

  #expression(column: Column): string {
    if (column === 'g.status') return `(${statusOf('g')})`;
    return column === 'a.shown_title' ? titleColumn(this.#kind) : column;
  }
}

/** `bound` is how a bound is written: PostgreSQL takes it for one of the column's type, and refuses a number that this cannot hold. */
function between(
  expression: string,
  low: number | null,
  compare: '<' | '<=',
  high: number | null,
  bound: '?' | '?::bigint',
): Condition {
  const ends = [
    ...(low === null ? [] : [{ sql: `${expression} >= ${bound}`, params: [low] }]),
    ...(high === null ? [] : [{ sql: `${expression} ${compare} ${bound}`, params: [high] }]),
  ];
  return joinAll(ends, ' and ', `${expression} is not null`);
}

function joinAll(conditions: readonly Condition[], joint: string, ofNone: string): Condition {
  if (conditions.length === 0) return { sql: ofNone, params: [] };
  const params = conditions.flatMap((condition): readonly SqlValue[] => condition.params);
  return { sql: `(${conditions.map(({ sql }) => sql).join(joint)})`, params };
}
