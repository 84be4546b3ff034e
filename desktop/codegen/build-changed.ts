import { execSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, type Inputs, isConsoleBuilt } from './inputs.ts';

/** The server's and the command's. */
const serverInputs: Inputs = {
  folders: ['schema', 'server', 'rest-compat'],
  files: ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
};
const stamp = 'dist/.inputs';
/** The compiler writes it anew whenever it has compiled: so a build by other hands is noticed. */
const compilersNote = 'dist/.tsbuildinfo';

export interface Build {
  readonly project: string;
  /** Whether the console is wanted too, and not the server alone. */
  readonly withConsole: boolean;
  /** Runs a script of package.json; throws when that fails. */
  readonly run: (script: string) => void;
  readonly tell: (line: string) => void;
}

/** Builds what `npm start` and `npm run tocsin` run, unless it was built from these very sources; says so before. */
export function buildChanged({ project, withConsole, run, tell }: Build): void {
  const wanted = digestOf(project, serverInputs);
  const wantsServer = stampOf(project, wanted) !== readStamp(project);
  const wantsConsole = withConsole && !isConsoleBuilt(project);
  if (wantsServer || wantsConsole) tell('Building Tocsin, as after every update. This takes up to a minute …');
  if (wantsServer) {
    run('build');
    writeFileSync(join(project, stamp), stampOf(project, wanted) ?? '');
  }
  if (wantsConsole) run('build:console');
}

/** Undefined where nothing was ever compiled. */
function stampOf(project: string, inputs: string): string | undefined {
  const note = join(project, compilersNote);
  return existsSync(note) ? `${inputs} ${statSync(note).mtimeMs}` : undefined;
}

function readStamp(project: string): string {
  return existsSync(join(project, stamp)) ? readFileSync(join(project, stamp), 'utf8') : '';
}

if (import.meta.main) {
  const project = join(import.meta.dirname, '../..');
  buildChanged({
    project,
    withConsole: process.argv.includes('--console'),
    // What is built says nothing on standard output: that is the command's, which may print JSON.
    run: (script) => void execSync(`npm run -s ${script}`, { cwd: project, stdio: ['ignore', 2, 2] }),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
}
