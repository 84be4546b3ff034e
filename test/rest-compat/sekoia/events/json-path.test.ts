import { describe, expect, it } from 'vitest';
import { parsePath } from '../../../../rest-compat/sekoia/events/json-path.ts';

const subset = "after $ come .name, ['name'], [n] or [*]";

describe('parsePath', () => {
  it.each([
    ['$', []],
    ['$.events', [{ name: 'events' }]],
    ['$.a.b', [{ name: 'a' }, { name: 'b' }]],
    ['$[0][*]', [{ place: 0 }, 'all']],
    ["$['a.b']", [{ name: 'a.b' }]],
    ['$["]"]', [{ name: ']' }]],
    ["$['']", [{ name: '' }]],
    ["$['a\\'b\\\\']", [{ name: "a'b\\" }]],
    ['$.0', [{ name: '0' }]],
  ])('reads %s', (path, steps) => {
    expect(parsePath(path)).toEqual(steps);
  });

  it.each([
    ['events', 'it begins with $'],
    ['', 'it begins with $'],
    ['$events', subset],
    ['$..events', subset],
    ['$.', subset],
    ['$.*', subset],
    ['$.a b', subset],
    ['$[', subset],
    ['$[]', subset],
    ['$[-1]', subset],
    ['$[1:2]', subset],
    ['$[12345678]', subset],
    ['$[?(@.a)]', subset],
    ["$['a]", subset],
    ['$[\'a"]', subset],
    [`$${'[*]'.repeat(17)}`, 'at most 16 steps'],
    [`$.${'a'.repeat(255)}`, 'at most 256 characters'],
    [`$${'['.repeat(1_000_000)}`, 'at most 256 characters'],
    [`$['${"\\'".repeat(120)}`, subset],
  ])('refuses %.40s', (path, rule) => {
    const message = `path is no JSONPath that is supported here: ${rule}`;
    expect(() => parsePath(path)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', message }));
  });
});
