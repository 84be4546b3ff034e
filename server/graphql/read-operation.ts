import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { ErrorCode } from '../../schema/errors.ts';
import { overLimit } from './limits.ts';

/** Tokens in a document: enough for any screen, too few to be a burden. */
export const maxTokens = 1000;

/** An operation as a client sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Parses and validates an operation: what to execute, or what is wrong with it, under the codes of the closed list. */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationRequest,
  introspection: boolean,
): ExecutionArgs | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens });
  } catch (fault) {
    return [withCode(fault, 'GRAPHQL_PARSE_FAILED')];
  }
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const faults = validate(schema, document, rules);
  if (faults.length > 0) return faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED'));
  // Which operation it is that lacks a name, or has an unknown one, is said when it is run.
  const operation = getOperationAST(document, operationName);
  const excess = operation && overLimit(schema, document, operation, variables ?? {});
  if (excess) return [excess];
  return { schema, document, operationName: operationName ?? null, variableValues: variables ?? null };
}

function withCode(fault: unknown, code: ErrorCode): GraphQLError {
  // Anything but graphql-js's own error is its parser at the end of the stack.
  if (!(fault instanceof GraphQLError))
    return new GraphQLError('The document is nested too deeply', { extensions: { code } });
  const { message, source, positions } = fault;
  return new GraphQLError(message, { source, positions, extensions: { code } });
}
