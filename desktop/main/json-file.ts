import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The value that a JSON file holds; undefined when there is none. What cannot be read as JSON is moved aside as `.damaged`, so
 * that the next write does not destroy it.
 */
export function readJsonFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    renameSync(file, `${file}.damaged`);
    return undefined;
  }
}

/** The same where it matters little: false when it could not be written, as in a folder that is read-only. */
export function tryWriteJsonFile(file: string, value: unknown): boolean {
  try {
    writeJsonFile(file, value);
    return true;
  } catch {
    return false;
  }
}

/** Writes a JSON file, its owner's alone, as a whole or not at all: a crash leaves the old one or the new one. */
export function writeJsonFile(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(value, undefined, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}
