import {
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  type SelectionSetNode,
} from 'graphql';

/** How a scalar of the schema arrives as JSON. */
const scalars: Readonly<Record<string, string>> = {
  ID: 'string',
  String: 'string',
  DateTime: 'string',
  Int: 'number',
  Float: 'number',
  SafeInt: 'number',
  BigInt: 'number | string',
  Boolean: 'boolean',
  JSON: 'unknown',
  JSONObject: 'Record<string, unknown>',
};

/** What writing the type of an operation needs, and what it finds on the way: the named types that it refers to. */
export interface Rendering {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly named: Set<string>;
}

/** The TypeScript type of what a selection on a type answers. */
export function renderSelection(rendering: Rendering, type: GraphQLCompositeType, selection: SelectionSetNode): string {
  const concrete = isAbstractType(type) ? rendering.schema.getPossibleTypes(type) : [type as GraphQLObjectType];
  const byShape = new Map<string, string[]>();
  for (const one of concrete) {
    const shape = renderObject(rendering, one, selection);
    byShape.set(shape, [...(byShape.get(shape) ?? []), one.name]);
  }
  return [...byShape]
    .map(([shape, names]) => `{ __typename: ${names.map((name) => `'${name}'`).join(' | ')}; ${shape}}`)
    .join(' | ');
}

function renderObject(rendering: Rendering, type: GraphQLObjectType, selection: SelectionSetNode): string {
  const fields = new Map<string, SelectionSetNode[]>();
  const types = new Map<string, GraphQLOutputType>();
  const sure = new Set<string>();
  collect(rendering, type, selection, { fields, types, sure });
  return [...fields]
    .map(([name, selections]) => {
      const merged = { kind: 'SelectionSet', selections: selections.flatMap((each) => each.selections) } as const;
      return `${name}${sure.has(name) ? '' : '?'}: ${renderOutput(rendering, types.get(name) as GraphQLOutputType, merged as SelectionSetNode)}; `;
    })
    .join('');
}

/** The fields of a selection by the name that they have in the answer. */
interface Found {
  readonly fields: Map<string, SelectionSetNode[]>;
  readonly types: Map<string, GraphQLOutputType>;
  /** Those that are in every answer. */
  readonly sure: Set<string>;
}

function collect(rendering: Rendering, type: GraphQLObjectType, selection: SelectionSetNode, found: Found): void {
  const { fields, types, sure } = found;
  for (const node of selection.selections) {
    if (node.kind === 'Field') {
      if (node.name.value === '__typename') continue;
      const key = node.alias?.value ?? node.name.value;
      const field = type.getFields()[node.name.value];
      if (!field) throw new Error(`${type.name} has no field ${node.name.value}`);
      types.set(key, field.type);
      // With `@include` or `@skip` it may be missing from the answer.
      if (!node.directives?.length) sure.add(key);
      fields.set(key, [...(fields.get(key) ?? []), ...(node.selectionSet ? [node.selectionSet] : [])]);
      continue;
    }
    const fragment = node.kind === 'FragmentSpread' ? rendering.fragments.get(node.name.value) : node;
    if (!fragment) throw new Error('There is a fragment that nobody defines');
    const on = fragment.typeCondition?.name.value ?? type.name;
    const condition = rendering.schema.getType(on);
    const applies = on === type.name || (isAbstractType(condition) && rendering.schema.isSubType(condition, type));
    if (applies) collect(rendering, type, fragment.selectionSet, found);
  }
}

function renderOutput(rendering: Rendering, type: GraphQLOutputType, selection: SelectionSetNode): string {
  if (isNonNullType(type)) return renderNonNull(rendering, type.ofType, selection);
  return `${renderNonNull(rendering, type, selection)} | null`;
}

function renderNonNull(rendering: Rendering, type: GraphQLOutputType, selection: SelectionSetNode): string {
  if (isListType(type)) return `readonly (${renderOutput(rendering, type.ofType, selection)})[]`;
  if (isCompositeType(type)) return `(${renderSelection(rendering, type, selection)})`;
  return renderLeaf(rendering, type);
}

function renderLeaf(rendering: Rendering, type: GraphQLOutputType | GraphQLInputType): string {
  if (isEnumType(type)) {
    rendering.named.add(type.name);
    return type.name;
  }
  const scalar = isScalarType(type) ? scalars[type.name] : undefined;
  if (scalar === undefined) throw new Error(`desktop/codegen does not know how ${String(type)} arrives as JSON`);
  return scalar;
}

/** The TypeScript type of a variable or of a field of an input; what may be null may be left out. */
export function renderInput(rendering: Rendering, type: GraphQLInputType): string {
  if (!isNonNullType(type)) return `${renderInputNonNull(rendering, type)} | null`;
  return renderInputNonNull(rendering, type.ofType);
}

function renderInputNonNull(rendering: Rendering, type: GraphQLInputType): string {
  if (isListType(type)) return `readonly (${renderInput(rendering, type.ofType)})[]`;
  if (!isScalarType(type) && !isEnumType(type) && 'name' in type) {
    rendering.named.add(type.name);
    return type.name;
  }
  return renderLeaf(rendering, type);
}
