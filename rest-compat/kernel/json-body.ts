import { RequestFailure } from './route.ts';

// What the dialects that take JSON objects read them with.

/** A JSON object as sent; its members are whatever they are. */
export type Body = Readonly<Record<string, unknown>>;

/** That a member of the body is not as it must be. */
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

/** A member that the body brought itself. */
export function own(body: Body, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body is not valid JSON' });
  }
}
