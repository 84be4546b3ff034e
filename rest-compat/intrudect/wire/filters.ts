import { type Body, isObject, own, refuse } from '../../kernel/json-body.ts';
import type { DialectRequest } from '../../kernel/route.ts';
import { isInteger } from './body.ts';

/** A filter of a resource: which of the operation's conditions it is, and what its values are. Aliases name one condition. */
export interface FilterField {
  readonly to: string;
  readonly of: 'string' | 'integer' | 'boolean' | 'protocol';
}

/** The filters of a resource by their names on the wire. */
export type FilterFields = ReadonlyMap<string, FilterField>;

const fits: Readonly<Record<FilterField['of'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: isInteger,
  boolean: (value) => typeof value === 'boolean',
  protocol: (value) => typeof value === 'string' && /^(?:tcp|udp)$/i.test(value),
};

/** A list cannot be filtered: a caller who thinks so must not be given all rows. Other parameters say nothing here. */
export function refuseFilters({ query }: DialectRequest, fields: Pick<ReadonlySet<string>, 'has'>): void {
  const name = [...query.keys()].find((key) => fields.has(key.toLowerCase()));
  if (name !== undefined) throw refuse(name, 'a list takes no filters; POST them to its search');
}

/** What a search gives as its `filters`. */
export function filtersOf(body: Body): Body {
  const filters = own(body, 'filters') ?? {};
  if (!isObject(filters)) throw refuse('filters', 'must be an object');
  return filters;
}

/** The conditions that a search's `filters` ask for; an empty array is the same as none. */
export function readFilters(body: Body, fields: FilterFields): Record<string, unknown[]> {
  const filters = filtersOf(body);
  const conditions = new Map<string, unknown[]>();
  for (const [name, values] of Object.entries(filters)) {
    const field = fields.get(name);
    if (field === undefined) throw refuse(`filters.${name.slice(0, 50)}`, 'is not a filter of this search');
    if (values === null) continue;
    if (!Array.isArray(values)) throw refuse(`filters.${name}`, 'must be a JSON array');
    if (!values.every(fits[field.of])) throw refuse(`filters.${name}`, `must hold values of type ${field.of}`);
    const read = field.of === 'protocol' ? values.map((value) => String(value).toLowerCase()) : values;
    if (read.length > 0) conditions.set(field.to, [...(conditions.get(field.to) ?? []), ...read]);
  }
  return Object.fromEntries(conditions);
}
