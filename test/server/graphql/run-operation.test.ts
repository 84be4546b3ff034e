import fc from 'fast-check';
import { buildSchema, type ExecutionArgs, execute, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { runOperation } from '../../../server/graphql/run-operation.ts';

const schema = buildSchema(`
  enum Colour { RED GREEN }
  interface Named { name: String }
  type Thing implements Named { id: ID! name: String sure: String! count: Int colour: Colour next: Thing mustNext: Thing! many: [Thing!]! some: [Thing] named: [Named!] }
  type Other implements Named { name: String extra: Int! }
  type Query { thing(id: ID = "one", deep: [Int!]): Thing must: Thing! many: [Thing!] named: [Named] echo(text: String!, times: Int = 2): String }
  type Mutation { first: Int second: Int! third: Int }
`);

/** Both executors on the same request; errors as clients see them. */
async function both(document: string, rest: Omit<ExecutionArgs, 'schema' | 'document'>) {
  const args = { schema, document: parse(document), ...rest };
  const [ours, theirs] = [await runOperation(args), await execute(args)];
  return { ours: JSON.parse(JSON.stringify(ours)), theirs: JSON.parse(JSON.stringify(theirs)), args };
}

const whole = `
  query ($with: Boolean = true, $without: Boolean = false, $id: ID) {
    thing(id: $id) { ...Parts next { id ...Parts } id, kind: __typename }
    must { ...Parts mustNext { sure many { sure } } }
    many { id some { id sure } named { __typename name ... on Other { extra } ... on Thing { colour } } }
    many { count @include(if: $with) sure @skip(if: $with) }
    named { name ... on Other @skip(if: $without) { extra } ... on Thing { sure } }
    __typename
  }
  fragment Parts on Thing { __proto__: name count colour many { id mustNext { id } } }
`;

type Tree = Readonly<Record<string, unknown>>;
const failing = fc.string({ maxLength: 5 }).map((text) => new Error(text));

/**
 * What resolvers find. It is either all there at once or all to come: graphql-js drops what is still to come where an error is thrown
 * beside it, and Node would tell of that.
 */
function rootOf(isLater: boolean): fc.Arbitrary<Tree> {
  /** Mostly what belongs there; else nothing, an error, or what its type cannot be. */
  const told = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc
      .oneof(
        { weight: 12, arbitrary: right },
        { weight: 1, arbitrary: fc.constantFrom(null, undefined, Symbol.for('none')) },
        { weight: 1, arbitrary: failing },
      )
      .map((value) => (isLater ? later(value) : value));
  const { thing } = fc.letrec<{ thing: Tree; named: Tree }>((tie) => {
    const inner = fc.oneof({ depthSize: 'small', maxDepth: 3 }, fc.constant(null), tie('thing'));
    const list = (of: fc.Arbitrary<unknown>) => told(fc.array(told(of), { maxLength: 3 }));
    return {
      thing: fc.record({
        __typename: fc.constant('Thing'),
        id: told(fc.nat()),
        name: told(fc.string()),
        sure: told(fc.string()),
        count: told(fc.integer({ min: -3_000_000_000, max: 3_000_000_000 })),
        colour: told(fc.constantFrom('RED', 'GREEN', 'BLUE')),
        next: told(inner),
        mustNext: told(inner),
        many: list(inner),
        some: list(inner),
        named: list(tie('named')),
      }),
      named: fc.oneof(
        { maxDepth: 3 },
        fc.record({ __typename: fc.constant('Other'), extra: told(fc.nat()) }),
        tie('thing'),
      ),
    };
  });
  const things = told(fc.array(told(thing), { maxLength: 3 }));
  return fc.record({ thing: told(thing), must: told(thing), many: things, named: things });
}

/** A promise that is only made when somebody waits for it: both executors get one of their own. */
function later(value: unknown) {
  const made = async () => {
    if (value instanceof Error) throw value;
    return value;
  };
  // biome-ignore lint/suspicious/noThenProperty: it is one
  return { then: (...handlers: Parameters<Promise<unknown>['then']>) => made().then(...handlers) };
}

describe('an operation', () => {
  it.each([false, true])(
    'has the data and errors that graphql-js makes of it, whatever fails; later: %s',
    async (isLater) => {
      const given = fc.dictionary(fc.constantFrom('with', 'without'), fc.boolean());
      await fc.assert(
        fc.asyncProperty(rootOf(isLater), given, async (rootValue, variableValues) => {
          const { ours, theirs } = await both(whole, { rootValue, variableValues });
          expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
          expect(Boolean(ours.errors)).toBe(Boolean(theirs.errors));
          // Where an error takes what has others in it, the two may tell of another one of them.
          if (theirs.errors?.length === 1) expect(ours.errors).toEqual(theirs.errors);
        }),
        { numRuns: 100 },
      );
    },
  );

  it.each([
    ['{ echo }', {}],
    [
      '{ echo(text: "a") }',
      { rootValue: { echo: ({ text, times }: { text: string; times: number }) => text.repeat(times) } },
    ],
    ['query ($t: String!) { echo(text: $t) }', {}],
    ['query ($t: String!) { echo(text: $t) }', { variableValues: { t: 5 } }],
    ['query ($t: String) { echo(text: $t) thing { id } }', { rootValue: { thing: { id: 1 } } }],
    ['query A { __typename } query B { __typename }', {}],
    ['query A { __typename } query B { b: __typename }', { operationName: 'B' }],
    ['query A { __typename }', { operationName: 'C' }],
    ['{ thing { many { id } } }', { rootValue: { thing: { many: 'none' } } }],
    ['{ thing { named { name } } }', { rootValue: { thing: { named: [{ name: 'of no type' }] } } }],
    [getIntrospectionQuery(), {}],
  ])('%.60s has the result that graphql-js has, errors and all', async (document, rest) => {
    const { ours, theirs } = await both(document, rest);
    const said = (result: { errors?: { message: string }[] }) =>
      document.includes('named') ? { ...result, errors: result.errors?.length } : result;
    expect(said(ours)).toEqual(said(theirs));
  });

  it('that changes something does one thing after the other, and nothing after an error that takes all', async () => {
    const log: string[] = [];
    const step = (name: string, fault?: Error) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (fault) throw fault;
      return 1;
    };
    const document = parse('mutation { first second third }');
    const rootValue = { first: step('first'), second: step('second', new Error('no')), third: step('third') };
    const result = await runOperation({ schema, document, rootValue });
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      data: null,
      errors: [{ message: 'no', path: ['second'] }],
    });
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
