import type { RequestHandler } from 'express';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

/**
 * The schema as a text for tools that make code of it: the same as schema/schema.graphql, and like that public. It tells what the
 * documentation tells, and nothing of what is stored.
 */
export function serveSchema(schema: GraphQLSchema): RequestHandler {
  let text: string | undefined;
  return (_request, response) => {
    text ??= `${printSchema(lexicographicSortSchema(schema))}\n`;
    response.setHeader('Cache-Control', 'public, max-age=300').type('text/plain').send(text);
  };
}
