import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonKind, readJsonChildren, readJsonMembers } from '../../../rest-compat/kernel/json-members.ts';

const bounds = { maxEntries: 100, maxDepth: 64 };
const noPause = () => undefined;
const read = (text: string) => readJsonMembers(text, bounds, noPause);

describe('readJsonMembers', () => {
  it('keeps each value exactly as it was written', async () => {
    const text = ' {"a" : 1.50,\n"b\\n":{ "c" : [1 ,2] } , "d":"x,\\"}" ,"":null}\r\n';
    expect([...(await read(text))]).toEqual([
      ['a', '1.50'],
      ['b\n', '{ "c" : [1 ,2] }'],
      ['d', '"x,\\"}"'],
      ['', 'null'],
    ]);
    expect(await read('{ }')).toEqual(new Map());
  });

  it('reads every object as JSON.parse does', async () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 20 });
    await fc.assert(
      fc.asyncProperty(object, fc.constantFrom(undefined, 1, '\t'), async (value, space) => {
        const members = await read(JSON.stringify(value, null, space));
        const parsed = [...members].map(([name, text]) => [name, JSON.parse(text)]);
        expect(parsed).toEqual(Object.entries(JSON.parse(JSON.stringify(value))).sort(byOrderIn([...members.keys()])));
      }),
    );
  });

  it('takes the last of members with one name', async () => {
    expect([...(await read('{"a":1,"b":2,"\\u0061":3}'))]).toEqual([
      ['a', '3'],
      ['b', '2'],
    ]);
  });

  it.each(['{"a"}', '{"a" 1}', '{a:1}', '{,}', '{"a":1,}', '{1:2}', '{"\\x":1}', '{"a":1]', '{"a":1}x', '{', '{"a'])(
    'refuses %s',
    async (text) => {
      await expect(read(text)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  it('refuses what is too deep, and too many members', async () => {
    await expect(read(`{"a":${'['.repeat(64)}`)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const many = Array.from({ length: 101 }, (_, index) => `"${index}":0`);
    await expect(read(`{${many}}`)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('lets other work have its turn on a long text', async () => {
    let turns = 0;
    await readJsonMembers(`{"a":"${'x '.repeat(100_000)}","b":[${'1,'.repeat(100_000)}1]}`, bounds, async () => {
      turns++;
    });
    expect(turns).toBeGreaterThan(2);
  });
});

describe('readJsonChildren', () => {
  it.each([
    ['[1 , {"a":2}]', ['1', '{"a":2}']],
    ['{"a": [1] ,"b":2}', ['[1]', '2']],
    ['[]', []],
  ])('of %s are %j', async (text, children) => {
    expect(await readJsonChildren(text, bounds, noPause)).toEqual(children);
  });
});

describe('jsonKind', () => {
  it.each([
    [' [', 'array'],
    ['\n{', 'object'],
    ['"["', 'scalar'],
    ['', 'scalar'],
    ['\ufeff{', 'scalar'],
  ])('of %j is %s', (text, kind) => {
    expect(jsonKind(text)).toBe(kind);
  });
});

/** JavaScript puts names that are numbers first: both sides in the order of the text. */
function byOrderIn(names: readonly string[]) {
  return ([a]: [string, unknown], [b]: [string, unknown]) => names.indexOf(a) - names.indexOf(b);
}
