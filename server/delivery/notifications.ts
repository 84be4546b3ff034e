import type { AlertService } from '../modules/alert/alert.service.ts';
import type { AlertGroupService } from '../modules/alert-group/alert-group.service.ts';
import type { ClaimedDelivery } from './dispatch.repository.ts';
import type { Notification } from './notification.ts';

/** Rows named in one query. */
const readAtOnce = 200;

/** Words deliveries: what is stored of one is a reference, and what it tells is how the alert and its group stand when it is about to be sent. */
export class Notifications {
  readonly #alerts: AlertService;
  readonly #groups: AlertGroupService;
  readonly #consoleUrl: () => string | undefined;

  constructor(alerts: AlertService, groups: AlertGroupService, consoleUrl: () => string | undefined) {
    this.#alerts = alerts;
    this.#groups = groups;
    this.#consoleUrl = consoleUrl;
  }

  /** By the id of the delivery; those are missing whose alert or group was deleted. */
  async of(deliveries: readonly ClaimedDelivery[]): Promise<Map<string, Notification>> {
    const notifications = new Map<string, Notification>();
    for (const [tenantId, ofTenant] of Map.groupBy(deliveries, (each) => each.tenantId)) {
      for (let start = 0; start < ofTenant.length; start += readAtOnce) {
        const some = ofTenant.slice(start, start + readAtOnce);
        const [alerts, groups] = await Promise.all([
          this.#alerts.byIds(tenantId, [...new Set(some.map(({ alertId }) => alertId))]),
          this.#groups.byIds(tenantId, [...new Set(some.map(({ groupId }) => groupId))]),
        ]);
        const alertOf = new Map(alerts.map((alert) => [alert?.id, alert]));
        const groupOf = new Map(groups.map((group) => [group?.id, group]));
        for (const { id, reason, alertCount, alertId, groupId } of some) {
          const [alert, group] = [alertOf.get(alertId), groupOf.get(groupId)];
          if (!alert || !group) continue;
          notifications.set(id, { id, reason, tenantId, group, alertCount, alert, url: this.#urlOf(groupId) });
        }
      }
    }
    return notifications;
  }

  #urlOf(groupId: string): string | null {
    const url = this.#consoleUrl();
    return url === undefined ? null : new URL(`/?alertGroup=${groupId}`, url).href;
  }
}
