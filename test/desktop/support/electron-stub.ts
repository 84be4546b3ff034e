import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = 8;

/** Writes what electron-builder needs of an Electron distribution: names, and a binary with a fuse wire, everything on. */
export function writeElectronStub(folder: string): void {
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '');
  const wire = Buffer.from([1, fuses]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from(sentinel), wire, Buffer.from('1'.repeat(fuses))]));
}

/** The state of each fuse of a packaged binary, in Electron's order: `1` on, `0` off. */
export function readFuses(binary: string): string {
  const bytes = readFileSync(binary);
  const start = bytes.indexOf(sentinel) + sentinel.length + 2;
  return bytes.toString('latin1', start, start + fuses);
}

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
}

/** The paths of all files in an asar archive. */
export function listAsar(archive: string): string[] {
  const bytes = readFileSync(archive);
  const header: AsarEntry = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  const walk = (entry: AsarEntry, path: string): string[] =>
    entry.files ? Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, `${path}/${name}`)) : [path];
  return walk(header, '').sort();
}
