import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What something is built from, by paths within the project. */
export interface Inputs {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * A digest of names and content of all that a build reads. Not of times: an update that is unpacked brings those of the day it was
 * made, which may be before the last build here.
 */
export function digestOf(project: string, { folders, files }: Inputs): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const path of readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const file = join(project, folder, path);
      if (path.startsWith('generated') || !statSync(file).isFile()) continue;
      hash.update(path).update(readFileSync(file));
    }
  }
  for (const path of files) hash.update(readFileSync(join(project, path)));
  return hash.digest('hex');
}

/** The console's. */
export const consoleInputs: Inputs = {
  folders: ['desktop/renderer', 'desktop/codegen'],
  files: ['schema/schema.graphql', 'package-lock.json', 'desktop/ipc-contract.ts'],
};

/** Where the console's build notes what it was made from. */
export const consoleStamp = 'dist/console/.inputs';

/** Whether the console is there as its sources say. */
export function isConsoleBuilt(project: string): boolean {
  const stamp = join(project, consoleStamp);
  if (!existsSync(stamp) || !existsSync(join(project, 'desktop/renderer/generated/schema.ts'))) return false;
  return readFileSync(stamp, 'utf8') === digestOf(project, consoleInputs);
}
