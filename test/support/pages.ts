import type { TestTenant } from './test-tenant.ts';

export interface ReadPages {
  /** Field of the query, such as `alerts`. */
  readonly field: string;
  /** Arguments besides `first` and `after`, as GraphQL writes them. */
  readonly args?: string;
  readonly first: number;
  /** Runs between one page and the next. */
  readonly between?: () => Promise<unknown>;
}

/** Ids of all rows of a list, page by page in its order, by the cursors it gives. */
export async function readPages(
  tenant: TestTenant,
  { field, args = '', first, between }: ReadPages,
): Promise<string[]> {
  const document = `query ($after: String) {
    ${field}(first: ${first}, after: $after ${args}) {
      edges { cursor node { id } } nodes { id } pageInfo { hasNextPage endCursor }
    }
  }`;
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: {
      edges: { cursor: string; node: { id: string } }[];
      nodes: { id: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    } = (await tenant.read(document, { after }))[field];
    if (page.edges.length > first) throw new Error(`A page of ${first} held ${page.edges.length} rows`);
    if (page.pageInfo.hasNextPage && page.edges.length < first) throw new Error('A page before the last was not full');
    if (JSON.stringify(page.nodes) !== JSON.stringify(page.edges.map(({ node }) => node)))
      throw new Error('The nodes of a page are not those of its edges');
    if (page.pageInfo.endCursor !== (page.edges.at(-1)?.cursor ?? null))
      throw new Error('The end cursor of a page is not that of its last row');
    ids.push(...page.nodes.map(({ id }) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    await between?.();
  } while (after !== null);
  return ids;
}
