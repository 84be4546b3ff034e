import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Dialect } from '../../rest-compat/kernel/route.ts';

/** The project's own folder. */
export const root = join(import.meta.dirname, '../..');

/** The top-level folders that hold source files. */
export const sourceFolders = ['schema', 'server', 'rest-compat', 'desktop', 'test', 'bench'] as const;

/** A file as the guards see it: its path from the project's folder, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What one file takes from another: by `import`, `export from`, `import()`, `require()`, or as the URL of a file beside it. */
export interface Import {
  readonly specifier: string;
  /** `type` vanishes when compiled, `url` is loaded by somebody else (a worker, a reader), `value` runs at once. */
  readonly kind: 'value' | 'type' | 'url';
}

/** What is installed, built or written at run time, and so no part of the source. */
const made = new Set([
  'node_modules',
  'dist',
  'data',
  'coverage',
  'release',
  'bench/results',
  'desktop/renderer/generated',
]);

/** Paths of all source files under a folder; '' is the whole project. */
export function listFiles(folder = ''): string[] {
  if (!exists(folder)) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !made.has(posix.join(folder, entry.name)))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .sort();
}

/** The text of a project file. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every TypeScript file of the source folders and of the project's root. */
export function readSources(): SourceFile[] {
  return listFiles()
    .filter((path) => /\.(ts|tsx|mts|cts)$/.test(path))
    .map((path) => ({ path, text: read(path) }));
}

/** Whether a path from the project's folder names something on disk. */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** The dialects on disk, each as its folder's `index.ts` exports it. */
export async function loadDialects(): Promise<{ folder: string; dialect: Dialect }[]> {
  const indexes = listFiles('rest-compat').filter((path) => /^rest-compat\/[^/]+\/index\.ts$/.test(path));
  const loaded = await Promise.all(
    indexes.map(async (path) => {
      const exported = await import(/* @vite-ignore */ pathToFileURL(join(root, path)).href);
      const dialects = Object.values(exported).filter((value) => Object.hasOwn(Object(value), 'routes'));
      return dialects.map((dialect) => ({ folder: posix.dirname(path), dialect: dialect as Dialect }));
    }),
  );
  return loaded.flat();
}

const comment = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/y;
const quoted = /'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)"/y;
const templatePart = /((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)(`|\$\{|$)/y;
const regex = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const beforeRegex = /(?:^|[=(,:;!&|?{}[>+]|\b(?:return|typeof|case|of|in))\s*$/;

/**
 * A file taken apart, so that a search meets only what it means: `code` without comments and regular expressions, its
 * n-th string standing there as `§n§`.
 */
export function scan(text: string): { code: string; strings: readonly string[]; comments: readonly string[] } {
  const strings: string[] = [];
  const comments: string[] = [];
  const depths: number[] = [];
  let code = '';
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const string = (value: string) => {
    code += `§${strings.push(value) - 1}§`;
  };
  const template = () => {
    const part = match(templatePart);
    string(part?.[1] ?? '');
    if (part?.[2] === '${') depths.push(0);
  };
  while (at < text.length) {
    const character = text[at] as string;
    const remark = character === '/' && match(comment)?.[0];
    const literal = (character === "'" || character === '"') && match(quoted);
    if (remark) comments.push(remark);
    else if (literal) string(literal[1] ?? literal[2] ?? '');
    else if (character === '/' && beforeRegex.test(code.slice(-20)) && match(regex)) code += ' 0 ';
    else {
      at += 1;
      const depth = depths.at(-1);
      if (character === '`') template();
      else if (character === '}' && depth === 0) {
        depths.pop();
        template();
      } else {
        if (depth !== undefined && character === '{') depths[depths.length - 1] = depth + 1;
        if (depth !== undefined && character === '}') depths[depths.length - 1] = depth - 1;
        code += character;
      }
    }
  }
  return { code, strings, comments };
}

const statements = /\b(?:import|export)\s+(type\s+)?(?:[\w$*{][^;§()=]*?\bfrom\s*)?§(\d+)§/g;
const calls = /(\btypeof\s+)?\b(?:import|require|require\.resolve|import\.meta\.resolve)\s*\(\s*§(\d+)§/g;
const urls = /\bnew\s+URL\s*\(([^;]*?)import\.meta\.url/g;

/** Everything a file imports, in no particular order. */
export function importsOf({ text }: SourceFile): Import[] {
  const { code, strings } = scan(text);
  const at = (index: string | undefined) => strings[Number(index)] ?? '';
  const found: Import[] = [];
  for (const [, type, index] of code.matchAll(statements)) {
    found.push({ specifier: at(index), kind: type ? 'type' : 'value' });
  }
  for (const [, type, index] of code.matchAll(calls)) {
    found.push({ specifier: at(index), kind: type ? 'type' : 'value' });
  }
  for (const [, target = ''] of code.matchAll(urls)) {
    for (const [, index] of target.matchAll(/§(\d+)§/g)) {
      if (at(index).startsWith('.')) found.push({ specifier: at(index), kind: 'url' });
    }
  }
  return found;
}

/** The project path that a relative specifier names; a compiled name, or one whose ending is computed, is its source's. */
export function resolve(from: string, specifier: string, known: (path: string) => boolean = exists): string {
  const path = posix.join(posix.dirname(from), specifier);
  const candidates = [path, path.replace(/\.(?:js)?$/, '.ts'), `${path}.ts`];
  return candidates.find(known) ?? path;
}

/** Rows of what is governed and who may; a path ending in `/` is all files under it, `*` one name, `**` any folders. */
export type Table = Readonly<Record<string, readonly string[]>>;

/** Says what is wrong with a file, in one line a breach. */
export type Rule = (file: SourceFile) => readonly string[];

function match(pattern: string, path: string): string | undefined {
  const names = (part: string) => part.replaceAll('.', '\\.').replaceAll('*', '[^/]+');
  const source = pattern.split('**/').map(names).join('(?:.*/)?');
  return new RegExp(`^${source}${pattern.endsWith('/') ? '' : '$'}`).exec(path)?.[0];
}

const fits = (patterns: readonly string[], path: string) => patterns.some((pattern) => match(pattern, path));
const isRelative = ({ specifier }: Import) => specifier.startsWith('.');

/** The first row of a table that fits a path or a package's name. */
export function rowFor(table: Table, name: string): string | undefined {
  return Object.keys(table).find((pattern) => match(pattern, name));
}

/** Files import only what the row of their folder lists, and files of their own row; after `type ` a row lists types alone. */
export function importsByFolder(table: Table, known: (path: string) => boolean): Rule {
  return (file) => {
    const row = rowFor(table, file.path);
    if (row === undefined) return [`${file.path} fits no row of the folder table`];
    const allowed = table[row] ?? [];
    const own = match(row, file.path) ?? '';
    return importsOf(file)
      .filter(isRelative)
      .flatMap(({ specifier, kind }) => {
        const target = resolve(file.path, specifier, known);
        // A folder named by URL may be one that is only written to.
        if (!known(target) && !target.endsWith('/')) return [`${file.path} imports ${target}, which does not exist`];
        if (target.startsWith(own) || fits(allowed, target)) return [];
        if (kind === 'type' && fits(allowed, `type ${target}`)) return [];
        return [`${file.path} imports ${target}, which the row '${row}' of the folder table does not list`];
      });
  };
}

/** Packages are imported by their owners; builtins by anybody but where a row says otherwise. */
export function importsByOwner(packages: Table, builtins: Table): Rule {
  return (file) =>
    importsOf(file).flatMap((taken) => {
      if (isRelative(taken)) return [];
      const builtin = isBuiltin(taken.specifier);
      const table = builtin ? builtins : packages;
      const name = builtin ? taken.specifier.replace(/^(?!node:)/, 'node:') : packageName(taken.specifier);
      const row = rowFor(table, name);
      if (row === undefined)
        return builtin ? [] : [`${file.path} imports ${name}, which the package table does not list`];
      if (fits(table[row] ?? [], file.path)) return [];
      return [`${file.path} imports ${name}; only ${table[row]?.join(', ') || 'nobody'} may`];
    });
}

/** What a file loads at run time is among the packages that are installed with it. */
export function importsWhatIsInstalled(installed: ReadonlySet<string>): Rule {
  return (file) =>
    importsOf(file)
      .filter((taken) => taken.kind === 'value' && !isRelative(taken) && !isBuiltin(taken.specifier))
      .map(({ specifier }) => packageName(specifier))
      .filter((name) => !installed.has(name))
      .map((name) => `${file.path} needs ${name} at run time; package.json must list it under "dependencies"`);
}

/** Code that fits `pattern` stands only in the files that may hold it; with `strings`, what strings say is code too. */
export function saysOnlyIn(pattern: RegExp, allowed: readonly string[], { strings }: { strings: boolean }): Rule {
  return ({ path, text }) => {
    if (fits(allowed, path)) return [];
    const scanned = scan(text);
    const said = strings ? [scanned.code, ...scanned.strings] : [scanned.code];
    const found = said.map((part) => pattern.exec(part)?.[0]).find((words) => words !== undefined);
    return found ? [`${path} says "${found}"; only ${allowed.join(', ')} may`] : [];
  };
}

/** Every loop of imports that run at load time, as the paths along it. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const edges = new Map(
    files.map((file) => {
      const values = importsOf(file).filter((taken) => isRelative(taken) && taken.kind === 'value');
      return [file.path, values.map(({ specifier }) => resolve(file.path, specifier, (path) => paths.has(path)))];
    }),
  );
  const finished = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' -> ')];
    if (finished.has(path)) return [];
    const found = (edges.get(path) ?? []).flatMap((next) => walk(next, [...trail, path]));
    finished.add(path);
    return found;
  };
  return files.flatMap(({ path }) => walk(path, []));
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
