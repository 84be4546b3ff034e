import { describe, expect, it } from 'vitest';
import { listFiles, read } from '../../support/source-files.ts';

/** Properties that mean a side of the screen and not of the text. */
const sided =
  /^(?:left|right|top|bottom|(?:min-|max-)?(?:width|height)|(?:margin|padding|border|scroll-(?:margin|padding))-(?:left|right|top|bottom)\b.*|border-(?:top|bottom)-(?:left|right)-radius)$/;
const sidedValue =
  /^(?:text-align|float|clear|justify-\w+|transform-origin|background-position)\s*:.*\b(?:left|right)\b/;
/** To the left or to the right by a length that does not turn with the text. */
const sidedLength = /^(?:translate|transform|box-shadow)\s*:/;

/** What is wrong with a declaration, for a page that is read from right to left. */
function faultOf(name: string, value: string): string | undefined {
  if (sided.test(name)) return 'names a side of the screen: take its logical twin, such as inset-inline-start';
  if (sidedValue.test(`${name}: ${value}`)) return 'takes start and end';
  if (/^(?:margin|padding|inset|border-width|border-color|border-style|scroll-margin|scroll-padding)$/.test(name)) {
    const [, right, , left] = value.split(/\s+(?![^(]*\))/);
    return left !== undefined && left !== right ? 'differs at its sides: say …-inline' : undefined;
  }
  if (/gradient\([^)]*(?:to (?:left|right)|90deg|270deg)/.test(value)) return 'has a gradient towards a side';
  if (!sidedLength.test(`${name}:`) || value.includes('var(--onward)')) return undefined;
  const lengths = value.replace(/^inset\s+/, '').replace(/^translateX\(/, '');
  return /^-?(?:0*[1-9]|0?\.\d|\d+\.\d)/.test(lengths) ? 'moves towards a side: multiply by --onward' : undefined;
}

/** The declarations of a style sheet, outside of comments and conditions. */
function declarations(css: string): [name: string, value: string][] {
  const bare = css.replace(/\/\*.*?\*\//gs, '').replace(/@[^{]*\{/g, '{');
  return [...bare.matchAll(/(?:^|[;{])\s*([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, name = '', value = '']) => [
    name,
    value.trim().replace(/\s+/g, ' '),
  ]);
}

const sheets = listFiles('desktop/renderer').filter((path) => path.endsWith('.css'));

describe('a style sheet of the console', () => {
  it.each([
    ['margin-left', '1px', true],
    ['margin', '0 1px 0 2px', true],
    ['margin', '0 1px 3px calc(1px + 2px)', true],
    ['padding', '0 1px 3px 1px', false],
    ['text-align', 'right', true],
    ['text-align', 'end', false],
    ['width', '3rem', true],
    ['inline-size', '3rem', false],
    ['translate', '-100%', true],
    ['translate', 'calc(-100% * var(--onward))', false],
    ['translate', '0 3px', false],
    ['box-shadow', 'inset 3px 0 0 red', true],
    ['box-shadow', '0 1px 2px black', false],
    ['background', 'linear-gradient(to right, red, blue)', true],
  ])('that says %s: %s is found to be at fault: %s', (name, value, isFaulty) => {
    expect(faultOf(name, value) !== undefined).toBe(isFaulty);
  });

  it('reads the same from right to left', () => {
    const all = sheets.flatMap((path) => declarations(read(path)).map((declaration) => [path, declaration] as const));
    expect(all.length).toBeGreaterThan(1_500);
    const faults = all.flatMap(([path, [name, value]]) => {
      const fault = faultOf(name, value);
      return fault ? [`${path}: ${name}: ${value} ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('is helped by no script that sets a side', () => {
    const scripts = listFiles('desktop/renderer').filter((path) => /\.tsx?$/.test(path));
    const set = scripts.flatMap((path) =>
      [...read(path).matchAll(/setProperty\('([\w-]+)'|\bstyle\.(\w+) =/g)].map(([, one, other]) => one ?? other ?? ''),
    );
    expect(set.filter((name) => sided.test(name))).toEqual([]);
  });
});
