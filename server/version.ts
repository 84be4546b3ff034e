import { readFileSync } from 'node:fs';

/** Found beside the sources as well as, one folder further up, from the compiled files. */
function readVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      if (name === 'tocsin') return version;
    } catch {
      // The next place.
    }
  }
  return 'unknown';
}

/** The version of Tocsin, as package.json has it. */
export const version = readVersion();
