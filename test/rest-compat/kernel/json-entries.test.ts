import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonEntries, readJsonEntriesInSlices } from '../../../rest-compat/kernel/json-entries.ts';
import { RequestFailure } from '../../../rest-compat/kernel/route.ts';

const bounds = { maxEntries: 10_000, maxDepth: 64 };

/** What JSON.parse makes of a body, put into this reader's terms: its entries, or undefined where it refuses it. */
function parsed(body: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (Array.isArray(value)) return value;
    return typeof value === 'object' && value !== null ? [value] : undefined;
  } catch {
    return undefined;
  }
}

function read(body: string): unknown[] | undefined {
  try {
    return readJsonEntries(body, bounds).values;
  } catch (error) {
    expect(error).toBeInstanceOf(RequestFailure);
    return undefined;
  }
}

function refusal(body: string, limits = bounds): unknown {
  try {
    return readJsonEntries(body, limits);
  } catch (error) {
    return error instanceof RequestFailure ? `${error.code}: ${error.message}` : error;
  }
}

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const json = fc.json({ maxDepth: 4, stringUnit: 'binary' });
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const body = fc.oneof(
  json,
  fc
    .tuple(space, fc.array(fc.tuple(space, json, space).map((parts) => parts.join(''))), space)
    .map(([before, entries, after]) => `${before}[${entries.join(',')}]${after}`),
);
/** Bodies with one thing wrong: a piece cut out, doubled, or put in. */
const broken = fc
  .tuple(
    body,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', ',', '[', ']', '{', '}', '"', '\\', ' ', '\0', '\ufeff', '1'),
  )
  .map(([text, at, length, piece]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece + text.slice(from + length);
  });
/** Text of JSON's own signs, in any order. */
const noise = fc
  .array(
    fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', ' ', '\n', '1', '-', 'e', 'null', '"a":', '\\u00', 'é'),
  )
  .map((parts) => parts.join(''));

describe('readJsonEntries', () => {
  it('accepts exactly the objects and arrays that JSON.parse accepts', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          body,
          broken,
          noise,
          noise.map((text) => `[${text}]`),
        ),
        (text) => {
          expect(read(text)).toEqual(parsed(text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('keeps the exact text of each entry', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(space, json, space)), (entries) => {
        const text = `[${entries.map((parts) => parts.join('')).join(',')}]`;
        expect(readJsonEntries(text, bounds).texts).toEqual(entries.map(([, value]) => value.trim()));
      }),
    );
  });

  it('keeps numbers, spaces and repeated keys as they were written', () => {
    const entry = '{ "n" : 9007199254740992000.0000001, "x":1.0,  "y":1E400, "a":1,"a":2 }';
    expect(readJsonEntries(` [ ${entry} ,\t-0 ]\n`, bounds)).toEqual({
      values: [{ n: 2 ** 53 * 1000, x: 1, y: Infinity, a: 2 }, -0],
      texts: [entry, '-0'],
      single: false,
    });
  });

  it('says of one object that it came alone', () => {
    expect(readJsonEntries(' {"a":[1,{"b":"},{"}]}\r\n', bounds)).toEqual({
      values: [{ a: [1, { b: '},{' }] }],
      texts: ['{"a":[1,{"b":"},{"}]}'],
      single: true,
    });
  });

  it.each(['[]', ' [ ] ', '[\n\t]'])('finds no entry in %j', (text) => {
    expect(readJsonEntries(text, bounds)).toEqual({ values: [], texts: [], single: false });
  });

  it.each([
    ['["a\\"],["]', ['a"],[']],
    ['["\\\\","\\\\\\"",""]', ['\\', '\\"', '']],
    ['["\\u0022,\\u005d"]', ['",]']],
    ['[{"\\"":"\\\\"},2]', [{ '"': '\\' }, 2]],
  ])('finds the end of the strings in %j', (text, values) => {
    expect(readJsonEntries(text, bounds).values).toEqual(values);
  });

  it.each([
    '',
    ' ',
    '\n\t \r',
    '\0',
    '\ufeff{}',
    '\ufeff[]',
    '\u00a0[]',
    '[1,]',
    '[,]',
    '[,1]',
    '[1,,2]',
    '[1 2]',
    '{}{}',
    '{},{}',
    '[]x',
    '[]]',
    '[][]',
    '{}]',
    '[}',
    '{]',
    '[{]}',
    '[[}]',
    '["a]',
    '["a\\"]',
    '["a\\',
    '["',
    '[',
    '{',
    '{"a":',
    '{"a":1,}',
    "['a']",
    '[01]',
    '[+1]',
    '[NaN]',
    '[1.]',
    '[.5]',
    '["\t"]',
    '["\\x"]',
    '["\\u12"]',
    '[1]\0',
    '[\0]',
    '{"a":1]',
    '// x\n[]',
    '[tru]',
    '[undefined]',
    '[]\u00a0',
    'x[]',
  ])('refuses %j', (text) => {
    expect(refusal(text)).toMatch(/^BAD_USER_INPUT: The body /);
  });

  it.each(['"text"', '1', 'null', 'true', '-1.5e3'])(
    'refuses %s, which is JSON but neither an object nor an array',
    (text) => {
      expect(refusal(text)).toBe('BAD_USER_INPUT: The body must be JSON: one object, or an array');
    },
  );

  it('takes 64 levels of nesting, the outer array counted, and refuses 65', () => {
    expect(readJsonEntries(nested(64), bounds).texts).toEqual([nested(63)]);
    expect(refusal(nested(65))).toBe('BAD_USER_INPUT: The body is nested deeper than 64 levels');
    expect(refusal(`{"a":${nested(64)}}`)).toBe('BAD_USER_INPUT: The body is nested deeper than 64 levels');
  });

  it.each(['[', '{"a":', '[{"":'])('refuses %j two hundred thousand times over', (opening) => {
    expect(refusal(opening.repeat(200_000))).toBe('BAD_USER_INPUT: The body is nested deeper than 64 levels');
  });

  it('takes as many entries as allowed and refuses one more before it parses any', () => {
    const few = { maxEntries: 3, maxDepth: 64 };
    expect(readJsonEntries('[1,2,3]', few).values).toEqual([1, 2, 3]);
    expect(refusal('[?,?,?,?]', few)).toBe('TOO_LARGE: The body holds more than 3 entries');
  });

  it('names the entry that is not JSON', () => {
    expect(refusal('[{},{},{"a":tru}]')).toBe('BAD_USER_INPUT: The body is not valid JSON (entry 2, counted from 0)');
  });

  it('reads hostile text in linear time', () => {
    const quotes = '\\"'.repeat(500_000);
    const slashes = '\\\\'.repeat(500_000);
    for (const text of [
      `["${quotes}"]`,
      `["${slashes}"]`,
      `["${slashes}`,
      `[${'"\\""'.repeat(250_000)}`,
      `[${' '.repeat(1e6)}]`,
    ]) {
      const start = performance.now();
      read(text);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});

describe('readJsonEntriesInSlices', () => {
  const entry = JSON.stringify({ text: 'x"],['.repeat(100), deep: [[[1]]] });
  const long = `[${Array.from({ length: 2000 }, (_, index) => `{"n":${index},"e":${entry}}`).join(' , ')}]`;

  it('reads a long body as readJsonEntries does', async () => {
    expect(await readJsonEntriesInSlices(long, bounds)).toEqual(readJsonEntries(long, bounds));
  });

  it('refuses a long body that is cut anywhere', async () => {
    for (const end of [long.length - 1, long.length - 2, 300_000, 524_288]) {
      await expect(readJsonEntriesInSlices(long.slice(0, end), bounds)).rejects.toThrow(/^The body is not valid JSON/);
    }
  });

  it('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const count = () => void setImmediate(() => ++turns && !done && count());
    let done = false;
    count();
    await readJsonEntriesInSlices(long, bounds);
    done = true;
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(6);
  });

  it('reads a small body without waiting for a turn', async () => {
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    await readJsonEntriesInSlices('[1]', bounds);
    expect(turned).toBe(false);
  });
});
