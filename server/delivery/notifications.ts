import type { AlertService } from '../modules/alert/alert.service.ts';
import type { AlertGroupService } from '../modules/alert-group/alert-group.service.ts';
import type { ClaimedDelivery } from './dispatch.repository.ts';
import type { Notification } from './notification.ts';

/** Words deliveries: what is stored of one is a reference, and what it tells is how the alert and its group stand when it is sent. */
export class Notifications {
  readonly #alerts: AlertService;
  readonly #groups: AlertGroupService;
  readonly #publicUrl: string | undefined;

  constructor(alerts: AlertService, groups: AlertGroupService, publicUrl: string | undefined) {
    this.#alerts = alerts;
    this.#groups = groups;
    this.#publicUrl = publicUrl;
  }

  /** Null when the alert or its group was deleted. */
  async of({ id, tenantId, groupId, alertId, alertCount, reason }: ClaimedDelivery): Promise<Notification | null> {
    const [alert, [group]] = await Promise.all([
      this.#alerts.byId(tenantId, String(alertId)),
      this.#groups.byIds(tenantId, [groupId]),
    ]);
    if (!alert || !group) return null;
    const url = this.#publicUrl === undefined ? null : new URL(`/?alertGroup=${groupId}`, this.#publicUrl).href;
    return { id, reason, tenantId, group, alertCount, alert, url };
  }
}
