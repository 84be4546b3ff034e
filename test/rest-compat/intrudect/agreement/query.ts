import type { Intrudect } from '../open-intrudect.ts';

/** A request of the corpus. */
export interface Query {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: string;
}

/** What a server answers to it: the status, and the body byte by byte. */
export async function reply({ gateway, tenant }: Intrudect, { method, path, body }: Query): Promise<string> {
  const response = await fetch(gateway.url + path, {
    method,
    headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  });
  return `${response.status} ${Buffer.from(await response.arrayBuffer()).toString('latin1')}`;
}
