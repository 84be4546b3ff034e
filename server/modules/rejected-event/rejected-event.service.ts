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
}
