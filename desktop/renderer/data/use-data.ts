import type { CombinedError, OperationResult, TypedDocumentNode } from '@urql/core';
import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import { useMutation, useQuery } from 'urql';
import type { Connection } from './connection.ts';
import { contextOf } from './operation.ts';
import { useSignal } from './signal.ts';

const ConnectionContext = createContext<Connection | undefined>(undefined);
export const ConnectionProvider = ConnectionContext.Provider;

/** The connection of the screen; screens are drawn only while there is one. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('There is no connection around this component');
  return connection;
}

/** What a query answered, as a screen shows it. */
export interface Answer<Data> {
  /** The last answer; it stays in sight while a newer one is on its way, and when the server is away. */
  readonly data: Data | undefined;
  /** In words; undefined while the connection is lost, which the shell shows for all screens. */
  readonly failure: Failure | undefined;
  readonly isLoading: boolean;
  readonly refetch: () => void;
}

/** Why something was refused: the API's code, the words of the server, and the field that they are about. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly field: string | undefined;
}

interface DataOptions {
  /** Asks nothing while it is true. */
  readonly pause?: boolean;
  /** Asks again after so many milliseconds while the screen is in sight. */
  readonly everyMs?: number;
}

/** Asks the server, keeps the answer, asks again after a mutation of the same types and when a lost connection is back. */
export function useData<Data, Variables extends Record<string, unknown>>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, everyMs }: DataOptions = {},
): Answer<Data> {
  const connection = useConnection();
  const returns = useSignal(connection.returns);
  const seen = useRef(returns);
  const [result, execute] = useQuery({ query, variables, pause, context: contextOf(query) });
  const refetch = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  useEffect(() => {
    if (seen.current === returns) return;
    seen.current = returns;
    if (!pause) refetch();
  }, [returns, pause, refetch]);
  useEffect(() => {
    if (everyMs === undefined || pause) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refetch();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, pause, refetch]);
  return {
    data: result.data,
    failure: failureOf(result.error),
    isLoading: result.fetching && result.data === undefined,
    refetch,
  };
}

/** A mutation: call it with its variables; it answers the data, or why not. It never throws. */
export function useDeed<Data, Variables extends Record<string, unknown>>(
  mutation: TypedDocumentNode<Data, Variables>,
): [run: (variables: Variables) => Promise<DeedResult<Data>>, isRunning: boolean] {
  const [{ fetching }, execute] = useMutation(mutation);
  const run = useCallback(async (variables: Variables) => resultOf(await execute(variables)), [execute]);
  return [run, fetching];
}

export type DeedResult<Data> =
  | { readonly data: Data; readonly failure?: undefined }
  | { readonly data?: undefined; readonly failure: Failure };

/** What came of an operation that was run once. */
export function resultOf<Data>(result: OperationResult<Data>): DeedResult<Data> {
  const failure = failureOf(result.error);
  if (failure) return { failure };
  if (result.data === undefined || result.data === null) return { failure: disconnected };
  return { data: result.data };
}

const disconnected: Failure = { code: 'DISCONNECTED', message: '', field: undefined };

/** An error of the transport is `DISCONNECTED`: screens say so in their own words. */
export function failureOf(error: CombinedError | undefined): Failure | undefined {
  if (!error) return undefined;
  const [first] = error.graphQLErrors;
  if (!first) return disconnected;
  const { code, field } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    message: first.message,
    field: typeof field === 'string' ? field : undefined,
  };
}
