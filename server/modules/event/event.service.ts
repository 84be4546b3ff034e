import type { EventFilter } from '../../../schema/event/event.input.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import { InvalidInput } from '../../errors.ts';
import { fieldsOf } from '../../ingest/ecs/fields-of.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { isUuid } from '../../uuid-v7.ts';
import type { Searcher, SearchService } from '../search/search.service.ts';
import type { EventNode, EventRepository } from './event.repository.ts';

/** The events of a tenant, as they were taken in. */
export class EventService {
  readonly #events: EventRepository;
  readonly #search: SearchService;

  constructor(events: EventRepository, search: SearchService) {
    this.#events = events;
    this.#search = search;
  }

  async page(caller: Searcher, filter: EventFilter, request: PageRequest): Promise<Page<EventNode>> {
    if (filter.intake?.some((id) => !isUuid(id))) throw new InvalidInput('filter.intake', 'must be ids of intakes');
    const search = await this.#search.read(caller, 'EVENT', filter.search);
    return this.#events.page(caller.tenantId, filter, search, request);
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(EventNode | null)[]> {
    const found = new Map((await this.#events.byIds(tenantId, ids.filter(isUuid))).map((event) => [event.id, event]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** The record as flat fields, worked out of its raw text. */
  fieldsOf(event: EventNode): Readonly<Record<string, unknown>> {
    return fieldsOf(event);
  }
}
