import type { Connection } from '../../data/connection.ts';
import { followFeed } from '../../data/feed.ts';
import { ask, mostRows, PagedRows } from '../../data/paged-rows.ts';
import { Signal } from '../../data/signal.ts';
import { EventFeedStart, EventList, type EventRow, EventTail as EventTailDoc } from '../../generated/events.ts';
import type { EventFilter } from '../../generated/schema.ts';

/** What came in since the list was read, and is not all in it. */
export interface TailState {
  /** Events that arrived and are not shown yet, for the list is paused or scrolled away from its top. */
  readonly waiting: number;
  /** Steps that stood for more than one event, and how many events they stood for. */
  readonly sampled: { readonly shown: number; readonly outOf: number };
}

const calm: TailState = { waiting: 0, sampled: { shown: 0, outOf: 0 } };
/** Arrivals are drawn together: 50 a second would otherwise be 50 drawings. */
const drawMs = 200;

/** The events that match a filter: read page by page, and followed from the very step at which the reading began. */
export class EventTail {
  readonly state = new Signal<TailState>(calm);
  readonly list: PagedRows<EventRow>;
  readonly #connection: Connection;
  readonly #filter: EventFilter;
  #arrived: EventRow[] = [];
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;
  #isClosed = false;

  constructor(connection: Connection, filter: EventFilter) {
    this.#connection = connection;
    this.#filter = filter;
    this.list = new PagedRows((first, after) => this.#load(first, after));
    void this.list.read();
  }

  close(): void {
    this.#isClosed = true;
    this.list.close();
    this.#stop?.();
    clearTimeout(this.#timer);
  }

  /** While it is held nothing moves: arrivals are counted, and shown when it is let go. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (!isHeld) this.#draw();
  }

  async #load(first: number, after: string | null) {
    let cursor: string | undefined;
    if (after === null) {
      const start = await ask(this.#connection, EventFeedStart, {});
      if (start.failure) return start.failure;
      cursor = start.data.feedCursor;
    }
    const { data, failure } = await ask(this.#connection, EventList, { filter: this.#filter, first, after });
    if (failure) return failure;
    if (cursor !== undefined && !this.#isClosed) this.#follow(cursor);
    return data.events;
  }

  #follow(after: string): void {
    this.#stop?.();
    this.#arrived = [];
    this.state.set(calm);
    this.#stop = followFeed({
      connection: this.#connection,
      operation: EventTailDoc,
      variables: { filter: this.#filter },
      after,
      read: ({ eventIngested: { cursor, event, sampled, gap } }) => ({
        cursor,
        change: event && { event, outOf: sampled?.outOf ?? 1 },
        gap,
      }),
      onChange: ({ event, outOf }) => this.#take(event, outOf),
      onGap: () => void this.list.read(),
    });
  }

  #take(event: EventRow, outOf: number): void {
    // Newer ones push older ones out, which are read again when they are wanted.
    this.#arrived = [event, ...this.#arrived].slice(0, mostRows);
    const { waiting, sampled } = this.state.get();
    this.state.set({
      waiting: waiting + outOf,
      sampled: outOf === 1 ? sampled : { shown: sampled.shown + 1, outOf: sampled.outOf + outOf },
    });
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isHeld) this.#draw();
    }, drawMs);
  }

  #draw(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.state.set({ ...this.state.get(), waiting: 0 });
    this.list.prepend(arrived);
  }
}
