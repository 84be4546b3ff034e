import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { Context } from '../context.ts';

type FieldResolverMetadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];
type Parameter = NonNullable<FieldResolverMetadata['params']>[number];
type Resolve = GraphQLFieldResolver<unknown, Context>;

/**
 * Has the fields that resolvers add to a type call their method straight. type-graphql gathers what each call takes anew, with closures
 * and, where there are arguments, promises: of a list of a hundred groups with all that belongs to them that was a quarter of the memory
 * taken. A field that asks for permissions or middlewares, or whose arguments are more than scalars, stays as type-graphql made it.
 */
export function resolveDirectly(schema: GraphQLSchema, oneOf: (resolver: new () => object) => object): void {
  const { objectTypes, interfaceTypes, fieldResolvers } = getMetadataStorage();
  const names = new Map([...objectTypes, ...interfaceTypes].map(({ target, name }) => [target, name]));
  for (const metadata of fieldResolvers) {
    const owner = metadata.kind === 'external' ? metadata.getObjectType?.() : undefined;
    if (!owner || metadata.roles || metadata.middlewares?.length) continue;
    const instance = oneOf(metadata.target as new () => object);
    for (const type of typesNamed(schema, names.get(owner))) {
      const field = type.getFields()[metadata.schemaName];
      const resolve = field && directResolve(field, metadata, instance);
      if (resolve) field.resolve = resolve;
    }
  }
}

function typesNamed(schema: GraphQLSchema, name: string | undefined): readonly GraphQLObjectType[] {
  const type = name === undefined ? undefined : schema.getType(name);
  if (isInterfaceType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

/** Undefined: the method takes what is not simply handed on. */
function directResolve(
  field: GraphQLField<unknown, unknown>,
  { params = [], methodName }: FieldResolverMetadata,
  instance: object,
): Resolve | undefined {
  const inOrder = params.toSorted((one, other) => one.index - other.index);
  const readers = inOrder.map((parameter) => readerOf(parameter, field));
  if (!readers.every((reader) => reader !== undefined) || readers.length > 3) return undefined;
  const [first = nothing, second = nothing, third = nothing] = readers;
  const method: (...values: unknown[]) => unknown = Reflect.get(instance, methodName);
  return (source, args, context, info) =>
    method.call(
      instance,
      first(source, args, context, info),
      second(source, args, context, info),
      third(source, args, context, info),
    );
}

function nothing(): undefined {}

function readerOf(parameter: Parameter, { args }: GraphQLField<unknown, unknown>): Resolve | undefined {
  switch (parameter.kind) {
    case 'root':
      return parameter.propertyName === undefined && !parameter.getType ? (source) => source : undefined;
    case 'context':
      return parameter.propertyName === undefined ? (_source, _args, context) => context : undefined;
    case 'args':
      return args.every(({ type }) => isLeafType(getNamedType(type))) ? (_source, given) => given : undefined;
    default:
      return undefined;
  }
}
