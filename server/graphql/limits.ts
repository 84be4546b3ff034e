import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/**
 * What one operation of a client may ask for: enough for any screen, too little to be a burden (OWASP's GraphQL cheat sheet). An
 * operation over one of them is refused before any of its fields runs. `first` has a bound of its own, `maxPageSize`.
 */
export const limits = {
  /** Fields inside each other; the `edges` of a connection are no level. */
  depth: 8,
  /** Objects that could be answered at most, edges aside: each counts as one, under a list as often as that may be long. */
  cost: 5000,
  aliases: 15,
  directives: 50,
} as const;

/** A list that is not paged is taken to be so long, unless its field says in `extensions.atMost` that it never is. */
const usualLength = 10;

/** Why an operation asks for too much; undefined when it does not. The document has been validated. */
export function overLimit(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | undefined {
  const root = schema.getRootType(operation.operation);
  if (!root) return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // What is wrong with the variables is said when the operation is run.
  if (!coerced) return undefined;
  const { aliases, directives } = countSpelling(document);
  const { depth, cost } = new Measure(schema, document, coerced).of(operation.selectionSet, root);
  const asked = { depth, cost, aliases, directives };
  const over = (Object.keys(limits) as (keyof typeof limits)[]).find((name) => asked[name] > limits[name]);
  if (over === undefined) return undefined;
  return new GraphQLError(
    `The operation is too large: its ${over} is ${asked[over]}, at most ${limits[over]} is served`,
    {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
    },
  );
}

function countSpelling(document: DocumentNode): { aliases: number; directives: number } {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: ({ alias }) => {
      if (alias) aliases++;
    },
    Directive: () => {
      directives++;
    },
  });
  return { aliases, directives };
}

interface Size {
  readonly depth: number;
  readonly cost: number;
}

const nothing: Size = { depth: 0, cost: 0 };

/**
 * Adds up what an operation selects. A fragment is measured once for a length of list: libraries that measure it anew at every spread
 * (graphql-query-complexity) can be kept busy for ever by fragments in fragments.
 */
class Measure {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Size>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one]] : [])),
    );
  }

  of(selections: SelectionSetNode, parent: GraphQLOutputType, length?: number): Size {
    return selections.selections
      .map((selection): Size => {
        if (selection.kind === 'Field') return this.#field(selection, parent, length);
        if (selection.kind === 'InlineFragment') {
          return this.of(selection.selectionSet, this.#narrowed(selection.typeCondition?.name.value, parent), length);
        }
        return this.#fragment(selection.name.value, length);
      })
      .reduce(both, nothing);
  }

  #fragment(name: string, length: number | undefined): Size {
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    if (!fragment || !isCompositeType(type)) return nothing;
    const key = `${name} ${length}`;
    const known = this.#known.get(key) ?? this.of(fragment.selectionSet, type, length);
    this.#known.set(key, known);
    return known;
  }

  #field(node: FieldNode, parent: GraphQLOutputType, length: number | undefined): Size {
    const field = fieldOf(parent, node.name.value);
    // Introspection has limits of its own in graphql-js.
    if (!field || node.name.value.startsWith('__')) return nothing;
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return { depth: 1, cost: 0 };
    const page = this.#pageOf(field, node);
    const times = isList(field.type) ? (page ?? atMostOf(field) ?? length ?? usualLength) : 1;
    const inner = this.of(node.selectionSet, type, isList(field.type) ? undefined : page);
    // An edge is only how its node is reached.
    const own = node.name.value === 'edges' ? 0 : 1;
    return { depth: own + inner.depth, cost: times * (own + inner.cost) };
  }

  /** How many rows a paged field is asked for: the lists directly inside it are as long. */
  #pageOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number | undefined {
    const argument = field.args.find(({ name }) => name === 'first' || name === 'pageSize');
    if (!argument) return undefined;
    const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    const asked =
      value?.kind === 'IntValue'
        ? Number(value.value)
        : value?.kind === 'Variable'
          ? (this.#variables[value.name.value] ?? argument.defaultValue)
          : argument.defaultValue;
    return typeof asked === 'number' && asked > 0 ? asked : usualLength;
  }

  #narrowed(name: string | undefined, parent: GraphQLOutputType): GraphQLOutputType {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : parent;
  }
}

function fieldOf(parent: GraphQLOutputType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function atMostOf({ extensions }: GraphQLField<unknown, unknown>): number | undefined {
  const { atMost } = extensions;
  return typeof atMost === 'number' ? atMost : undefined;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function both(one: Size, other: Size): Size {
  return { depth: Math.max(one.depth, other.depth), cost: one.cost + other.cost };
}
