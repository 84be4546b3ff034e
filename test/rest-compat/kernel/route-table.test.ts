import { describe, expect, it } from 'vitest';
import { jutsu } from '../../../rest-compat/jutsu/index.ts';
import type { AnyRoute, Dialect } from '../../../rest-compat/kernel/route.ts';
import { buildRouteTable } from '../../../rest-compat/kernel/route-table.ts';

function aDialect(name: string, ...routes: readonly [AnyRoute['method'], string][]): Dialect {
  return {
    ...jutsu,
    name,
    routes: routes.map(([method, path]) => ({
      method,
      path,
      operation: '',
      decode: () => ({}),
      encode: () => ({ status: 200 }),
    })),
  };
}

const find = buildRouteTable([
  aDialect(
    'one',
    ['get', '/a/:id'],
    ['get', '/a/new'],
    ['post', '/a/:id/notes'],
    ['get', '/:any/new/x'],
    ['get', '/a/:id/x'],
  ),
  aDialect('two', ['post', '/'], ['delete', '/a/:id']),
]);

function found(path: string): unknown {
  const match = find(path);
  return (
    match && {
      routes: [...match.methods.values()].map(({ route }) => `${route.method} ${route.path}`),
      params: match.params,
    }
  );
}

describe('buildRouteTable', () => {
  it.each([
    ['/a/7', { routes: ['get /a/:id', 'delete /a/:id'], params: { id: '7' } }],
    ['/a/7/', { routes: ['get /a/:id', 'delete /a/:id'], params: { id: '7' } }],
    ['/a/new', { routes: ['get /a/new'], params: {} }],
    ['/a/new/', { routes: ['get /a/new'], params: {} }],
    ['/a/7/notes', { routes: ['post /a/:id/notes'], params: { id: '7' } }],
    ['/a/new/x', { routes: ['get /a/:id/x'], params: { id: 'new' } }],
    ['/b/new/x', { routes: ['get /:any/new/x'], params: { any: 'b' } }],
    ['/', { routes: ['post /'], params: {} }],
    ['/a/x%2Fy', { routes: ['get /a/:id', 'delete /a/:id'], params: { id: 'x/y' } }],
    ['/a/%E0%A4', { routes: ['get /a/:id', 'delete /a/:id'], params: { id: '%E0%A4' } }],
  ])('finds %s', (path, expected) => {
    expect(found(path)).toEqual(expected);
  });

  it.each(['//', '/a', '/a/', '/a//', '/A/7', '/a/7/8', '/a/new//', '', '/a//notes'])('knows nothing at %j', (path) => {
    expect(find(path)).toBeUndefined();
  });

  it.each([
    [['get', '/a/new'], 'GET /a/new is claimed by x and y'],
    [['get', '/a/:id'], 'GET /a/:id is claimed by x and y'],
    [['put', '/a/:other'], '/a/:other and /a/:id name the same parameter differently'],
  ] as const)('refuses two dialects that claim %j alike', (route, message) => {
    const first = aDialect('x', ['get', '/a/new'], ['get', '/a/:id']);
    expect(() => buildRouteTable([first, aDialect('y', [...route])])).toThrow(message);
  });
});
