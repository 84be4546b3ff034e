import { AlertOrderField, OrderDirection } from '../../../schema/alert/alert.enum.ts';
import type { AlertFilter, AlertOrder } from '../../../schema/alert/alert.input.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { withCanonicalAddresses } from './alert.filter.ts';
import type { AlertNode } from './alert.node.ts';
import type { AlertRepository, AlertStep } from './alert.repository.ts';

export type { AlertStep };

const latestFirst: AlertOrder = { field: AlertOrderField.RECEIVED_AT, direction: OrderDirection.DESC };

/** The alerts of a tenant. */
export class AlertService {
  readonly #alerts: AlertRepository;

  constructor(alerts: AlertRepository) {
    this.#alerts = alerts;
  }

  page(
    tenantId: string,
    filter: AlertFilter | null,
    order: AlertOrder | null,
    request: PageRequest,
  ): Promise<Page<AlertNode>> {
    return this.#alerts.page(tenantId, withCanonicalAddresses(filter ?? {}), order ?? latestFirst, request);
  }

  /** Null when the tenant has no alert of that number. */
  async byId(tenantId: string, id: string): Promise<AlertNode | null> {
    if (!/^[1-9]\d{0,15}$/.test(id)) return null;
    const [alert] = await this.#alerts.byIds(tenantId, [Number(id)]);
    return alert ?? null;
  }

  /** In the order asked for; null where the tenant has none of that number. */
  async byIds(tenantId: string, ids: readonly number[]): Promise<(AlertNode | null)[]> {
    const found = new Map((await this.#alerts.byIds(tenantId, ids)).map((alert) => [alert.id, alert]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Steps of the feed after a cursor, of one tenant or, for the tail that all share, of every one. */
  stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<AlertStep[]> {
    return this.#alerts.stepsAfter(cursor, limit, tenantId);
  }

  lastCursor(): Promise<number> {
    return this.#alerts.lastCursor();
  }

  countSteps(tenantId: string, after: number, until: number): Promise<number> {
    return this.#alerts.countSteps(tenantId, after, until);
  }
}
