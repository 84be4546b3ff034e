import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { generate } from '../../desktop/codegen/generate.ts';
import * as desktopOperations from '../../desktop/main/operations.ts';
import { listFiles, loadDialects, read, scan } from '../support/source-files.ts';

const schema = buildSchema(read('schema/schema.graphql'));

interface Operation {
  /** Where the document stands, for whoever has to mend it. */
  readonly from: string;
  readonly document: string;
}

const ofDialects: Operation[] = (await loadDialects()).flatMap(({ folder, dialect }) => [
  ...dialect.routes.map(({ method, path, operation }) => ({
    from: `${folder} ${method.toUpperCase()} ${path}`,
    document: operation,
  })),
  ...(dialect.hubs ?? []).map(({ path, subscription }) => ({ from: `${folder} hub ${path}`, document: subscription })),
]);

const startsDocument = /^\s*(?:query|mutation|subscription)\b[^;]*\{/;
const consoleFiles = listFiles('desktop/renderer');

/** The documents of the console, as they are sent. */
const ofConsole: Operation[] = Object.values(
  generate(
    read('schema/schema.graphql'),
    new Map(
      consoleFiles
        .filter((path) => path.endsWith('.graphql'))
        .map((path) => [path.split('/').at(-1) ?? '', read(path)]),
    ),
  ).persisted,
).map((document) => ({ from: `the console: ${document.split(/[({]/)[0]?.trim()}`, document }));

/** The documents of the desktop's main process. */
const ofDesktop: Operation[] = Object.entries(desktopOperations).map(([name, document]) => ({
  from: `desktop/main/operations.ts ${name}`,
  document,
}));

/** What the documentation tells a reader to send. */
const ofDocuments: Operation[] = listFiles()
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => {
    const text = read(path);
    const blocks = [...text.matchAll(/^```graphql\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
    const bodies = [...text.matchAll(/"query":\s*"((?:[^"\\]|\\.)*)"/g)].map(([, body = '']) =>
      JSON.parse(`"${body}"`),
    );
    const calls = [...text.matchAll(/\bquery\s*[:=]\s*(['`])([\s\S]*?)\1/g)].map(([, , call = '']) => call);
    return [...blocks, ...bodies, ...calls].map((document) => ({ from: path, document }));
  });

describe('an operation document', () => {
  it.each([...ofDialects, ...ofConsole, ...ofDesktop, ...ofDocuments])(
    'of $from is valid against schema.graphql',
    ({ document }) => {
      expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
    },
  );

  it.each([...ofDialects, ...ofConsole, ...ofDesktop])('of $from is one named operation', ({ document }) => {
    const [operation, ...others] = parse(document).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    expect(operation).toMatchObject({ name: { value: expect.stringMatching(/^[A-Z]/) } });
    expect(others).toEqual([]);
  });

  it('of the console stands in a .graphql file, where these tests and the persisted operations find it', () => {
    const code = consoleFiles.filter((path) => /\.tsx?$/.test(path));
    expect(code.filter((path) => scan(read(path)).strings.some((text) => startsDocument.test(text)))).toEqual([]);
  });

  it.each(['fragment Row on Query { a }', 'query Row { a }'])(
    'shares its name with no other of the console: %s',
    (text) => {
      const sources = new Map([
        ['one.graphql', text],
        ['two.graphql', text],
      ]);
      expect(() => generate('type Query { a: Int }', sources)).toThrow('two.graphql: every');
    },
  );

  it('with a field that the schema lacks is refused', () => {
    expect(validate(schema, parse('{ about { colour } }')).map(({ message }) => message)).toEqual([
      'Cannot query field "colour" on type "About".',
    ]);
  });
});

const rootTypes = ['Query', 'Mutation', 'Subscription'];

/** Types, fields, arguments, inputs and enum values that say nothing of themselves; root types have nothing to say. */
function undescribed(type: GraphQLNamedType): string[] {
  const own = rootTypes.includes(type.name) ? [] : [{ name: type.name, description: type.description }];
  if (isEnumType(type)) {
    own.push(...type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description })));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    own.push(...fields.map(({ name, description }) => ({ name: `${type.name}.${name}`, description })));
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      own.push({ name: `${type.name}.${field.name}`, description: field.description });
      own.push(
        ...field.args.map(({ name, description }) => ({ name: `${type.name}.${field.name}(${name}:)`, description })),
      );
    }
  }
  return own.filter(({ description }) => !description?.trim()).map(({ name }) => name);
}

describe('schema.graphql', () => {
  it('describes every type, field, argument and value', () => {
    const types = Object.values(schema.getTypeMap());
    const ours = types.filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));
    expect(ours.flatMap(undescribed)).toEqual([]);
  });
});
