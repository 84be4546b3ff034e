import { type AlertSeverity, type AwaySummary, severities } from '../ipc-contract.ts';
import { type FollowedAlert, plainText, rank } from './alert.ts';

interface AwayGroup {
  readonly id: string;
  readonly title: string;
  readonly severity: AlertSeverity;
  readonly alerts: number;
}

const shownGroups = 10;
/** Groups that are told apart while somebody is away; the alerts of further ones are counted by severity alone. */
const mostGroups = 2_000;

/** Counts what is raised while nobody looks (asleep, not running, quiet) until somebody has seen the sum. */
export class AwayLog {
  #since: Date | undefined;
  readonly #groups = new Map<string, AwayGroup>();
  readonly #bySeverity = new Map<AlertSeverity, number>();
  #alerts = 0;

  take({ groupId, title, severity }: FollowedAlert): void {
    this.#alerts += 1;
    this.#bySeverity.set(severity, (this.#bySeverity.get(severity) ?? 0) + 1);
    const known = this.#groups.get(groupId);
    if (known === undefined && this.#groups.size >= mostGroups) return;
    this.#groups.delete(groupId);
    // Put back at the end: the latest is last.
    this.#groups.set(groupId, {
      id: groupId,
      title: plainText(title),
      severity: known && rank(known.severity) > rank(severity) ? known.severity : severity,
      alerts: (known?.alerts ?? 0) + 1,
    });
  }

  /** Alerts that the server left out of the feed: known by their number alone. */
  miss(alerts: number): void {
    this.#alerts += alerts;
  }

  get isEmpty(): boolean {
    return this.#alerts === 0;
  }

  /** From when on it counts; a time before stands until `clear`. */
  begin(since: Date): void {
    this.#since ??= since;
  }

  /** Forgets everything. */
  clear(): void {
    this.#since = undefined;
    this.#groups.clear();
    this.#bySeverity.clear();
    this.#alerts = 0;
  }

  /** What has been counted so far; null when it is nothing. */
  summarise(reason: AwaySummary['reason'], until: Date): AwaySummary | null {
    if (this.isEmpty) return null;
    const groups = [...this.#groups.values()].reverse().sort((a, b) => rank(b.severity) - rank(a.severity));
    return {
      reason,
      since: (this.#since ?? until).toISOString(),
      until: until.toISOString(),
      alerts: this.#alerts,
      bySeverity: Object.fromEntries(
        severities.flatMap((severity) => {
          const alerts = this.#bySeverity.get(severity);
          return alerts === undefined ? [] : [[severity, alerts]];
        }),
      ),
      groups: groups.slice(0, shownGroups),
      moreGroups: Math.max(0, groups.length - shownGroups),
    };
  }
}
