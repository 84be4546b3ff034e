import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildChanged } from '../../../desktop/codegen/build-changed.ts';
import { consoleInputs, consoleStamp, digestOf } from '../../../desktop/codegen/inputs.ts';

let project: string;
let asked: string[];
let told: string[];

const write = (path: string, text = path): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
/** What the scripts leave behind, as far as it is looked at. */
const compile = () => write('dist/.tsbuildinfo');
const bundle = () => {
  write('desktop/renderer/generated/schema.ts');
  write(consoleStamp, digestOf(project, consoleInputs));
};

/** The scripts that a start, or a command, runs. */
function built(withConsole: boolean, fails = false): string[] {
  asked = [];
  told = [];
  const run = (script: string) => {
    asked.push(script);
    if (fails) throw new Error('it does not compile');
    script === 'build' ? compile() : bundle();
  };
  buildChanged({ project, withConsole, run, tell: (line) => told.push(line) });
  return asked;
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'tocsin-build-'));
  for (const path of ['schema/a.ts', 'schema/schema.graphql', 'server/main.ts', 'rest-compat/b.ts']) write(path);
  for (const path of ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) write(path);
  for (const path of ['desktop/ipc-contract.ts', 'desktop/renderer/main.tsx', 'desktop/codegen/c.ts']) write(path);
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

describe('a start', () => {
  it('builds the first time, says so, and never again while the sources stay as they are', () => {
    expect(built(true)).toEqual(['build', 'build:console']);
    expect(told).toEqual([expect.stringMatching(/^Building Tocsin/)]);
    expect(built(true)).toEqual([]);
    expect(told).toEqual([]);
    expect(built(false)).toEqual([]);
  });

  it.each([
    ['a source was edited', () => write('server/main.ts', 'other'), ['build']],
    ['a source was renamed', () => renameSync(join(project, 'schema/a.ts'), join(project, 'schema/b.ts')), ['build']],
    ['the build was deleted', () => rmSync(join(project, 'dist'), { recursive: true }), ['build', 'build:console']],
    ['the console was edited', () => write('desktop/renderer/main.tsx', 'other'), ['build:console']],
    ['dependencies changed', () => write('package-lock.json', 'other'), ['build', 'build:console']],
    ['something else compiled since', () => utimesSync(join(project, 'dist/.tsbuildinfo'), 1, 1), ['build']],
    ['only times changed', () => utimesSync(join(project, 'server/main.ts'), 1, 1), []],
  ])('after %s builds what that needs', (_what, change, scripts) => {
    built(true);
    change();
    expect(built(true)).toEqual(scripts);
    expect(built(true)).toEqual([]);
  });

  it('builds again after a build that failed', () => {
    expect(() => built(true, true)).toThrow('it does not compile');
    expect(built(true)).toEqual(['build', 'build:console']);
  });
});

it('a command builds the server alone', () => {
  expect(built(false)).toEqual(['build']);
});
