import { type Body, isObject, own, readText, refuse } from '../../kernel/json-body.ts';

/** A member that must be an object. */
export function readObject(body: Body, name: string): Body {
  const value = own(body, name);
  if (!isObject(value)) throw refuse(name, 'must be an object');
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
