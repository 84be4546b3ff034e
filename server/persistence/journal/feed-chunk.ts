/** Steps of a topic that one look has found. */
export interface FeedChunk<Step> {
  readonly steps: readonly Step[];
  /** The place up to which the look came, when there is more behind it; undefined: it found everything there is. */
  readonly until: number | undefined;
}

/** The chunk of a look that finds each row as a step, at most `limit`. */
export function chunkOf<Step extends { readonly cursor: number }>(
  steps: readonly Step[],
  limit: number,
): FeedChunk<Step> {
  return { steps, until: steps.length < limit ? undefined : steps.at(-1)?.cursor };
}
