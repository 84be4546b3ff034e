import type { Page } from '../../../schema/paging/connection.type.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { RejectedEventNode, RejectedEventRepository } from './rejected-event.repository.ts';

/** The input of a tenant that could not be accepted. */
export class RejectedEventService {
  readonly #rejectedEvents: RejectedEventRepository;

  constructor(rejectedEvents: RejectedEventRepository) {
    this.#rejectedEvents = rejectedEvents;
  }

  page(tenantId: string, request: PageRequest): Promise<Page<RejectedEventNode>> {
    return this.#rejectedEvents.page(tenantId, request);
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(RejectedEventNode | null)[]> {
    const found = new Map((await this.#rejectedEvents.byIds(tenantId, ids)).map((event) => [event.id, event]));
    return ids.map((id) => found.get(id) ?? null);
  }
}
