#!/usr/bin/env node
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  // Told before anything native loads: on an older Node that would crash without a word.
  process.stderr.write(
    `Tocsin needs Node 22.17 or newer, and this is ${process.versions.node}. Run it with: npm run -s tocsin --\n`,
  );
  process.exit(1);
}
// Halves the time of the second start.
module.enableCompileCache();
const { runCommand } = await import('./command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
