import type { EventFilter } from '../../schema/event/event.input.ts';
import type { EventType } from '../../schema/event/event.type.ts';
import type { EventIngested } from '../../schema/event/event-ingested.type.ts';
import type { Principal } from '../context.ts';
import { eventMatcherOf } from '../modules/event/event.filter.ts';
import type { EventStep } from '../modules/event/event-step.node.ts';
import type { SearchService } from '../modules/search/search.service.ts';
import { eventCursor } from './cursor.ts';
import { Sampling } from './sampling.ts';
import { type FeedParts, type StepSource, TopicFeed } from './topic-feed.ts';

/** How long events gather before they are looked for, in milliseconds: at thousands a second, a look a commit would be a burden. */
const gatherMs = 50;

/** How many events a client may fall behind by: they are sampled, so it catches up soon. */
const longestLag = 20_000;

/** Where the live feed of events reads them. */
export interface EventSource extends StepSource<EventStep> {
  lastCursor(): Promise<number>;
  /** The whole event, with its raw text. */
  find(tenantId: string, id: string): Promise<EventType | null>;
}

/** The live feed of events; each client gets only so many a second, and learns what they stand for. */
export class EventFeed extends TopicFeed<EventStep, EventIngested> {
  readonly #search: SearchService;

  constructor(source: EventSource, search: SearchService, parts: FeedParts) {
    super(
      {
        kind: 'events',
        cursors: eventCursor,
        gatherMs,
        longestLag,
        stepsAfter: (cursor, limit, tenantId) => source.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => source.countSteps(tenantId, after, until),
        lastCursor: () => source.lastCursor(),
        tenantOf: ({ tenantId }) => tenantId,
        payloadOf: (step) => new PushedEvent(step, source),
        gapOf: (cursor, gap) => ({ cursor, event: null, sampled: null, gap }),
      },
      parts,
    );
    this.#search = search;
  }

  /** The events after a cursor, or from now on, that the filter lets through, or samples of them; goes on until the caller leaves. */
  async follow(principal: Principal, filter: EventFilter, after: string | null): Promise<Sampling> {
    const search = await this.#search.read(principal, 'EVENT', filter.search);
    return new Sampling(await this.join(principal, eventMatcherOf(filter, search), after));
  }
}

/** Looks the event up once, however many clients it is pushed to; not at all where nobody asks more of it than its place. */
class PushedEvent implements EventIngested {
  readonly cursor: string;
  readonly sampled = null;
  readonly gap = null;
  readonly #step: EventStep;
  readonly #source: EventSource;
  #event: Promise<EventType | null> | undefined;

  constructor(step: EventStep, source: EventSource) {
    this.cursor = eventCursor.write(step.cursor);
    this.#step = step;
    this.#source = source;
  }

  get event(): Promise<EventType | null> {
    this.#event ??= this.#source.find(this.#step.tenantId, this.#step.id);
    return this.#event;
  }
}
