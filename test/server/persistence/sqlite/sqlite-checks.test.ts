import { describe, expect, it } from 'vitest';
import { isSoundSqlite } from '../../../../server/persistence/sqlite/sqlite-checks.ts';

describe('isSoundSqlite', () => {
  it.each([
    ['3.51.3', true],
    ['3.51.10', true],
    ['3.52.1', true],
    ['3.53.0', true],
    ['3.54.0', true],
    ['3.100.0', true],
    ['4.0.0', true],
    ['3.52.0', false],
    ['3.51.2', false],
    ['3.51', false],
    ['3.50.4', false],
    ['3.9.9', false],
    ['2.99.99', false],
    ['', false],
    ['unknown', false],
  ])('of %j is %s', (version, sound) => {
    expect(isSoundSqlite(version)).toBe(sound);
  });
});
