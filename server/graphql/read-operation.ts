import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Lexer,
  NoSchemaIntrospectionCustomRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';
import type { ErrorCode } from '../../schema/errors.ts';
import type { Principal } from '../context.ts';
import { overLimit } from './limits.ts';

/** Tokens in a document: enough for any screen, too few to be a burden. */
export const maxTokens = 1000;
/** Levels of brackets in a document, as many as JSON may have. */
const maxNesting = 128;
const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** An operation as a client sends it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Whether somebody may introspect although the setting is off: who is signed in, as GraphiQL needs it, or could let others in. */
export function mayIntrospect(principal: Principal | undefined): boolean {
  return principal?.kind === 'SESSION' || principal?.permissions.has('USERS_WRITE') === true;
}

/** The first place at which a document that is valid introspects. */
export function introspectionIn(schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined {
  const [fault] = validate(schema, document, [NoSchemaIntrospectionCustomRule]);
  return fault && withCode(fault, 'GRAPHQL_VALIDATION_FAILED');
}

/** Parses and validates an operation: what to execute, or what is wrong with it, under the codes of the closed list. */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationRequest,
  introspection: boolean,
): ExecutionArgs | readonly GraphQLError[] {
  if (isNestedTooDeep(query)) return [nestedTooDeep()];
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

/**
 * Whether the brackets of a document are nested deeper than 128 levels. What parses, validates and executes it recurses, and how
 * deep that may go depends on what the process has compiled so far; so this is asked before any of them.
 */
export function isNestedTooDeep(query: string): boolean {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  try {
    for (let read = 0; read <= maxTokens && lexer.advance().kind !== TokenKind.EOF; read++) {
      if (opening.has(lexer.token.kind) && ++depth > maxNesting) return true;
      if (closing.has(lexer.token.kind)) depth--;
    }
  } catch {
    // No token: the parser comes no further either, and says what is wrong.
  }
  return false;
}

export function nestedTooDeep(): GraphQLError {
  return new GraphQLError('The document is nested too deeply', { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
}

function withCode(fault: unknown, code: ErrorCode): GraphQLError {
  if (!(fault instanceof GraphQLError)) throw fault;
  const { message, source, positions } = fault;
  return new GraphQLError(message, { source, positions, extensions: { code } });
}
