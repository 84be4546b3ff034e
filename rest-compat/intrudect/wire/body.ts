import { type DialectRequest, RequestFailure } from '../../kernel/route.ts';

/** A JSON object as sent; its members are whatever they are. */
export type Body = Readonly<Record<string, unknown>>;

export function refuse(field: string, problem: string): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message: `${field}: ${problem}`, field });
}

/** The JSON object of a body; no body is an empty one. */
export function readBody(text: string): Body {
  if (text.trim() === '') return {};
  const body = parse(text);
  if (!isObject(body)) throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body must be a JSON object' });
  return body;
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of a body; undefined where it is left out. */
export function readText(body: Body, name: string): string | undefined {
  const value = own(body, name);
  if (value === undefined || typeof value === 'string') return value;
  throw refuse(name, 'must be a string');
}

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

/** What must be there. */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw refuse(name, 'is required');
  return value;
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

/** A member that the body brought itself. */
export function own(body: Body, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

export function isInteger(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body is not valid JSON' });
  }
}
