/** Changes are gathered for so long before it is asked which of them fit. */
const gatherMs = 400;
/** As many as one page of the API holds. */
const mostAtOnce = 100;

/** Tells the changed rows that fit a search from those that do not, many at a time: only the server can search. */
export class Found<Row extends { readonly id: string }> {
  readonly #changed = new Set<string>();
  readonly #match: (ids: readonly string[]) => Promise<readonly Row[] | undefined>;
  readonly #onFit: (row: Row) => void;
  readonly #onMiss: (id: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isClosed = false;

  constructor(
    match: (ids: readonly string[]) => Promise<readonly Row[] | undefined>,
    onFit: (row: Row) => void,
    onMiss: (id: string) => void,
  ) {
    this.#match = match;
    this.#onFit = onFit;
    this.#onMiss = onMiss;
  }

  add(id: string): void {
    // The latest to change is the last.
    this.#changed.delete(id);
    this.#changed.add(id);
    this.#plan();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#isAsking || this.#isClosed || this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#askNow(), gatherMs);
  }

  async #askNow(): Promise<void> {
    this.#timer = undefined;
    this.#isAsking = true;
    const ids = [...this.#changed].slice(0, mostAtOnce);
    for (const id of ids) this.#changed.delete(id);
    const rows = await this.#match(ids);
    this.#isAsking = false;
    if (this.#isClosed) return;
    // Without an answer the connection is lost, and the list is read anew when it is back.
    if (rows) {
      const fitting = new Map(rows.map((row) => [row.id, row]));
      for (const id of ids) {
        const row = fitting.get(id);
        if (row) this.#onFit(row);
        else this.#onMiss(id);
      }
    }
    this.#plan();
  }
}
