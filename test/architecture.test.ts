import { describe, expect, it } from 'vitest';
import { builtins, folders, nobody, packages } from './support/import-tables.ts';
import * as guard from './support/source-files.ts';
import { exists, type Rule, scan, type Table } from './support/source-files.ts';

const tests = ['test/', 'bench/', '**/*.config.ts'];
const environmentReaders = ['server/config.ts', 'desktop/main/electron/', ...tests];
const environment = /\bprocess\??\s*\.\s*env\b|\{[^{}]*\benv\b[^{}]*\}\s*(?:=|from)\s*(?:process\b|§)/;
/** Outside their folder: the wiring, and the log, which strikes out secrets by the name of the header they came in. */
/** The console shows people what to paste into their senders, each by its maker's name. */
const senderGuides = ['desktop/renderer/screens/connect/'];
const vendorSpeakers = ['rest-compat/*/', ...senderGuides, 'server/dialects.ts', 'server/log.ts', ...tests];

const vendorWords = /jutsu|sekoia|intrudect|monozu/i;

/** A piece of work left over names its issue, `TODO(#12): why`; a test left out says why on the line before. */
const isComplete: Rule = ({ path, text }) => {
  const marks = scan(text).comments.filter((comment) => /\b(?:TODO|FIXME|XXX)\b(?!\(#\d+\): \S)/.test(comment));
  const lines = text.split('\n').flatMap((line, index, all) => {
    const { code } = scan(line);
    if (/\.only\b\s*[(.]/.test(code)) return [`${path}:${index + 1} runs one test alone`];
    const skips = /\.(?:skip|skipIf|runIf|todo)\b\s*[(.]/.test(code) && !/\/\/ skipped: \S/.test(all[index - 1] ?? '');
    return skips ? [`${path}:${index + 1} skips a test; the line before must say "// skipped: why"`] : [];
  });
  return [...marks.map((mark) => `${path} leaves work over without its issue: ${mark}`), ...lines];
};

const isShort: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split('\n').length;
  return lines > 300 ? [`${path} has ${lines} lines; 300 is the most: find the second thing in it`] : [];
};

const isNamedPlainly: Rule = ({ path }) =>
  /^[a-z0-9/.-]+$/.test(path) && !/(?:^|\/|-)(?:utils?|helpers?|common|manager|misc)(?:\/|\.|-)/.test(path)
    ? []
    : [`${path}: file names are kebab-case and say what is inside (no utils, helpers, common, manager)`];

const sources = guard.readSources();
const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(
  guard.read('package.json'),
);
const installed = new Set(Object.keys(manifest.dependencies));
const openToTests = (table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).map(([name, files]) => [name, files === nobody ? nobody : [...files, ...tests]]),
  );

const rules: Readonly<Record<string, Rule>> = {
  'imports only what its folder may': guard.importsByFolder(folders, exists),
  'imports only packages it owns': guard.importsByOwner(openToTests(packages), openToTests(builtins)),
  'reads the environment only in the configuration': guard.saysOnlyIn(environment, environmentReaders, {
    strings: false,
  }),
  "says a vendor's words only in its dialect": guard.saysOnlyIn(vendorWords, vendorSpeakers, { strings: true }),
  'exports by name': guard.saysOnlyIn(/\bexport\s+default\b|\bas\s+default\s*[,}]/, ['**/*.config.ts'], {
    strings: false,
  }),
  'leaves nothing over without a reason': isComplete,
  'has at most 300 lines': isShort,
  'is named plainly': isNamedPlainly,
};

describe('every source file', () => {
  it.each(Object.entries(rules))('%s', (_, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  it('of the server needs at run time only what is installed with it', () => {
    const served = sources.filter(({ path }) => /^(?:schema|server|rest-compat)\//.test(path));
    expect(served.flatMap(guard.importsWhatIsInstalled(installed))).toEqual([]);
  });

  it('takes part in no import cycle', () => {
    expect(guard.findCycles(sources)).toEqual([]);
  });
});

describe('the tables', () => {
  it('govern files of every top-level folder', () => {
    const used = new Set(sources.map(({ path }) => guard.rowFor(folders, path)));
    expect(Object.keys(folders).filter((row) => !used.has(row))).toEqual([]);
  });

  it('hold one row for each dependency, and none besides', () => {
    const dependencies = [...installed, ...Object.keys(manifest.devDependencies)];
    const used = new Set(dependencies.map((name) => guard.rowFor(packages, name)));
    expect(dependencies.filter((name) => guard.rowFor(packages, name) === undefined)).toEqual([]);
    expect(Object.keys(packages).filter((row) => !used.has(row))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const { packages: locked }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } =
    JSON.parse(guard.read('package-lock.json'));

  it('names what package.json names', () => {
    expect(locked['']).toMatchObject({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  it('holds the optional packages of all platforms, or npm ci refuses it', () => {
    const missing = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !locked[`node_modules/${name}`] && !locked[`${path}/node_modules/${name}`])
        .map((name) => `${path} brings ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('a planted breach', () => {
  const module = 'server/modules/alert/alert.service.ts';
  const folderRow = 'imports only what its folder may';
  const ownerRow = 'imports only packages it owns';
  const environmentRow = 'reads the environment only in the configuration';

  it.each([
    [folderRow, 'schema/a.ts', "import { isErrorCode } from '../server/errors.ts';"],
    [folderRow, 'schema/a.ts', "new Worker(new URL('../server/errors.js', import.meta.url));"],
    [folderRow, 'rest-compat/jutsu/a.ts', "export * from '../../server/errors.ts';"],
    [folderRow, 'rest-compat/sekoia/a.ts', "import { jutsu } from '../jutsu/index.ts';"],
    [folderRow, 'server/modules/alert/alert.resolver.ts', "import { AlertRepository } from './alert.repository.ts';"],
    [folderRow, module, "const { a } = await import('../event/event.repository.ts');"],
    [folderRow, 'desktop/renderer/a.tsx', "import type { A } from '../../server/errors.ts';"],
    [folderRow, 'server/stray.ts', 'export const a = 1;'],
    [folderRow, 'schema/a.ts', "import './no-such-file.ts';"],
    [ownerRow, module, "import Database from 'better-sqlite3';"],
    [ownerRow, 'desktop/renderer/a.ts', "import { ipcRenderer } from 'electron';"],
    [ownerRow, 'test/a.ts', "import ts from 'typescript';"],
    [ownerRow, 'test/a.ts', "export type { A } from '@not/listed/deep';"],
    [ownerRow, 'server/http/app.ts', "const threads = require('worker_threads');"],
    [environmentRow, module, 'const port = `${process.env.PORT}`;'],
    [environmentRow, module, "import { env } from 'node:process';"],
    [environmentRow, module, 'const { env } = process;'],
    ["says a vendor's words only in its dialect", module, "const index = 'jutsu-events';"],
    ['exports by name', module, 'export default class Alert {}'],
    ['exports by name', module, 'const a = 1; export { a as default };'],
    ['leaves nothing over without a reason', module, '// TODO later'],
    ['leaves nothing over without a reason', 'test/a.test.ts', "it.only('rejects', () => {});"],
    ['leaves nothing over without a reason', 'test/a.test.ts', "describe.skip('POST /', () => {});"],
    ['has at most 300 lines', module, 'let a;\n'.repeat(301)],
    ['is named plainly', 'server/http/http-utils.ts', ''],
    ['is named plainly', 'server/http/App.ts', ''],
  ])('of "%s" in %s is found (%#)', (broken, path, text) => {
    const found = Object.entries(rules).filter(([, rule]) => rule({ path, text }).length > 0);
    expect(found.map(([name]) => name)).toEqual([broken]);
  });

  it('of a package that is not installed with the server is found', () => {
    const rule = guard.importsWhatIsInstalled(installed);
    const text = "import { test } from 'vitest'; import type { A } from 'vitest/config';";
    expect(rule({ path: module, text })).toEqual([
      `${module} needs vitest at run time; package.json must list it under "dependencies"`,
    ]);
  });

  it('of a cycle is found, unless types alone close it', () => {
    const a = { path: 'schema/a.ts', text: "import { b } from './b.ts';" };
    const value = { path: 'schema/b.ts', text: "export { a } from './a.ts';" };
    const type = { path: 'schema/b.ts', text: "export type { A } from './a.ts';" };
    expect(guard.findCycles([a, value])).toEqual(['schema/a.ts -> schema/b.ts -> schema/a.ts']);
    expect(guard.findCycles([a, type])).toEqual([]);
  });
});

describe('what is no import', () => {
  it.each([
    "// import { a } from '../server/a.ts';",
    "const text = `import { a } from '../server/a.ts'`;",
    'const text = "import \'../server/a.ts\'";',
    "const quote = /['\"`/]/; // from '../server/a.ts'",
    "const from = 'a'; const to = from; f('../server/a.ts');",
  ])('%s', (text) => {
    expect(guard.importsOf({ path: 'schema/a.ts', text })).toEqual([]);
  });
});
