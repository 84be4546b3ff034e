import { isSafePattern } from 'redos-detector';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from './support/source-files.ts';

interface Literal {
  readonly path: string;
  readonly pattern: string;
  readonly flags: string;
}

/** What the checker takes for slow and is not, with the reason. */
const judged: Readonly<Record<string, string>> = {
  '(\\/\\/[^\\s:/@"]*):[^\\s@/"]+@': 'no match reaches beyond the next slash, so no text is read twice',
};

/** Backtracks that the worst text may cost, and milliseconds to find it in. */
const mostBacktracks = 200;
const patience = 20_000;

/** Every regular expression literal of a file, by its syntax tree. */
function literalsOf({ path, text }: SourceFile): Literal[] {
  const found: Literal[] = [];
  JSON.stringify(parseSync(path, text).program, (_, node: unknown) => {
    const regex = Object(node).regex as { pattern: string; flags: string } | undefined;
    if (Object(node).type === 'Literal' && regex) found.push({ path, ...regex });
    return typeof node === 'bigint' ? String(node) : node;
  });
  return found;
}

function isSlow({ pattern, flags }: Pick<Literal, 'pattern' | 'flags'>): boolean {
  // A sticky expression starts at one place, as an anchored one does.
  const verdict = isSafePattern(flags.includes('y') ? `^(?:${pattern})` : pattern, {
    caseInsensitive: flags.includes('i'),
    unicode: flags.includes('u'),
    dotAll: flags.includes('s'),
    multiLine: flags.includes('m'),
    maxScore: mostBacktracks,
    timeout: patience,
    downgradePattern: true,
  });
  return !verdict.safe;
}

const sources = readSources().filter(({ path }) => /^(?:server|rest-compat|schema)\//.test(path));
const literals = sources.flatMap(literalsOf);

describe('the regular expressions that meet what strangers send', () => {
  it('are all literals, which this test can see', () => {
    const made = sources.filter(({ text }) => /\bRegExp\s*\(/.test(text));
    expect(made.map(({ path }) => path)).toEqual([]);
    expect(literals.length).toBeGreaterThan(50);
  });

  it('take a time that grows with the text alone', () => {
    const slow = literals.filter((literal) => !(literal.pattern in judged) && isSlow(literal));
    expect(slow).toEqual([]);
  }, 90_000);

  it('that are judged by hand are still there, and still need it', () => {
    const patterns = new Set(literals.map(({ pattern }) => pattern));
    for (const pattern of Object.keys(judged)) {
      expect(patterns).toContain(pattern);
      expect(isSlow({ pattern, flags: '' })).toBe(true);
    }
  });

  it.each(['^(a+)+$', '(\\w+\\s?)*$', '\\s+$', '.*x.*y'])('would be found slow if they were like %s', (pattern) => {
    expect(isSlow({ pattern, flags: '' })).toBe(true);
  });
});
