import type { AnyRoute, Dialect } from './route.ts';

/** A route and the dialect that it speaks. */
export interface MountedRoute {
  readonly dialect: Dialect;
  readonly route: AnyRoute;
}

/** What is known at one path: a route for each upper-case method, and the parameters that the path held. */
export interface PathMatch {
  readonly methods: ReadonlyMap<string, MountedRoute>;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly path: string;
  readonly segments: readonly string[];
  readonly methods: Map<string, MountedRoute>;
}

const noParams = Object.freeze({});

/** Finds the routes of a path; literal paths cost one lookup, and a literal segment wins over a parameter. */
export function buildRouteTable(dialects: readonly Dialect[]): (path: string) => PathMatch | undefined {
  const literal = new Map<string, Map<string, MountedRoute>>();
  const patterns = new Map<string, Pattern>();

  for (const dialect of dialects) {
    for (const route of dialect.routes) {
      const method = route.method.toUpperCase();
      const methods = methodsAt(route.path, literal, patterns);
      const rival = methods.get(method);
      if (rival !== undefined) {
        throw new Error(`${method} ${route.path} is claimed by ${rival.dialect.name} and ${dialect.name}`);
      }
      methods.set(method, { dialect, route });
    }
  }
  const ordered = [...patterns.values()].sort((a, b) => compareSegments(a.segments, b.segments));

  return (path) => {
    const bare = barePath(path);
    const methods = literal.get(bare);
    if (methods !== undefined) return { methods, params: noParams };
    const segments = bare.split('/');
    for (const pattern of ordered) {
      const params = readParams(pattern.segments, segments);
      if (params !== undefined) return { methods: pattern.methods, params };
    }
    return undefined;
  };
}

/** A path without the slash that it may end with. `//` stays: it is no other spelling of the root. */
export function barePath(path: string): string {
  return path.length > 2 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function methodsAt(path: string, literal: Map<string, Map<string, MountedRoute>>, patterns: Map<string, Pattern>) {
  if (!path.includes('/:')) {
    const known = literal.get(path) ?? new Map<string, MountedRoute>();
    literal.set(path, known);
    return known;
  }
  const key = path.replace(/:[^/]+/g, ':');
  const known = patterns.get(key) ?? { path, segments: path.split('/'), methods: new Map<string, MountedRoute>() };
  if (known.path !== path) throw new Error(`${path} and ${known.path} name the same parameter differently`);
  patterns.set(key, known);
  return known.methods;
}

function compareSegments(a: readonly string[], b: readonly string[]): number {
  for (const [index, segment] of a.entries()) {
    const difference = Number(isParam(segment)) - Number(isParam(b[index] ?? ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

function readParams(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!isParam(expected)) {
      if (expected !== segment) return undefined;
    } else if (segment === '') {
      return undefined;
    } else {
      params[expected.slice(1)] = decodeSegment(segment);
    }
  }
  return params;
}

function isParam(segment: string): boolean {
  return segment.startsWith(':');
}

/** A segment that is no valid percent-encoding stays as sent: its route refuses it in the dialect's own words. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
