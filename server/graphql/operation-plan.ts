import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
} from 'graphql';

/** A field as it is asked for of every object of a type at one place of an operation. */
export interface PlannedField {
  readonly name: string;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Where the document asks for it: more than once, where selections overlap. */
  readonly nodes: readonly FieldNode[];
  /** Its arguments, or what is wrong with them: they hang on variables alone, so they are the same for every object. */
  readonly args: Readonly<Record<string, unknown>> | GraphQLError;
  /** The same for every object too, so that it knows no `path`. */
  readonly info: GraphQLResolveInfo;
  /** What is asked for of the objects that it leads to, by their type. */
  readonly selected: Map<GraphQLObjectType, readonly PlannedField[]>;
}

/** Works out once for an operation and its variables what graphql-js works out anew for every object. */
export class OperationPlan {
  readonly schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly #variables: Record<string, unknown>;
  readonly #rootValue: unknown;

  constructor(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Readonly<Record<string, FragmentDefinitionNode>>,
    variables: Record<string, unknown>,
    rootValue: unknown,
  ) {
    this.schema = schema;
    this.#operation = operation;
    this.#fragments = fragments;
    this.#variables = variables;
    this.#rootValue = rootValue;
  }

  root(type: GraphQLObjectType): readonly PlannedField[] {
    return this.#plan(type, [this.#operation.selectionSet]);
  }

  /** What is asked for of an object that a field leads to. */
  fieldsOf(field: PlannedField, type: GraphQLObjectType): readonly PlannedField[] {
    let planned = field.selected.get(type);
    if (!planned) {
      planned = this.#plan(
        type,
        field.nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
      );
      field.selected.set(type, planned);
    }
    return planned;
  }

  #plan(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): readonly PlannedField[] {
    const found = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const { selections } of selectionSets) this.#collect(type, selections, found, spread);
    return [...found].flatMap(([name, nodes]) => this.#field(type, name, nodes) ?? []);
  }

  #collect(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    found: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === 'Field') {
        const name = selection.alias?.value ?? selection.name.value;
        found.set(name, [...(found.get(name) ?? []), selection]);
      } else if (selection.kind === 'InlineFragment') {
        if (this.#fits(type, selection)) this.#collect(type, selection.selectionSet.selections, found, spread);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = this.#fragments[selection.name.value];
        if (fragment && this.#fits(type, fragment)) {
          this.#collect(type, fragment.selectionSet.selections, found, spread);
        }
      }
    }
  }

  #isIncluded(selection: SelectionNode): boolean {
    if (!selection.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, selection, this.#variables)?.['if'] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables)?.['if'] !== false;
  }

  #fits(type: GraphQLObjectType, { typeCondition }: InlineFragmentNode | FragmentDefinitionNode): boolean {
    if (!typeCondition) return true;
    const wanted = typeFromAST(this.schema, typeCondition);
    return wanted === type || (isAbstractType(wanted) && this.schema.isSubType(wanted, type));
  }

  #field(type: GraphQLObjectType, name: string, nodes: readonly FieldNode[]): PlannedField | undefined {
    const [first] = nodes;
    const definition = first && this.#definition(type, first.name.value);
    if (!first || !definition) return undefined;
    const info = {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType: type,
      schema: this.schema,
      fragments: this.#fragments,
      rootValue: this.#rootValue,
      operation: this.#operation,
      variableValues: this.#variables,
    } as unknown as GraphQLResolveInfo;
    return { name, definition, nodes, args: this.#args(definition, first), info, selected: new Map() };
  }

  #definition(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }

  #args(definition: GraphQLField<unknown, unknown>, node: FieldNode): PlannedField['args'] {
    try {
      return getArgumentValues(definition, node, this.#variables);
    } catch (fault) {
      if (fault instanceof GraphQLError) return fault;
      throw fault;
    }
  }
}
