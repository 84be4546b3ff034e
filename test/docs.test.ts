import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exists, listFiles, loadDialects, read } from './support/source-files.ts';

const documents = listFiles().filter((path) => path.endsWith('.md'));
const dialects = await loadDialects();

/** The first table whose heading row holds all of `columns`, as one record a row; code marks are taken off. */
function tableOf(markdown: string, columns: readonly string[]): string[][] {
  const rows = markdown.split('\n').map((line) => (line.startsWith('|') ? cells(line) : undefined));
  const head = rows.findIndex((row) => columns.every((column) => row?.includes(column)));
  if (head < 0) return [];
  const places = columns.map((column) => rows[head]?.indexOf(column) ?? -1);
  const end = rows.findIndex((row, index) => index > head && row === undefined);
  return rows.slice(head + 2, end < 0 ? undefined : end).map((row) => places.map((place) => row?.[place] ?? ''));
}

function cells(line: string): string[] {
  const parts = line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/);
  return parts.map((cell) =>
    cell
      .trim()
      .replace(/^`(.*)`$/, '$1')
      .replaceAll('\\|', '|'),
  );
}

/** A document's words without its code blocks. */
function prose(markdown: string): string {
  return markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gm, '');
}

/** The anchors that a document's headings make, as the usual renderers spell them. */
function anchorsOf(markdown: string): string[] {
  const headings = [...prose(markdown).matchAll(/^#+\s+(.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The relative links of a document that lead nowhere. */
function deadLinks(path: string, markdown: string): string[] {
  return [...prose(markdown).matchAll(/\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const named = file === '' ? path : posix.join(posix.dirname(path), file);
      if (!exists(named) || named.startsWith('..')) return true;
      return anchor !== undefined && !anchorsOf(named === path ? markdown : read(named)).includes(anchor);
    })
    .map((target) => `${path} links to ${target}`);
}

/** The folders that a tree in a document names, and the files: names at the start of a line, nested by two spaces. */
function namesInTree(tree: string): string[] {
  let parent = '';
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', list = ''] = /^( *)((?:\.?[\w-]+(?:\.[\w.-]+|\/)(?: +|$))+)/.exec(line) ?? [];
    const names = list.split(' ').filter((name) => name !== '');
    if (indent === '' && names.length === 1) parent = names[0] ?? '';
    return names.map((name) => (indent === '' ? name : `${parent}${name}`));
  });
}

/** The folders that hold the project's sources and documents, two deep. */
function foldersOnDisk(): string[] {
  const folders = listFiles()
    .map((path) => posix.dirname(path).split('/'))
    .filter(([top]) => top !== '.');
  const paths = folders.flatMap((parts) => [parts.slice(0, 1), parts.slice(0, 2)].map((part) => `${part.join('/')}/`));
  return [...new Set(paths)].sort();
}

/** How docs/configuration.md says what can be set. */
function configurationTable(variables: readonly { name: string; default: string; meaning: string }[]): string {
  const rows = variables.map(({ name, default: value, meaning }) => {
    const escaped = [`\`${name}\``, value === '' ? '' : `\`${value}\``, meaning].map((cell) =>
      cell.replaceAll('|', '\\|'),
    );
    return `| ${escaped.join(' | ')} |`;
  });
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

describe('README.md', () => {
  const tree = /^## What is where\n[\s\S]*?^```\n([\s\S]*?)^```/m.exec(read('README.md'))?.[1] ?? '';
  const named = namesInTree(tree);

  it('has a tree with every folder on disk, two deep, and no other', () => {
    const folders = named.filter((name) => name.endsWith('/'));
    expect([...folders].sort()).toEqual(foldersOnDisk());
  });

  it('has a tree of files that exist', () => {
    expect(named.filter((name) => !exists(name))).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  it('lists exactly what server/config.ts reads', async () => {
    const { configVariables } = await import('../server/config.ts');
    const table = /^\| Variable [\s\S]*?\n(?!\|)/m.exec(`${read('docs/configuration.md')}\n`)?.[0] ?? '';
    expect(`${table.trim()}\n`).toBe(`${configurationTable(configVariables)}\n`);
  });
});

describe.each(dialects)('$folder/README.md', ({ folder, dialect }) => {
  it('lists exactly the routes that the dialect answers', () => {
    const documented = tableOf(read(`${folder}/README.md`), ['Method', 'Path', 'Operation']);
    const answered = dialect.routes.map(({ method, path, operation }) => {
      return [method.toUpperCase(), path, /\b(?:query|mutation)\s+(\w+)/.exec(operation)?.[1] ?? 'unnamed'];
    });
    expect([...documented].sort()).toEqual([...answered].sort());
  });
});

describe.each(dialects.filter(({ dialect }) => dialect.hubs))('$folder/README.md', ({ folder, dialect }) => {
  it('lists exactly the WebSockets that the dialect serves', () => {
    const documented = tableOf(read(`${folder}/README.md`), ['WebSocket', 'Subscription']);
    const served = dialect.hubs?.map(({ path, subscription }) => {
      return [path, /\bsubscription\s+(\w+)/.exec(subscription)?.[1] ?? 'unnamed'];
    });
    expect(documented).toEqual(served);
  });
});

describe('the dialects', () => {
  it('are all of the folders beside the kernel', () => {
    const folders = foldersOnDisk().filter((path) => /^rest-compat\/(?!kernel\/).+/.test(path));
    expect(dialects.map(({ folder }) => `${folder}/`).sort()).toEqual(folders);
  });

  it('claim no method and path twice, and none of our own paths', () => {
    const own = ['GET /', 'GET /graphql', 'POST /graphql', 'GET /livez', 'GET /readyz', 'GET /metrics'];
    const claims = dialects.flatMap(({ dialect }) =>
      dialect.routes.map(({ method, path }) => `${method.toUpperCase()} ${path.replace(/:[^/]+/g, ':')}`),
    );
    expect([...own, ...claims].filter((claim, index, all) => all.indexOf(claim) !== index)).toEqual([]);
  });
});

describe('every document', () => {
  it.each(documents)('%s links only to what exists', (path) => {
    expect(deadLinks(path, read(path))).toEqual([]);
  });

  it.each(documents)('%s names only npm scripts that exist', (path) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts?: Record<string, string> };
    const named = [...read(path).matchAll(/\bnpm (?:run (?:-s |--silent )?([\w-]+(?::[\w-]+)*)|(start|test)\b)/g)];
    const missing = named.map(([, run, short]) => run ?? short ?? '').filter((name) => scripts?.[name] === undefined);
    expect(missing).toEqual([]);
  });
});

describe('docs/decisions', () => {
  const decisions = listFiles('docs/decisions').map((path) => posix.basename(path));

  it('are numbered without a hole', () => {
    const numbers = decisions.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]);
    expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, '0')));
  });

  it.each(decisions)('%s says background, decision and consequences, in that order', (name) => {
    const headings = [...read(`docs/decisions/${name}`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Background', 'Decision', 'Consequences']);
  });
});

describe('what these checks read', () => {
  it('is a table under its headings', () => {
    const text = 'a\n\n| Method | Path | Note |\n| --- | --- | --- |\n| `GET` | `/a` | x \\| y |\n\n| other |';
    expect(tableOf(text, ['Path', 'Note', 'Method'])).toEqual([['/a', 'x | y', 'GET']]);
    expect(tableOf(text, ['Operation'])).toEqual([]);
  });

  it('is a tree of names, not of remarks', () => {
    const tree =
      'package.json tsconfig.json\nserver/     the domain\n  http/ graphql/   ways in\n  main.ts  start\n\nand so on\n';
    expect(namesInTree(tree)).toEqual([
      'package.json',
      'tsconfig.json',
      'server/',
      'server/http/',
      'server/graphql/',
      'server/main.ts',
    ]);
  });

  it('is a link to a file or a heading', () => {
    const text =
      '# First `run`: it\n[a](README.md) [b](#first-run-it) [c](no.md) [d](#no) [e](https://a.b) [f](../out)';
    expect(deadLinks('README.md', text)).toEqual([
      'README.md links to no.md',
      'README.md links to #no',
      'README.md links to ../out',
    ]);
  });
});
