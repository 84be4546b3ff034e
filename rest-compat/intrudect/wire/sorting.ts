import { type Body, isObject, own } from '../../kernel/json-body.ts';
import type { DialectRequest } from '../../kernel/route.ts';

/** What a list can be sorted by: names on the wire, aliases among them, and the operation's. What is unknown falls back. */
export interface Sorting {
  readonly fields: ReadonlyMap<string, string>;
  readonly fallback: string;
  readonly order: 'ASC' | 'DESC';
}

export interface OrderBy {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export function sortOfQuery({ query }: DialectRequest, sorting: Sorting): OrderBy {
  return orderOf(query.get('sort'), query.get('order'), sorting);
}

export function sortOfBody(body: Body, sorting: Sorting): OrderBy {
  const sort = own(body, 'sort');
  return isObject(sort) ? orderOf(own(sort, 'field'), own(sort, 'order'), sorting) : orderOf(null, null, sorting);
}

function orderOf(field: unknown, order: unknown, { fields, fallback, order: usual }: Sorting): OrderBy {
  const asked = String(order).toUpperCase();
  return {
    field: fields.get(String(field).toLowerCase()) ?? fallback,
    direction: asked === 'ASC' || asked === 'DESC' ? asked : usual,
  };
}
