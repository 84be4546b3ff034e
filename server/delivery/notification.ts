import type { Severity } from '../../schema/severity.enum.ts';
import type { AlertNode } from '../modules/alert/alert.node.ts';

/**
 * Why a sink is told: a group of alerts that is new to it, one that got worse since, one that went on meanwhile (a digest of
 * what came), or somebody who tries the sink out.
 */
export type NotificationReason = 'NEW' | 'ESCALATED' | 'DIGEST' | 'TEST';

/** What a sink is told of one alert group, as the group stood when this was sent. */
export interface Notification {
  /** The delivery's id, a UUID: the same however often it is sent, so that receivers can tell repeats. */
  readonly id: string;
  readonly reason: NotificationReason;
  readonly tenantId: string;
  readonly group: {
    readonly id: string;
    readonly title: string;
    readonly type: string;
    readonly severity: Severity;
    /** All alerts of the group so far. */
    readonly count: number;
    readonly firstSeen: Date;
    readonly lastSeen: Date;
  };
  /** The alerts that this one tells of: exact, and over all notifications of a group each alert is counted once. */
  readonly alertCount: number;
  /** The latest of them. */
  readonly alert: AlertNode;
  /** Where people can read on; null while the server does not know its public URL. */
  readonly url: string | null;
}
