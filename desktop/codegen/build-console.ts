import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { generateInto } from './generate.ts';

const project = join(import.meta.dirname, '../..');
const outDir = join(project, 'dist/console');
const stamp = join(outDir, '.inputs');

/** Below this a compressed copy saves nothing: the reply fits into one packet anyway. */
const worthCompressing = 1024;

/** A digest of everything that the console is made from. */
function inputs(): string {
  const hash = createHash('sha256');
  for (const folder of ['desktop/renderer', 'desktop/codegen']) {
    for (const path of readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const file = join(project, folder, path);
      if (path.startsWith('generated') || !statSync(file).isFile()) continue;
      hash.update(path).update(readFileSync(file));
    }
  }
  for (const path of ['schema/schema.graphql', 'package-lock.json', 'desktop/ipc-contract.ts']) {
    hash.update(readFileSync(join(project, path)));
  }
  return hash.digest('hex');
}

async function buildConsole(): Promise<void> {
  const wanted = inputs();
  const isGenerated = existsSync(join(project, 'desktop/renderer/generated/schema.ts'));
  if (isGenerated && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
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
  writeFileSync(stamp, wanted);
}

await buildConsole();
