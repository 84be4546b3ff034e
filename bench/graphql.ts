import type { ServerProcess } from './server-process.ts';

/** Asks a server by GraphQL, and answers its data; throws on any error in the reply. */
export async function askServer<Data>(
  { port }: ServerProcess,
  token: string,
  query: string,
  variables: object,
): Promise<Data> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
