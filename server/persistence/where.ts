import { InvalidInput } from '../errors.ts';
import type { SqlValue } from './journal/journal-group.ts';
import { foldCase, likeEscape, readPattern } from './pattern.ts';

/** Conditions that all hold, with their bound parameters; starts with the tenant, so that no query can leave it out. */
export class Where {
  readonly #conditions: string[];
  readonly #params: SqlValue[];

  constructor(tenantColumn: string, tenantId: string) {
    this.#conditions = [`${tenantColumn} = ?`];
    this.#params = [tenantId];
  }

  and(condition: string, ...params: readonly SqlValue[]): this {
    this.#conditions.push(condition);
    this.#params.push(...params.map(storable));
    return this;
  }

  /** The column equals any of the values; no values: no condition. */
  anyOf(column: string, values: readonly SqlValue[] | null | undefined): this {
    if (!values?.length) return this;
    checkLength(values);
    return this.and(`${column} in (${placeholders(values)})`, ...values);
  }

  /**
   * The text matches any of the patterns (see `readPattern`), A to Z in either case; no patterns: no condition. `folded` is the
   * column as `foldedColumn` has it.
   */
  matches(folded: string, patterns: readonly string[] | null | undefined): this {
    if (!patterns?.length) return this;
    checkLength(patterns);
    if (patterns.some((pattern) => pattern.length > longestPattern)) {
      throw new InvalidInput('filter', `at most ${longestPattern} characters a value`);
    }
    const read = patterns.map((pattern) => readPattern(foldCase(pattern)));
    const exact = read.filter(({ hasWildcards }) => !hasWildcards).map(({ literal }) => literal);
    const likes = read.filter(({ hasWildcards }) => hasWildcards).map(({ like }) => like);
    const conditions = [
      ...(exact.length > 0 ? [`${folded} in (${placeholders(exact)})`] : []),
      ...likes.map(() => `${folded} like ? escape '${likeEscape}'`),
    ];
    return this.and(`(${conditions.join(' or ')})`, ...exact, ...likes);
  }

  /** Any of the columns equals any of the values; no values: no condition. */
  anyColumn(columns: readonly string[], values: readonly SqlValue[] | null | undefined): this {
    if (!values?.length) return this;
    checkLength(values);
    const condition = columns.map((column) => `${column} in (${placeholders(values)})`).join(' or ');
    return this.and(`(${condition})`, ...columns.flatMap(() => values));
  }

  /** The instant lies in the span: `from` inclusive, `to` exclusive. */
  within(column: string, span: { from?: Date | null; to?: Date | null } | null | undefined): this {
    if (span?.from) this.and(`${column} >= ?`, span.from.getTime());
    if (span?.to) this.and(`${column} < ?`, span.to.getTime());
    return this;
  }

  /** Whether there is no condition besides the tenant. */
  get isWholeTenant(): boolean {
    return this.#conditions.length === 1;
  }

  copy(): Where {
    const copied = new Where('', '');
    copied.#conditions.splice(0, 1, ...this.#conditions);
    copied.#params.splice(0, 1, ...this.#params);
    return copied;
  }

  get sql(): string {
    return `where ${this.#conditions.join(' and ')}`;
  }

  get params(): readonly SqlValue[] {
    return this.#params;
  }
}

/**
 * A column in a condition that no index is to be chosen for, because another condition of the statement names the few rows. SQLite,
 * which keeps no statistics of ours, would else take the tenant's index, and with it read all rows of the tenant.
 */
export function withoutIndex(kind: 'sqlite' | 'postgres', column: string): string {
  return kind === 'sqlite' ? `+${column}` : column;
}

/**
 * SQL that two columns name the same tenant, to look after what an id has led to: PostgreSQL, too, is to choose no index for it, nor to
 * think that it leaves few rows.
 */
export function sameTenant(kind: 'sqlite' | 'postgres', one: string, other: string): string {
  return kind === 'sqlite' ? `+${one} = ${other}` : `case when ${one} = ${other} then true else false end`;
}

/** The most values one condition may name: every one is a bound parameter, and databases take only so many. */
const mostValues = 500;

/** SQLite refuses patterns of 50,000 bytes; no stored name is nearly as long as this. */
const longestPattern = 1000;

function checkLength(values: readonly unknown[]): void {
  if (values.length > mostValues) throw new InvalidInput('filter', `at most ${mostValues} values a condition`);
}

/** PostgreSQL refuses a NUL even in a parameter; no stored text holds one. */
function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
