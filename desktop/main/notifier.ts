import type { AlertSeverity, DesktopSettings } from '../ipc-contract.ts';
import { type FollowedAlert, isCritical, rank } from './alert.ts';
import { quietUntil } from './quiet-hours.ts';

/** Further alerts of a group: notified of together, by their number. */
export interface GatheredAlerts {
  readonly alerts: number;
  readonly groups: number;
  /** The worst of them, the latest of those. */
  readonly worst: FollowedAlert;
}

export interface NotifierParts {
  readonly settings: () => DesktopSettings;
  readonly timeZone: () => string;
  readonly now: () => number;
  readonly setTimer: (callBack: () => void, ms: number) => () => void;
  /** Shows one alert. */
  readonly showAlert: (alert: FollowedAlert) => void;
  /** Shows what a storm was made of. */
  readonly showGathered: (gathered: GatheredAlerts) => void;
  /** Whether the system says that its person does not want to be disturbed. */
  readonly isDoNotDisturb: () => boolean;
  /** An alert that was held back, and by what. */
  readonly hold: (alert: FollowedAlert, reason: HoldReason) => void;
}

export type HoldReason = 'QUIET_HOURS' | 'OS_DND';

/** Within a window of this length, in milliseconds, at most `mostAlone` alerts are shown one by one, of different groups. */
const firstWindowMs = 10_000;
const mostAlone = 2;
/** While a storm goes on the windows grow: each is twice as long as the one before, up to this. */
const longestWindowMs = 300_000;

/**
 * Decides which alerts a person is notified of, and when. In a storm the first are shown at once and all others counted, and the
 * count is told when a window of time is over: a thousand like alerts in ten seconds are two notifications.
 */
export class Notifier {
  readonly #parts: NotifierParts;
  /** Groups told of in this window or at the end of the one before. */
  #told = new Set<string>();
  #shownAlone = 0;
  /** By group: the latest alert, and how many there are. */
  #gathered = new Map<string, { readonly alert: FollowedAlert; readonly count: number }>();
  #gatheredAlerts = 0;
  #worst: FollowedAlert | undefined;
  #windowMs = firstWindowMs;
  #endWindow: (() => void) | undefined;
  #pausedUntil = 0;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  /** Shows nothing for `ms` milliseconds; 0 ends that. */
  pause(ms: number): void {
    this.#pausedUntil = this.#parts.now() + ms;
    this.stop();
  }

  get isPaused(): boolean {
    return this.#parts.now() < this.#pausedUntil;
  }

  take(alert: FollowedAlert): void {
    if (!this.#isWanted(alert.severity)) return;
    const heldBy = this.#heldBy(alert.severity);
    if (heldBy) {
      this.#parts.hold(alert, heldBy);
      return;
    }
    this.#endWindow ??= this.#openWindow();
    if (this.#shownAlone < mostAlone && !this.#told.has(alert.groupId)) {
      this.#told.add(alert.groupId);
      this.#shownAlone += 1;
      this.#parts.showAlert(alert);
      return;
    }
    this.#gatheredAlerts += 1;
    if (!this.#worst || rank(alert.severity) >= rank(this.#worst.severity)) this.#worst = alert;
    const known = this.#gathered.get(alert.groupId);
    if (known === undefined && this.#gathered.size >= mostGathered) return;
    this.#gathered.set(alert.groupId, { alert, count: (known?.count ?? 0) + 1 });
  }

  /** Forgets what is gathered, and begins anew with the next alert. */
  stop(): void {
    this.#endWindow?.();
    this.#endWindow = undefined;
    this.#told = new Set();
    this.#shownAlone = 0;
    this.#windowMs = firstWindowMs;
    this.#gathered.clear();
    this.#gatheredAlerts = 0;
    this.#worst = undefined;
  }

  #isWanted(severity: AlertSeverity): boolean {
    const { isOn, minSeverity } = this.#parts.settings().notifications;
    return isOn && !this.isPaused && rank(severity) >= rank(minSeverity);
  }

  /** Undefined: it is shown. What is critical comes through both, unless it is told not to. */
  #heldBy(severity: AlertSeverity): HoldReason | undefined {
    const { quietHours } = this.#parts.settings();
    if (quietHours.isCriticalLoud && isCritical(severity)) return undefined;
    const until = quietUntil(quietHours, new Date(this.#parts.now()), this.#parts.timeZone());
    if (until !== undefined) return 'QUIET_HOURS';
    return this.#parts.isDoNotDisturb() ? 'OS_DND' : undefined;
  }

  #openWindow(): () => void {
    return this.#parts.setTimer(() => this.#closeWindow(), this.#windowMs);
  }

  #closeWindow(): void {
    this.#endWindow = undefined;
    this.#shownAlone = 0;
    const gathered = [...this.#gathered.values()];
    const alerts = this.#gatheredAlerts;
    this.#gathered.clear();
    this.#gatheredAlerts = 0;
    const worst = this.#worst;
    this.#worst = undefined;
    if (worst === undefined) {
      this.#told = new Set();
      this.#windowMs = firstWindowMs;
      return;
    }
    const heldBy = this.#heldBy(worst.severity);
    if (heldBy) {
      // They have become quiet meanwhile.
      for (const { alert, count } of gathered) for (let held = 0; held < count; held++) this.#parts.hold(alert, heldBy);
      return;
    }
    this.#windowMs = Math.min(this.#windowMs * 2, longestWindowMs);
    // What has just been told of goes on being counted; a group that is new is shown by itself.
    this.#told = new Set(gathered.map(({ alert }) => alert.groupId));
    this.#endWindow = this.#openWindow();
    this.#parts.showGathered({ alerts, groups: gathered.length, worst });
  }
}

/** Groups that are told apart in one window; of a storm of more, the number of groups is at least this. */
const mostGathered = 500;
