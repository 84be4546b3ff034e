import type { TypedDocumentNode } from '@urql/core';
import { useEffect, useMemo, useRef } from 'react';
import type { Connection } from './connection.ts';
import { Signal, useSignal } from './signal.ts';
import { type DeedResult, type Failure, resultOf, useConnection } from './use-data.ts';

/** A page as every connection of the API answers it. */
export interface PageOf<Row> {
  readonly nodes: readonly Row[];
  readonly totalCount: number;
  readonly totalCountIsLowerBound: boolean;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What a list that is read page by page shows. */
export interface RowsView<Row> {
  /** Undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined;
  readonly failure: Failure | undefined;
  /** Rows that match, as the server counted them when the list was read. */
  readonly total: { readonly count: number; readonly isLowerBound: boolean };
  readonly hasMore: boolean;
  readonly isLoading: boolean;
}

interface Keyed {
  readonly id: string;
}

const nothing = {
  rows: undefined,
  failure: undefined,
  total: { count: 0, isLowerBound: false },
  hasMore: false,
  isLoading: true,
} as const;

const pageSize = 100;
/** More rows than anybody scrolls to. */
export const mostRows = 10_000;

/** One reading of a list of the API: begins at its top and goes on as its end comes into sight. */
export class PagedRows<Row extends Keyed> {
  readonly view = new Signal<RowsView<Row>>(nothing);
  readonly #load: (first: number, after: string | null) => Promise<PageOf<Row> | Failure>;
  #endCursor: string | null = null;
  /** Grows with every reading from the top: what an older one still brings is dropped. */
  #reading = 0;

  constructor(load: (first: number, after: string | null) => Promise<PageOf<Row> | Failure>) {
    this.#load = load;
  }

  /** Reads the list from its top; what is shown stays until the answer is there. */
  readonly read = async (): Promise<void> => {
    const reading = ++this.#reading;
    const page = await this.#load(pageSize, null);
    if (reading !== this.#reading) return;
    if (isFailure(page)) {
      // A list in sight is worth more than the word that it could not be read again.
      if (this.view.get().rows === undefined) this.#show({ failure: page, isLoading: false });
      return;
    }
    this.#endCursor = page.pageInfo.endCursor;
    this.#show({
      rows: page.nodes,
      failure: undefined,
      total: { count: page.totalCount, isLowerBound: page.totalCountIsLowerBound },
      hasMore: page.pageInfo.hasNextPage,
      isLoading: false,
    });
  };

  /** Reads the next page, unless there is none or one is on its way. */
  readonly readMore = async (): Promise<void> => {
    const { hasMore, isLoading, rows } = this.view.get();
    if (!hasMore || isLoading || rows === undefined || rows.length >= mostRows) return;
    const reading = this.#reading;
    this.#show({ isLoading: true });
    const page = await this.#load(pageSize, this.#endCursor);
    if (reading !== this.#reading) return;
    if (isFailure(page)) return this.#show({ isLoading: false });
    this.#endCursor = page.pageInfo.endCursor;
    const now = this.view.get().rows ?? [];
    const known = new Set(now.map(({ id }) => id));
    this.#show({
      rows: [...now, ...page.nodes.filter(({ id }) => !known.has(id))],
      hasMore: page.pageInfo.hasNextPage,
      isLoading: false,
    });
  };

  /** Puts rows that are newer than the list on its top. */
  prepend(newer: readonly Row[]): void {
    const { rows, total } = this.view.get();
    if (rows === undefined || newer.length === 0) return;
    const known = new Set(rows.map(({ id }) => id));
    const added = newer.filter(({ id }) => !known.has(id));
    this.#show({
      rows: [...added, ...rows].slice(0, mostRows),
      total: { ...total, count: total.count + added.length },
    });
  }

  /** Takes a row away that is gone. */
  remove(id: string): void {
    const { rows, total } = this.view.get();
    const kept = rows?.filter((row) => row.id !== id);
    if (kept === undefined || kept.length === rows?.length) return;
    this.#show({ rows: kept, total: { ...total, count: total.count - 1 } });
  }

  /** What is still on its way is dropped. */
  close(): void {
    this.#reading += 1;
  }

  #show(change: Partial<RowsView<Row>>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}

function isFailure(answer: object): answer is Failure {
  return 'code' in answer;
}

/** Asks once, past the cache. */
export async function ask<Data, Variables extends Record<string, unknown>>(
  { client }: Connection,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<DeedResult<Data>> {
  return resultOf(await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise());
}

type Paging = { readonly first: number; readonly after?: string | null };

/** A list of the API, read anew when `variables` (which must keep its identity) changes, and after a loss of the connection. */
export function usePagedRows<Data, Variables extends Paging & Record<string, unknown>, Row extends Keyed>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, keyof Paging>,
  pageOf: (data: Data) => PageOf<Row>,
): RowsView<Row> & { readonly list: PagedRows<Row> } {
  const connection = useConnection();
  const read = useRef(pageOf);
  read.current = pageOf;
  const list = useMemo(
    () =>
      new PagedRows<Row>(async (first, after) => {
        const { data, failure } = await ask(connection, query, { ...variables, first, after } as unknown as Variables);
        return failure ?? read.current(data);
      }),
    [connection, query, variables],
  );
  useEffect(() => {
    void list.read();
    const stop = connection.returns.subscribe(() => void list.read());
    return () => {
      stop();
      list.close();
    };
  }, [list, connection]);
  return { ...useSignal(list.view), list };
}
