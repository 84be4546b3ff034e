import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limits, overLimit } from '../../../server/graphql/limits.ts';

const schema = buildSchema(/* GraphQL */ `
  interface Thing { name: String next: Thing }
  type Item implements Thing { name: String next: Thing tags: [Tag!]! items(first: Int = 50): ItemPage! }
  type Tag { label: String }
  type ItemEdge { node: Item! }
  type ItemPage { nodes: [Item!]! edges: [ItemEdge!]! total: Int }
  type Query { thing: Thing name: String items(first: Int = 50): ItemPage! page(pageSize: Int!): ItemPage! }
  type Mutation { rename: Item }
`);

/** What is said of an operation, once it is known to be valid; undefined where it may run. */
function refusal(query: string, variables: Record<string, unknown> = {}): string | undefined {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  return operation ? overLimit(schema, document, operation, variables)?.message : undefined;
}

const chain = (depth: number) => `${'{ next '.repeat(depth - 1)}{ name }${' }'.repeat(depth - 1)}`;
const told = (what: string, found: number, most: number) =>
  `The operation is too large: its ${what} is ${found}, at most ${most} is served`;

describe('overLimit', () => {
  it('lets an operation be 8 fields deep, and no deeper, also through fragments', () => {
    expect(limits.depth).toBe(8);
    expect(refusal(`{ thing ${chain(7)} }`)).toBeUndefined();
    expect(refusal(`{ thing ${chain(8)} }`)).toBe(told('depth', 9, 8));
    expect(refusal(`{ thing { ...A } } fragment A on Thing { next { ... on Item ${chain(6)} } }`)).toBeUndefined();
    expect(refusal(`{ thing { ...A } } fragment A on Thing { next { ... on Item ${chain(7)} } }`)).toBe(
      told('depth', 9, 8),
    );
  });

  it('does not count the edges of a connection as a level', () => {
    expect(refusal('{ items { edges { node { items { edges { node { name } } } } } } }')).toBeUndefined();
    expect(refusal(`{ items(first: 1) { edges { node ${chain(6)} } } }`)).toBeUndefined();
    expect(refusal(`{ items(first: 1) { edges { node ${chain(7)} } } }`)).toBe(told('depth', 9, 8));
  });

  it.each<[what: string, cost: number, query: string, variables?: Record<string, unknown>]>([
    ['the rows a page is asked for', 1 + 200, '{ items(first: 200) { nodes { name } } }'],
    [
      'a page inside each row of a page',
      1 + 100 * (1 + 1 + 60),
      '{ items(first: 100) { nodes { items(first: 60) { nodes { name } } } } }',
    ],
    [
      'the page that is usual where none is asked for',
      1 + 50 * (1 + 1 + 50 * (1 + 1)),
      '{ items { nodes { items { nodes { next { name } } } } } }',
    ],
    [
      'a variable',
      1 + 150 * (1 + 1 + 50),
      'query ($n: Int!) { items(first: $n) { nodes { items { nodes { name } } } } }',
      { n: 150 },
    ],
    [
      'the default of a variable',
      1 + 150 * (1 + 1 + 50),
      'query ($n: Int = 150) { items(first: $n) { nodes { items { nodes { name } } } } }',
    ],
    ['a page by its number', 1 + 3000 * 2, '{ page(pageSize: 3000) { nodes { next { name } } } }'],
    ['ten of a list that is not paged', 1 + 500 * (1 + 10), '{ items(first: 500) { nodes { tags { label } } } }'],
    [
      'both lists of a connection',
      1 + 2500 + 2500,
      '{ items(first: 2500) { nodes { name } edges { node { name } } } }',
    ],
  ])('counts %s', (_, cost, query, variables) => {
    expect(refusal(query, variables)).toBe(cost > limits.cost ? told('cost', cost, 5000) : undefined);
  });

  it('serves a cost of 5,000 and refuses one of 5,001', () => {
    expect(limits.cost).toBe(5000);
    expect(refusal('{ items(first: 4999) { nodes { name } } }')).toBeUndefined();
    expect(refusal('{ items(first: 5000) { nodes { name } } }')).toBe(told('cost', 5001, 5000));
  });

  it('serves 15 aliases and 50 directives, and refuses one more of either', () => {
    const aliases = (count: number) =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: name`).join(' ')} }`;
    const directives = (count: number) => `{ ${'name @include(if: true) '.repeat(count)} }`;
    expect(refusal(aliases(15))).toBeUndefined();
    expect(refusal(aliases(16))).toBe(told('aliases', 16, 15));
    expect(refusal(directives(50))).toBeUndefined();
    expect(refusal(directives(51))).toBe(told('directives', 51, 50));
  });

  it('measures fragments inside fragments once, however often they are spread', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on Thing { ...F${index + 1} ...F${index + 1} }`,
    );
    expect(refusal(`{ thing { ...F0 } } ${fragments.join(' ')} fragment F40 on Thing { name }`)).toBeUndefined();
  });

  it('leaves introspection, wrong variables and a missing root to those who judge them', () => {
    const fields = 'fields { type { ofType { ofType { ofType { ofType { ofType { name } } } } } } }';
    expect(refusal(`{ __schema { types { ${fields} } } }`)).toBeUndefined();
    expect(refusal('query ($n: Int!) { items(first: $n) { nodes { items { nodes { name } } } } }')).toBeUndefined();
  });
});
