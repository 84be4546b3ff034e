import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';

/** Longer texts are cut, and of longer lists the beginning is kept: who sends much must not fill the audit log. */
const longestText = 500;
const longestList = 50;
const hidden = '***';
/** A name that says it, where a field is not marked with `secret` of schema/secret.ts. */
const secretName = /secret|password|passphrase|token$/i;

/**
 * The arguments of a field as they may be written down: without secrets, and not without end. Of one that is about a secret by its
 * own name, as `changePassword` is, nothing is told.
 */
export function redactArguments(
  { name, args }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return secretName.test(name) ? {} : redactMembers(args, values);
}

function redactMembers(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = fields.filter(({ name }) => values[name] !== undefined);
  return Object.fromEntries(given.map((field) => [field.name, redactMember(field, values[field.name])]));
}

function redactMember({ name, type, extensions }: GraphQLArgument | GraphQLInputField, value: unknown): unknown {
  if (value === null) return null;
  return extensions['isSecret'] === true || secretName.test(name) ? hidden : redact(type, value);
}

function redact(type: GraphQLInputType, value: unknown): unknown {
  const nullable = getNullableType(type);
  if (value === null) return null;
  if (isListType(nullable) && Array.isArray(value)) {
    return value.slice(0, longestList).map((entry) => redact(nullable.ofType, entry));
  }
  if (isInputObjectType(nullable)) {
    return redactMembers(Object.values(nullable.getFields()), value as Record<string, unknown>);
  }
  return typeof value === 'object' ? cut(JSON.stringify(value)) : cut(value);
}

function cut(value: unknown): unknown {
  return typeof value === 'string' && value.length > longestText ? `${value.slice(0, longestText)}…` : value;
}
