import { GraphqlSocket } from './graphql-socket.ts';
import type { TestTenant } from './test-tenant.ts';

/** So long a silence means that nothing more comes: short when all that was expected is there, long when it is not. */
const silenceMs = { complete: 300, incomplete: 3000 };

/** Many live filters over one socket, and what each of them lets through. */
export class FilterWatch {
  readonly #socket: GraphqlSocket;
  readonly #field: string;
  readonly #found: Map<string, string[]>;

  constructor(socket: GraphqlSocket, field: string, ids: readonly string[]) {
    this.#socket = socket;
    this.#field = field;
    this.#found = new Map(ids.map((id) => [id, []]));
  }

  /** The field of every alert let through, by filter, once they have fallen silent; `expected` is their number. */
  async found(expected: number): Promise<Map<string, string[]>> {
    let count = 0;
    let changedAt = Date.now();
    while (Date.now() - changedAt < (count >= expected ? silenceMs.complete : silenceMs.incomplete)) {
      for (const { id = '', type, payload } of this.#socket.received.splice(0)) {
        const { alert } = payload?.data?.alertRaised ?? {};
        this.#found.get(id)?.push(alert?.[this.#field] ?? `${type}: ${JSON.stringify(payload)}`);
        changedAt = Date.now();
        count++;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#socket.drop();
    return this.#found;
  }
}

/** Subscribes with many filters, named by their keys, from a cursor of the feed or from now on. */
export async function watchFilters(
  tenant: TestTenant,
  filters: Readonly<Record<string, object | null>>,
  field: string,
  after: string | null,
): Promise<FilterWatch> {
  const socket = await GraphqlSocket.connect(tenant.gateway.url, tenant.token);
  const document = `subscription ($filter: AlertFilter, $after: String) {
    alertRaised(filter: $filter, after: $after) { alert { ${field} } } }`;
  for (const [id, filter] of Object.entries(filters)) socket.subscribe(id, document, { filter, after });
  return new FilterWatch(socket, field, Object.keys(filters));
}
