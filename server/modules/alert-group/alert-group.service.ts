import { OrderDirection } from '../../../schema/alert/alert.enum.ts';
import { AlertGroupOrderField } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupFilter, AlertGroupOrder } from '../../../schema/alert-group/alert-group.input.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { GroupReasonType } from '../../../schema/alert-group/group-reason.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { Searcher, SearchService } from '../search/search.service.ts';
import { groupedBecause, reasonsOf } from './alert-group.node.ts';
import type { AlertGroupRepository } from './alert-group.repository.ts';

const latestFirst: AlertGroupOrder = { field: AlertGroupOrderField.LAST_ALERT, direction: OrderDirection.DESC };

/** The alert groups of a tenant. */
export class AlertGroupService {
  readonly #groups: AlertGroupRepository;
  readonly #search: SearchService;

  constructor(groups: AlertGroupRepository, search: SearchService) {
    this.#groups = groups;
    this.#search = search;
  }

  async page(
    caller: Searcher,
    filter: AlertGroupFilter | null,
    order: AlertGroupOrder | null,
    request: PageRequest,
  ): Promise<Page<AlertGroupType>> {
    const search = await this.#search.read(caller, 'ALERT_GROUP', filter?.search);
    return this.#groups.page(caller.tenantId, filter ?? {}, search, order ?? latestFirst, request);
  }

  /** In the order asked for; null where there is none. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(AlertGroupType | null)[]> {
    const found = new Map((await this.#groups.byIds(tenantId, ids)).map((group) => [group.id, group]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** What the alerts of a fingerprint have in common, in words. */
  groupedBecause(fingerprint: string): string[] {
    return groupedBecause(fingerprint);
  }

  /** The same, one thing at a time. */
  reasonsOf(fingerprint: string): GroupReasonType[] {
    return reasonsOf(fingerprint);
  }
}
