import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Rendering, renderInput, renderSelection } from './render-types.ts';

/** What is made of the `.graphql` files: TypeScript by file name, and the text of every operation by its SHA-256. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly persisted: Readonly<Record<string, string>>;
}

const heading = '// Made by `npm run codegen`; edits are lost.\n';

/** Types and documents of all operations, checked against the schema; `sources` holds texts by file name. Throws on what does not fit. */
export function generate(schemaText: string, sources: ReadonlyMap<string, string>): Generated {
  const schema = buildSchema(schemaText);
  const documents = new Map([...sources].map(([name, text]) => [name, parse(text)]));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const [file, { definitions }] of documents) {
    for (const node of definitions) {
      if (node.kind !== Kind.FRAGMENT_DEFINITION) continue;
      const { value: name } = node.name;
      if (fragments.has(name)) throw new Error(`${file}: every fragment needs a name of its own: "${name}"`);
      fragments.set(name, node);
    }
  }
  const files = new Map<string, string>();
  const persisted: Record<string, string> = {};
  const named = new Set<string>();
  const names = new Set<string>();
  for (const [file, document] of documents) {
    const rendering = { schema, fragments, named: new Set<string>() };
    const blocks = document.definitions.flatMap((node) => {
      if (node.kind === Kind.FRAGMENT_DEFINITION) return [renderFragment(rendering, node)];
      if (node.kind !== Kind.OPERATION_DEFINITION) return [];
      const name = node.name?.value ?? '';
      if (name === '' || names.has(name))
        throw new Error(`${file}: every operation needs a name of its own: "${name}"`);
      names.add(name);
      const text = fullText(schema, node, fragments, file);
      const hash = createHash('sha256').update(text).digest('hex');
      persisted[hash] = text;
      return [renderOperation(rendering, node, text, hash)];
    });
    for (const name of rendering.named) named.add(name);
    const imports = [...rendering.named].sort().join(', ');
    const head = `${heading}import { operation } from '../data/operation.ts';\n`;
    const types = imports && `import type { ${imports} } from './schema.ts';\n`;
    files.set(`${basename(file, '.graphql')}.ts`, `${head}${types}\n${blocks.join('\n')}`);
  }
  files.set('schema.ts', renderNamed({ schema, fragments, named }));
  return { files, persisted };
}

/** The operation with its fragments as it is sent: `__typename` in every selection, by which the cache knows what a change touches. */
function fullText(
  schema: GraphQLSchema,
  node: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  file: string,
): string {
  const used = new Map<string, FragmentDefinitionNode>();
  const find = (from: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(from, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        find(fragment);
      },
    });
  };
  find(node);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [node, ...used.values()] };
  const errors = validate(schema, document);
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join('\n')}`);
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  const withNames = visit(document, {
    SelectionSet(set, _key, parent) {
      const isRoot = parent !== undefined && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const isThere = set.selections.some((each) => each.kind === Kind.FIELD && each.name.value === '__typename');
      return isRoot || isThere
        ? undefined
        : ({ ...set, selections: [typename, ...set.selections] } as SelectionSetNode);
    },
  });
  return print(withNames);
}

/** The types that an answer may hold, also where it holds none of them now: an empty list is about something too. */
function typesIn(schema: GraphQLSchema, text: string): string[] {
  const info = new TypeInfo(schema);
  const found = new Set<string>();
  const note = (): void => {
    const type = getNamedType(info.getType());
    if (isObjectType(type) && !isRootType(schema, type)) found.add(type.name);
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) found.add(each.name);
  };
  visit(parse(text), visitWithTypeInfo(info, { Field: note }));
  return [...found].sort();
}

function isRootType(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);
}

function renderFragment(rendering: Rendering, node: FragmentDefinitionNode): string {
  const type = rendering.schema.getType(node.typeCondition.name.value);
  return `export type ${node.name.value} = ${renderSelection(rendering, type as never, node.selectionSet)};\n`;
}

function renderOperation(rendering: Rendering, node: OperationDefinitionNode, text: string, hash: string): string {
  const name = node.name?.value ?? '';
  const root = rendering.schema.getRootType(node.operation);
  if (!root) throw new Error(`The schema has no ${node.operation}`);
  const data = renderSelection(rendering, root, node.selectionSet).replace(/__typename: '\w+'; /, '');
  const variables = (node.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const found = typeFromAST(rendering.schema, type as never) as GraphQLInputType;
    const optional = !isNonNullType(found) || defaultValue ? '?' : '';
    return `${variable.name.value}${optional}: ${renderInput(rendering, found)}; `;
  });
  const types = typesIn(rendering.schema, text).map((type) => `'${type}'`);
  return [
    `export type ${name}Data = ${data};`,
    `export type ${name}Variables = { ${variables.join('')}};`,
    `export const ${name} = operation<${name}Data, ${name}Variables>('${hash}', [${types}], \`${text}\`);`,
    '',
  ].join('\n');
}

/** The enums, with their values, and the inputs that the operations refer to, and what those refer to. */
function renderNamed(rendering: Rendering): string {
  const done = new Map<string, string>();
  for (let next = true; next; ) {
    next = false;
    for (const name of rendering.named) {
      if (done.has(name)) continue;
      next = true;
      const type = rendering.schema.getType(name);
      if (isEnumType(type)) {
        const values = type.getValues().map(({ name: value }) => `'${value}'`);
        done.set(
          name,
          `export const ${name}Values = [${values.join(', ')}] as const;\nexport type ${name} = (typeof ${name}Values)[number];\n`,
        );
      } else if (isInputObjectType(type)) {
        const fields = Object.values(type.getFields()).map((field) => {
          const optional = !isNonNullType(field.type) || field.defaultValue !== undefined ? '?' : '';
          return `  readonly ${field.name}${optional}: ${renderInput(rendering, field.type)};\n`;
        });
        done.set(name, `export interface ${name} {\n${fields.join('')}}\n`);
      }
    }
  }
  return (
    heading +
    [...done]
      .sort()
      .map(([, text]) => `\n${text}`)
      .join('')
  );
}

/** Reads `schema/schema.graphql` and every `.graphql` file of the renderer, and writes `desktop/renderer/generated/`. */
export function generateInto(project: string): Generated {
  const renderer = join(project, 'desktop/renderer');
  const sources = new Map<string, string>();
  for (const path of readdirSync(renderer, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.graphql')) continue;
    const name = basename(path);
    if (sources.has(name)) throw new Error(`Two files are called ${name}`);
    sources.set(name, readFileSync(join(renderer, path), 'utf8'));
  }
  const generated = generate(readFileSync(join(project, 'schema/schema.graphql'), 'utf8'), sources);
  const folder = join(renderer, 'generated');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of generated.files) writeFileSync(join(folder, name), text);
  return generated;
}

if (import.meta.main) generateInto(join(import.meta.dirname, '../..'));
