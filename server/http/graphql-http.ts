import type { IncomingMessage } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { RateLimited } from '../errors.ts';
import type { FormatError } from '../graphql/format-error.ts';
import { overLimit } from '../graphql/limits.ts';
import { isNestedTooDeep, maxTokens, nestedTooDeep } from '../graphql/read-operation.ts';
import { checkJsonBytes } from './json-bytes.ts';
import type { RateLimits } from './rate-limits.ts';

export interface GraphqlHttpOptions {
  readonly schema: GraphQLSchema;
  readonly contextFor: (request: IncomingMessage) => Promise<Context>;
  readonly limits: RateLimits;
  readonly formatError: FormatError;
  readonly introspection: boolean;
  readonly maxBodyBytes: number;
}

/** Refuses what is not served here before any of it runs. */
const servedHere: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
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
};

/** Refuses who asks too often before a byte of the body is read. */
function refuseTooMany({ limits, formatError }: GraphqlHttpOptions): RequestHandler {
  return (request, response, next) => {
    try {
      limits.arrive(request);
    } catch (cause) {
      if (!(cause instanceof RateLimited)) throw cause;
      response.setHeader('Retry-After', cause.retryAfterSeconds);
      response.status(429).json({ errors: [formatError(cause)] });
      return;
    }
    next();
  };
}

/** Apollo takes the status and headers of a reply from the error that it is given. */
function asLimited(cause: unknown): never {
  if (!(cause instanceof RateLimited)) throw cause;
  const headers = new HeaderMap([['retry-after', String(cause.retryAfterSeconds)]]);
  throw new GraphQLError(cause.message, {
    originalError: cause,
    extensions: { code: cause.code, http: { status: 429, headers } },
  });
}

/** Apollo parses first and asks its plugins then. */
const refuseDeepDocuments: RequestHandler = ({ method, url, body }, response, next) => {
  const query = method === 'GET' ? new URLSearchParams(url.slice(url.indexOf('?'))).get('query') : body?.query;
  if (typeof query !== 'string' || !isNestedTooDeep(query)) return next();
  response.status(400).json({ errors: [nestedTooDeep()] });
};

/** GraphQL over HTTP: POST, and GET for queries. */
export async function createGraphqlHttp(
  options: GraphqlHttpOptions,
): Promise<{ handlers: (RequestHandler | ErrorRequestHandler)[]; stop(): Promise<void> }> {
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    introspection: options.introspection,
    includeStacktraceInErrorResponses: false,
    // Where the schema is not told, no error may tell a part of it.
    hideSchemaDetailsFromClientErrors: !options.introspection,
    formatError: (_formatted, error) => options.formatError(error),
    parseOptions: { maxTokens },
    plugins: [ApolloServerPluginCacheControlDisabled(), servedHere],
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
      refuseTooMany(options),
      express.json({ limit: options.maxBodyBytes, verify: (_request, _response, body) => checkJsonBytes(body) }),
      refuseDeepDocuments,
      expressMiddleware(apollo, { context: ({ req }) => options.contextFor(req).catch(asLimited) }),
      badBody,
    ],
    stop: () => apollo.stop(),
  };
}
