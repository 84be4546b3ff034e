import type { GraphiQLProps } from 'graphiql';
import { type ExecutionResult, getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';

const { protocol, host } = globalThis.location;
const socket = createClient({ url: `${protocol.replace('http', 'ws')}//${host}/graphql` });

/** Subscriptions go over a WebSocket, all else over HTTP, both with the cookie of the session. */
export const fetcher: GraphiQLProps['fetcher'] = ({ query, variables, operationName }) => {
  const request = { query, variables, ...(operationName && { operationName }) };
  if (isSubscription(query, operationName)) return socket.iterate(request) as AsyncIterableIterator<ExecutionResult>;
  return post(request);
};

/** GraphiQL has the document parsed, but of a moment ago: who is quick would run the one before. */
function isSubscription(query: string, operationName: string | null | undefined): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // The server says what is wrong with it.
    return false;
  }
}

async function post(request: object) {
  const reply = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json' },
    body: JSON.stringify(request),
  });
  return reply.json();
}
