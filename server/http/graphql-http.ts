import type { IncomingMessage } from 'node:http';
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Context, Principal } from '../context.ts';
import { Overloaded, RateLimited } from '../errors.ts';
import type { FormatError } from '../graphql/format-error.ts';
import { overLimit } from '../graphql/limits.ts';
import { type PersistedOperations, persistedDocument } from '../graphql/persisted-operations.ts';
import {
  introspectionIn,
  isNestedTooDeep,
  maxTokens,
  mayIntrospect,
  nestedTooDeep,
} from '../graphql/read-operation.ts';
import { runOperation } from '../graphql/run-operation.ts';
import { checkJsonBytes } from './json-bytes.ts';
import type { RateLimits } from './rate-limits.ts';

export interface GraphqlHttpOptions {
  readonly schema: GraphQLSchema;
  /** Whom a request speaks for. */
  readonly principalOf: (request: IncomingMessage) => Promise<Principal | undefined>;
  /** What its operation is run with; throws where it may not be. */
  readonly contextFor: (request: IncomingMessage, principal: Principal | undefined) => Context;
  readonly limits: RateLimits;
  readonly formatError: FormatError;
  readonly persistedOperations: PersistedOperations;
  readonly introspection: boolean;
  readonly maxBodyBytes: number;
}

/** Refuses what is not served here before any of it runs. */
const servedHere = (introspection: boolean): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (!operation) return;
        // Not by Apollo, which keeps documents that it found valid, whoever sends them.
        const told = introspection || mayIntrospect(contextValue.principal);
        const introspects = told ? undefined : introspectionIn(schema, document);
        if (introspects) throw introspects;
        // graphql-js would run a subscription once, as if it were a query.
        if (operation.operation === 'subscription') {
          throw new GraphQLError('Subscriptions are served over WebSocket, by the subprotocol graphql-transport-ws', {
            extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
          });
        }
        const excess = overLimit(schema, document, operation, request.variables ?? {});
        if (excess) throw excess;
      },
    };
  },
});

/** What a page of another origin is told that sends somebody's session along. */
export function foreignPage(): GraphQLError {
  return new GraphQLError('A session is for pages of this server alone', {
    extensions: { code: 'FORBIDDEN', http: { status: 403 } },
  });
}

/**
 * Puts the document of a persisted operation into the request. Whether or not it names one, Apollo is told nothing of it: it would let
 * clients register operations of their own.
 */
function takePersisted(operations: PersistedOperations, formatError: FormatError): RequestHandler {
  return (request, response, next) => {
    try {
      if (request.method === 'GET') takeFromUrl(request, operations);
      else if (!Array.isArray(request.body)) takeFromBody(Object(request.body), operations);
      next();
    } catch (fault) {
      const error = formatError(fault);
      const status = error.extensions.code === 'PERSISTED_QUERY_NOT_FOUND' ? 200 : 400;
      response
        .status(status)
        .setHeader('Cache-Control', 'no-store')
        .json({ errors: [error] });
    }
  };
}

function takeFromBody(body: Record<string, unknown>, operations: PersistedOperations): void {
  const { extensions } = body;
  // What is no object, Apollo refuses.
  if (typeof extensions !== 'object' || extensions === null || Array.isArray(extensions)) return;
  if (typeof body['query'] !== 'string') {
    const document = persistedDocument(operations, extensions as Record<string, unknown>);
    if (document === undefined) return;
    body['query'] = document;
  }
  body['extensions'] = { ...extensions, persistedQuery: undefined };
}

function takeFromUrl(request: Request, operations: PersistedOperations): void {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const given = searchParams.get('extensions');
  if (given === null) return;
  const extensions = readObject(given);
  if (extensions === undefined) return;
  if (!searchParams.has('query')) {
    const document = persistedDocument(operations, extensions);
    if (document !== undefined) searchParams.set('query', document);
  }
  searchParams.set('extensions', JSON.stringify({ ...extensions, persistedQuery: undefined }));
  request.url = `${pathname}?${searchParams}`;
}

/** Undefined where a text is no JSON object: what is wrong with it is Apollo's to say. */
function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

type Admitted = WeakMap<IncomingMessage, Promise<Principal | undefined>>;

/** Finds out who asks, and refuses who does too often, before a byte of the body is read: a refusal has to cost next to nothing. */
function refuseTooMany({ limits, formatError, principalOf }: GraphqlHttpOptions, admitted: Admitted): RequestHandler {
  return async (request, response, next) => {
    try {
      limits.arrive(request);
      const found = principalOf(request);
      admitted.set(request, found);
      const principal = await found.catch((cause: unknown) => {
        if (cause instanceof Overloaded) throw cause;
        return null;
      });
      if (principal) limits.key(principal.credentialId);
      // Null: it could not be found out, which is said where the operation would run.
      else if (principal === undefined) limits.stranger(request);
    } catch (cause) {
      if (!(cause instanceof RateLimited || cause instanceof Overloaded)) throw cause;
      response
        .setHeader('Content-Type', 'application/json; charset=utf-8')
        .setHeader('Retry-After', cause.retryAfterSeconds);
      response.statusCode = cause instanceof RateLimited ? 429 : 503;
      response.end(JSON.stringify({ errors: [formatError(cause)] }));
      return;
    }
    next();
  };
}

/** Apollo parses first and asks its plugins then. */
const refuseDeepDocuments: RequestHandler = ({ method, url, body }, response, next) => {
  const query = method === 'GET' ? new URLSearchParams(url.slice(url.indexOf('?'))).get('query') : body?.query;
  if (typeof query !== 'string' || !isNestedTooDeep(query)) return next();
  response.status(400).json({ errors: [nestedTooDeep()] });
};

/** Has Apollo leave the executing of operations to us: what it would have otherwise of graphql-js costs several times as much on lists. */
function runBy(schema: GraphQLSchema): NonNullable<ApolloServerOptions<Context>['gateway']> {
  return {
    load: async () => ({
      executor: async ({ document, request, operationName, context }) =>
        runOperation({ schema, document, operationName, variableValues: request.variables, contextValue: context }),
    }),
    onSchemaLoadOrUpdate(onSchema) {
      onSchema({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}

/** GraphQL over HTTP: POST, and GET for queries. */
export async function createGraphqlHttp(
  options: GraphqlHttpOptions,
): Promise<{ handlers: (RequestHandler | ErrorRequestHandler)[]; stop(): Promise<void> }> {
  const admitted: Admitted = new WeakMap();
  const apollo = new ApolloServer<Context>({
    gateway: runBy(options.schema),
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    // Where the schema is not told, no error may tell a part of it.
    hideSchemaDetailsFromClientErrors: !options.introspection,
    formatError: (_formatted, error) => options.formatError(error),
    parseOptions: { maxTokens },
    plugins: [ApolloServerPluginCacheControlDisabled(), servedHere(options.introspection)],
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  const badBody: ErrorRequestHandler = (error: { type?: string; status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    const isTooLarge = error.type === 'entity.too.large';
    response.status(isTooLarge ? 413 : 400).json({
      errors: [
        {
          message: isTooLarge ? `The body is larger than ${options.maxBodyBytes} bytes` : 'The body is not valid JSON',
          extensions: { code: isTooLarge ? 'TOO_LARGE' : 'BAD_USER_INPUT' },
        },
      ],
    });
  };
  return {
    handlers: [
      refuseTooMany(options, admitted),
      express.json({ limit: options.maxBodyBytes, verify: (_request, _response, body) => checkJsonBytes(body) }),
      takePersisted(options.persistedOperations, options.formatError),
      refuseDeepDocuments,
      expressMiddleware(apollo, { context: async ({ req }) => options.contextFor(req, await admitted.get(req)) }),
      badBody,
    ],
    stop: () => apollo.stop(),
  };
}
