import { type Body, own, readText, refuse } from '../../kernel/json-body.ts';
import { type DialectRequest, RequestFailure } from '../../kernel/route.ts';

/** A text that stands for nothing where it is empty; `null` is another way to say so. */
export function readOptionalText(body: Body, name: string): string | undefined {
  return own(body, name) === null ? '' : readText(body, name);
}

/** A whole number of a body, within the bounds of GraphQL's; undefined where it is left out. */
export function readInteger(body: Body, name: string): number | undefined {
  const value = own(body, name);
  if (value === undefined || isInteger(value)) return value;
  throw refuse(name, 'must be an integer');
}

/** Refuses a change that names none of the fields that can be changed. */
export function changesSomething<Changes extends object>(changes: Changes, names: readonly string[]): Changes {
  if (Object.values(changes).some((value) => value !== undefined)) return changes;
  throw new RequestFailure({ code: 'BAD_USER_INPUT', message: `Send at least one of ${names.join(', ')}` });
}

/** The number of a row that a path names. */
export function readPathId({ params }: DialectRequest): string {
  const { id = '' } = params;
  if (!/^[1-9]\d*$/.test(id)) throw refuse('id', 'must be a positive integer');
  return id;
}

export function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
}
