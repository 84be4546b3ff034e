import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { consoleInputs, consoleStamp, digestOf, isConsoleBuilt } from './inputs.ts';

const project = join(import.meta.dirname, '../..');
const outDir = join(project, 'dist/console');

/** Below this a compressed copy saves nothing: the reply fits into one packet anyway. */
const worthCompressing = 1024;

async function buildConsole(): Promise<void> {
  if (isConsoleBuilt(project)) return;
  const wanted = digestOf(project, consoleInputs);
  // Loaded only now: to find out that there is nothing to do takes a tenth of the time without them.
  const [{ build }, { generateInto }] = await Promise.all([import('vite'), import('./generate.ts')]);
  const { persisted } = generateInto(project);
  const root = join(project, 'desktop/renderer');
  for (const [page, into] of [
    [root, outDir],
    [join(root, 'graphiql'), join(outDir, 'graphiql')],
  ] as const) {
    await build({ root: page, configFile: join(page, 'vite.config.ts'), logLevel: 'warn', build: { outDir: into } });
  }
  for (const path of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
    const file = join(outDir, path);
    if (!/\.(?:js|css|html|svg)$/.test(path) || statSync(file).size < worthCompressing) continue;
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    // Level 11 takes four times as long for a twentieth less.
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  writeFileSync(join(outDir, 'persisted-operations.json'), JSON.stringify(persisted));
  writeFileSync(join(project, consoleStamp), wanted);
}

await buildConsole();
