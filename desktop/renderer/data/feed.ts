import type { CombinedError, TypedDocumentNode } from '@urql/core';
import type { Connection } from './connection.ts';

/** One step of a live topic, read from the subscription's data. */
export interface Step<Change> {
  /** Position in the topic: with it as `after` the feed resumes without loss or repeats. */
  readonly cursor: string;
  /** Null in the notice of a gap. */
  readonly change: Change | null;
  /** Set when steps were left out just before this one. */
  readonly gap: { readonly missed: number } | null;
}

export interface FeedOptions<Data, Variables extends { after?: string | null }, Change> {
  readonly connection: Connection;
  readonly operation: TypedDocumentNode<Data, Variables>;
  readonly variables: Omit<Variables, 'after'>;
  /** Where to begin; without one at the next step. */
  readonly after?: string | undefined;
  readonly read: (data: Data) => Step<Change>;
  readonly onChange: (change: Change) => void;
  /** Steps were left out: what is on screen has to be read anew. */
  readonly onGap: (missed: number) => void;
}

const retryMs = 1_000;
const mostRetryMs = 60_000;

/** How long to wait before a topic is asked for again that was refused so many times in a row: what is forbidden mostly stays so. */
export function pauseAfter(refusals: number): number {
  return Math.min(retryMs * 2 ** refusals, mostRetryMs);
}

/** Whether the server itself said no, as opposed to a connection that was lost. */
export function isRefusal({ graphQLErrors }: CombinedError): boolean {
  return graphQLErrors.length > 0;
}

/** Whether the cursor is none of this server's feed: its database was restored, or is another one. */
function isOfAnotherDatabase({ graphQLErrors }: CombinedError): boolean {
  return graphQLErrors.some(({ extensions }) => extensions['field'] === 'after');
}

/**
 * Follows a topic across every loss of the connection, always from the last cursor it saw; the function it returns ends that. While
 * the server refuses the topic, `connection.refusedFeed` says why; where it refuses the cursor, the topic begins anew behind a gap.
 */
export function followFeed<Data, Variables extends { after?: string | null }, Change>(
  options: FeedOptions<Data, Variables, Change>,
): () => void {
  const { connection, operation, variables, read, onChange, onGap } = options;
  let cursor = options.after;
  let current: { unsubscribe(): void } | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  let refusal: CombinedError | undefined;

  const say = (next: CombinedError | undefined): void => {
    // Another feed of the same screen may be the one that is refused.
    if (next || connection.refusedFeed.get() === refusal) connection.refusedFeed.set(next);
    refusal = next;
  };
  const open = (): void => {
    if (current || connection.link.get() !== 'live') return;
    const all = { ...variables, after: cursor ?? null } as unknown as Variables;
    const mine = connection.client.subscription(operation, all).subscribe(({ data, error }) => {
      if (mine !== undefined && mine !== current) return;
      if (error || !data) return pause(error);
      refusals = 0;
      if (refusal) say(undefined);
      const step = read(data);
      cursor = step.cursor;
      if (step.gap) onGap(step.gap.missed);
      if (step.change !== null) onChange(step.change);
    });
    current = mine;
  };
  const pause = (error: CombinedError | undefined): void => {
    current?.unsubscribe();
    current = undefined;
    clearTimeout(retry);
    if (error && isOfAnotherDatabase(error)) {
      beginAnew();
      return;
    }
    retry = setTimeout(open, pauseAfter(refusals));
    if (!error || !isRefusal(error)) return;
    refusals += 1;
    say(error);
  };
  const beginAnew = (): void => {
    cursor = undefined;
    retry = setTimeout(() => {
      open();
      onGap(0);
    }, retryMs);
  };
  const stopWatching = connection.link.subscribe(() => {
    if (connection.link.get() !== 'live') return;
    clearTimeout(retry);
    open();
  });
  open();
  return () => {
    stopWatching();
    clearTimeout(retry);
    if (refusal) say(undefined);
    const last = current;
    current = undefined;
    last?.unsubscribe();
  };
}
