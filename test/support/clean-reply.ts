import { expect } from 'vitest';
import { errorCodes } from '../../schema/errors.ts';

/** Words that only a stack, a query or a place on our disk would bring into a reply. */
const inside =
  /\n\s+at |node_modules|\.[tj]s:\d+|file:\/\/|\/work\/|\bsqlite|\bpostgres|\bpg_|\bselect .+ from\b|\binsert into\b|stacktrace/i;

/** Checks that errors of GraphQL carry codes of the closed list and nothing of our insides. */
export function expectCleanErrors(errors: unknown): void {
  expect(errors).toBeInstanceOf(Array);
  for (const error of errors as { message: unknown; extensions: Record<string, unknown> }[]) {
    expect(error).toEqual({
      message: expect.any(String),
      extensions: expect.objectContaining({ code: expect.any(String) }),
      ...('locations' in error && { locations: expect.any(Array) }),
      ...('path' in error && { path: expect.any(Array) }),
    });
    expect(errorCodes).toContain(error.extensions['code']);
    const others = Object.keys(error.extensions).filter((key) => key !== 'code');
    expect(['field', 'retryAfterSeconds', 'errorId']).toEqual(expect.arrayContaining(others));
  }
  expect(tellsOfInside(JSON.stringify(errors))).toBe(false);
}

/** Whether a reply holds what only a stack, a query or a place on our disk would bring into it. */
export function tellsOfInside(text: string): boolean {
  return inside.test(text);
}
