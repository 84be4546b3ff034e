import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { nowhere, type RootRequest } from '../root-request.ts';

/** Values of arguments, by name. */
export type Args = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly query: string;
  readonly variables: Args;
}

/** A place among the arguments of a field where an id may stand: the argument, and the members that lead to it. */
export interface IdPlace {
  readonly path: readonly string[];
  readonly isList: boolean;
}

/** Rows of lists inside of what is asked for: enough to show whose they are. */
const rowsInside = 3;
/** Rows of the list itself: more than a household has of most things. */
const rowsOfLists = 12;
/** Object fields followed in one operation. */
const partsAtOnce = 6;

type RootType = 'Query' | 'Mutation' | 'Subscription';
type Field = GraphQLField<unknown, unknown>;
type Composite = Extract<GraphQLNamedType, { getFields: unknown } | { getTypes: unknown }>;

/** The root field that a request is for. */
export function rootFieldOf(schema: GraphQLSchema, name: string): { root: RootType; field: Field } {
  const [root = '', fieldName = ''] = name.split('.');
  const type = schema.getType(root);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (field === undefined) throw new Error(`The schema has no ${name}`);
  return { root: root as RootType, field };
}

/** The arguments that a smallest request gives its root field. */
export function argsOf({ document, variables = {} }: RootRequest): Args {
  const [definition] = parse(document).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A request is one operation');
  const [selection] = definition.selectionSet.selections;
  if (selection?.kind !== Kind.FIELD) throw new Error('A request asks for one field');
  return Object.fromEntries(
    (selection.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}

/** Asks for all leaves of what a root field answers with, and of the rows of a connection. */
export function plainOperation(root: RootType, field: Field, args: Args): Operation {
  const type = getNamedType(field.type);
  return operationOf(root, field, args, isCompositeType(type) ? `{ ${leavesOf(type).join(' ')} }` : '');
}

/**
 * Asks for all that a root field leads to: the leaves of each object field, and the leaves of what that leads to itself. Several
 * operations, for one of everything would be larger than the server allows.
 */
export function wideOperations(schema: GraphQLSchema, root: RootType, field: Field, args: Args): Operation[] {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return [operationOf(root, field, args, '')];
  const counts = field.args.filter(({ name }) => name === 'first' || name === 'pageSize');
  const few = { ...args, ...Object.fromEntries(counts.map(({ name }) => [name, rowsOfLists])) };
  const parts = [leavesOf(type).join(' '), ...branchesOf(schema, type)];
  // Kinds of one interface may promise more than it does, and then cannot be asked for side by side.
  const [ofKinds = [], common = []] = [true, false].map((is) => parts.filter((part) => part.includes('... on') === is));
  const groups = Array.from({ length: Math.ceil(common.length / partsAtOnce) }, (_, index) =>
    common.slice(index * partsAtOnce, (index + 1) * partsAtOnce).join(' '),
  );
  return [...groups, ...ofKinds].map((selection) => operationOf(root, field, few, `{ ${selection} }`));
}

function operationOf(root: RootType, field: Field, args: Args, selection: string): Operation {
  const given = field.args.filter(({ name }) => args[name] !== undefined);
  const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const query = `${root.toLowerCase()}${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
  return { query, variables: Object.fromEntries(given.map(({ name }) => [name, args[name]])) };
}

const ownFields = (type: Composite): Field[] => ('getFields' in type ? Object.values(type.getFields() as never) : []);
const isFree = ({ args }: Field) => !args.some(isRequiredArgument);
const rowsArgument = ({ args }: Field) =>
  args.some(({ name }: GraphQLArgument) => name === 'first') ? `(first: ${rowsInside})` : '';

/** What a field answers with, written out as far as there is no choice: the rows of connections, the leaves of all else. */
export function leavesOf(type: Composite): string[] {
  const fields = ownFields(type).filter(isFree);
  const leaves = fields.filter(({ type: of }) => isLeafType(getNamedType(of))).map(({ name }) => name);
  const rows = fields
    .filter(({ name, type: of }) => name === 'nodes' && isCompositeType(getNamedType(of)))
    .map(({ name, type: of }) => `${name} { ${leavesOf(getNamedType(of) as Composite).join(' ')} }`);
  return ['__typename', ...leaves, ...rows];
}

/** One selection for each object field, with the leaves of what it leads to and of what that leads to. */
function branchesOf(schema: GraphQLSchema, type: Composite): string[] {
  const kinds = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const ofKinds = kinds.flatMap((kind) => {
    const common = new Set(ownFields(type).map(({ name }) => name));
    const own = (text: string) => !common.has(/^\w+/.exec(text)?.[0] ?? '');
    const leaves = leavesOf(kind).filter(own);
    return [leaves.join(' '), ...branchesOf(schema, kind).filter(own)].map((text) => `... on ${kind.name} { ${text} }`);
  });
  const own = ownFields(type)
    .filter((field) => isFree(field) && isCompositeType(getNamedType(field.type)))
    .flatMap((field) => {
      const to = getNamedType(field.type) as Composite;
      const start = `${field.name}${rowsArgument(field)}`;
      if (field.name === 'nodes' || field.name === 'edges' || field.name === 'node')
        return branchesOf(schema, to).map((branch) => `${start} { ${branch} }`);
      return [
        `${start} { ${leavesOf(to).join(' ')} }`,
        ...nextOf(schema, to).map((branch) => `${start} { ${branch} }`),
      ];
    });
  return [...own, ...ofKinds];
}

/** The object fields of what an object field leads to, with their leaves. */
function nextOf(schema: GraphQLSchema, type: Composite): string[] {
  const kinds = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const own = ownFields(type)
    .filter((field) => isFree(field) && isCompositeType(getNamedType(field.type)))
    .map((field) => {
      const to = getNamedType(field.type) as Composite;
      return `${field.name}${rowsArgument(field)} { ${leavesOf(to).join(' ')} }`;
    });
  return [...own, ...kinds.map((kind) => `... on ${kind.name} { ${leavesOf(kind).join(' ')} }`)];
}

/** Every place for an id among a field's arguments, however deep. */
export function idPlacesOf(field: Field): IdPlace[] {
  return field.args.flatMap(({ name, type }) => placesIn(type, [name]));
}

const deepest = 4;

function placesIn(type: GraphQLInputType, path: readonly string[]): IdPlace[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [{ path, isList: isListType(isNonNullType(type) ? type.ofType : type) }];
  if (!isInputObjectType(named) || path.length > deepest) return [];
  return Object.values(named.getFields()).flatMap((member) => placesIn(member.type, [...path, member.name]));
}

/** The arguments with an id at a place; with `isBare`, the object that holds it has nothing besides but what it must have. */
export function withId(field: Field, args: Args, { path, isList }: IdPlace, id: string, isBare: boolean): Args {
  const [first = '', ...rest] = path;
  const type = field.args.find(({ name }) => name === first)?.type as GraphQLInputType;
  const value = isList ? [id] : id;
  return { ...args, [first]: rest.length === 0 ? value : put(type, args[first], rest, value, isBare) };
}

function put(
  type: GraphQLInputType,
  value: unknown,
  [first = '', ...rest]: readonly string[],
  id: unknown,
  isBare: boolean,
): unknown {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error('Only objects have members');
  const [given] = Array.isArray(value) ? value : [value];
  const holder = (isBare || given == null ? smallest(named) : given) as Record<string, unknown>;
  const member = named.getFields()[first];
  if (member === undefined) throw new Error(`${named.name} has no ${first}`);
  const changed = {
    ...holder,
    [first]: rest.length === 0 ? id : put(member.type, holder[first], rest, id, isBare),
  };
  const isList = isListType(isNonNullType(type) ? type.ofType : type);
  return isList ? [changed] : changed;
}

const samples: Readonly<Record<string, unknown>> = {
  String: 'sample',
  Int: 1,
  Float: 1,
  Boolean: true,
  ID: nowhere,
  DateTime: '2126-06-03T00:00:00Z',
};

/** The smallest value of a type. */
function smallest(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return smallest(type.ofType);
  if (isListType(type)) return [smallest(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name] ?? 'sample';
  const needed = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(needed.map((member) => [member.name, smallest(member.type)]));
}
