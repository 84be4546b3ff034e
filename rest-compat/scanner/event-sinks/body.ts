import { RequestFailure } from '../../kernel/route.ts';

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

/** A member that must be an object. */
export function readObject(body: Body, name: string): Body {
  const value = own(body, name);
  if (!isObject(value)) throw refuse(name, 'must be an object');
  return value;
}

/** A text of a body; undefined where it is left out. `null` is no text. */
export function readText(body: Body, name: string): string | undefined {
  const value = own(body, name);
  if (value === undefined || typeof value === 'string') return value;
  throw refuse(name, 'must be a string');
}

/** What must be there. */
export function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw refuse(name, 'is required');
  return value;
}

/** A UUID in lower case, as it may be sent in either; undefined where it is left out. */
export function readUuid(body: Body, name: string): string | undefined {
  const id = readText(body, name)?.toLowerCase();
  if (id !== undefined && !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) {
    throw refuse(name, 'must be a UUID');
  }
  return id;
}

/** A member that the body brought itself. */
export function own(body: Body, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body is not valid JSON' });
  }
}
