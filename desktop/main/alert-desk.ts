import type { AwaySummary, DesktopSettings, GatewayState } from '../ipc-contract.ts';
import type { FollowedAlert, OpenCounts } from './alert.ts';
import { alertNotice, gatheredNotice, plainNotice } from './alert-notices.ts';
import { AwayLog } from './away.ts';
import { type FeedPosition, type FeedTimes, GatewayFeed, nowhere, type OpenGroup } from './gateway-feed.ts';
import { groupPathOf } from './links.ts';
import type { Messages } from './messages.ts';
import { type HoldReason, Notifier } from './notifier.ts';
import type { DesktopNotice } from './port.ts';
import { quietUntil } from './quiet-hours.ts';

/** A clock and its timers; tests bring their own. */
export interface Clock {
  readonly now: () => number;
  /** Answers how to call it off. */
  readonly setTimer: (callBack: () => void, ms: number) => () => void;
  readonly timeZone: () => string;
}

/** Which server a position belongs to, and when it was there. */
export interface SavedPosition extends FeedPosition {
  readonly place: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface AlertDeskParts {
  readonly clock: Clock;
  readonly words: Messages;
  readonly settings: () => DesktopSettings;
  readonly notify: (notice: DesktopNotice) => void;
  readonly open: (path: string) => void;
  readonly onOpenGroups: (counts: OpenCounts | undefined, latest: readonly OpenGroup[]) => void;
  readonly onAway: (summary: AwaySummary | null) => void;
  readonly savePosition: (position: SavedPosition) => void;
  readonly saved: SavedPosition | undefined;
  readonly feedTimes?: Partial<FeedTimes>;
}

/** A server that cannot be reached for this long was missed like one that was slept through, in milliseconds. */
const lostMs = 60_000;
/** What was missed is told of once the feed has brought nothing for `settleMs`, at the latest after `longestSettleMs`. */
const settleMs = 3_000;
const longestSettleMs = 60_000;
/** How often the end of quiet hours is looked for, and the position saved. */
const lookMs = 30_000;
/** A position that stays the same is saved this often, for the time in it. */
const saveMs = 300_000;
const pauseMs = 3_600_000;

/** Takes the alerts of the server in: who is to be notified of which, what was missed, what the tray shows. */
export class AlertDesk {
  readonly #parts: AlertDeskParts;
  readonly #feed: GatewayFeed;
  readonly #notifier: Notifier;
  readonly #log = new AwayLog();
  #place = '';
  #target: { readonly url: string; readonly token: string } | undefined;
  #isAway = false;
  #isLive = false;
  #wasQuiet = false;
  #isDoNotDisturb = false;
  /** By what the latest alert was held back. */
  #heldBy: HoldReason = 'QUIET_HOURS';
  #settleBy = 0;
  #endSettling: (() => void) | undefined;
  #endLosing: (() => void) | undefined;
  #endLooking: (() => void) | undefined;
  #summary: AwaySummary | null = null;
  #saved: SavedPosition | undefined;
  #lastSaved: { readonly position: FeedPosition; readonly at: number } = { position: nowhere, at: 0 };

  constructor(parts: AlertDeskParts) {
    const { clock, settings, words, notify } = parts;
    this.#parts = parts;
    this.#saved = parts.saved;
    this.#notifier = new Notifier({
      ...{ settings, now: clock.now, setTimer: clock.setTimer, timeZone: clock.timeZone },
      showAlert: (alert) =>
        notify(
          alertNotice(alert, words, {
            open: () => this.#openGroup(alert.groupId),
            acknowledge: () => void this.acknowledge(alert.groupId),
          }),
        ),
      showGathered: (gathered) => notify(gatheredNotice(gathered, words, (id) => this.#openGroup(id))),
      isDoNotDisturb: () => this.#isDoNotDisturb,
      hold: (alert, reason) => {
        this.#heldBy = reason;
        this.#log.begin(new Date(clock.now()));
        this.#log.take(alert);
      },
    });
    this.#feed = new GatewayFeed(
      {
        onAlert: (alert) => this.#take(alert),
        onMissed: (alerts) => this.#miss(alerts),
        onOpenGroups: (counts, latest) => parts.onOpenGroups(counts, latest),
        onLink: (isLive) => this.#linkChanged(isLive),
      },
      parts.feedTimes,
    );
    this.#wasQuiet = this.#isQuiet;
    this.#look();
  }

  get summary(): AwaySummary | null {
    return this.#summary;
  }

  get isPaused(): boolean {
    return this.#notifier.isPaused;
  }

  /** No notifications for an hour, or again. */
  togglePause(): void {
    this.#notifier.pause(this.isPaused ? 0 : pauseMs);
  }

  /** The system's own word that its person does not want to be disturbed, or does again. */
  setDoNotDisturb(isOn: boolean): void {
    this.#isDoNotDisturb = isOn;
    this.#noteQuiet();
  }

  dismiss(): void {
    this.#log.clear();
    this.#tell(null);
  }

  /** Follows the server while it is ready. */
  gatewayChanged(state: GatewayState): void {
    if (state.kind !== 'ready') {
      this.#target = undefined;
      this.#feed.stop();
      return;
    }
    const place = state.isRemote ? state.url : 'local';
    this.#target = { url: state.url, token: state.token };
    this.#feed.follow(state.url, state.token, place === this.#place ? undefined : this.#moveTo(place));
  }

  /** The server's database is another one now: there is nothing to resume from. */
  forgetPosition(): void {
    this.#place = '';
    this.#saved = undefined;
    this.#parts.savePosition({ ...nowhere, place: '', at: this.#parts.clock.now() });
  }

  suspend(): void {
    this.#leave(this.#parts.clock.now());
    this.save();
  }

  /** The old connection may be dead without knowing it. */
  resume(): void {
    if (this.#target) this.#feed.follow(this.#target.url, this.#target.token);
  }

  save(): void {
    if (this.#place === '') return;
    const { savePosition, clock } = this.#parts;
    this.#lastSaved = { position: this.#feed.position, at: clock.now() };
    savePosition({ ...this.#feed.position, place: this.#place, at: clock.now() });
  }

  stop(): void {
    this.save();
    this.#feed.stop();
    this.#notifier.stop();
    for (const end of [this.#endSettling, this.#endLosing, this.#endLooking]) end?.();
  }

  async acknowledge(groupId: string): Promise<void> {
    try {
      await this.#feed.acknowledge(groupId);
    } catch (cause) {
      const { notify, words } = this.#parts;
      notify(plainNotice(words.notice.notAcknowledged, (cause as Error).message, () => this.#openGroup(groupId)));
    }
  }

  #moveTo(place: string): FeedPosition {
    // Only the first server after a start can be the one that was left off at.
    const saved = this.#saved;
    this.#saved = undefined;
    this.#place = place;
    if (saved?.place !== place) return nowhere;
    this.#leave(saved.at);
    return { cursor: saved.cursor, newestId: saved.newestId };
  }

  #take(alert: FollowedAlert): void {
    if (!this.#isAway) {
      this.#notifier.take(alert);
      return;
    }
    this.#log.take(alert);
    this.#settle();
  }

  #miss(alerts: number): void {
    this.#log.begin(new Date(this.#parts.clock.now()));
    this.#log.miss(alerts);
    this.#settle();
  }

  #linkChanged(isLive: boolean): void {
    const { clock, onOpenGroups } = this.#parts;
    this.#isLive = isLive;
    this.#endLosing?.();
    this.#endLosing = undefined;
    if (isLive) {
      this.#settleBy = clock.now() + longestSettleMs;
      if (this.#isAway) this.#settle();
      return;
    }
    this.#endSettling?.();
    onOpenGroups(undefined, []);
    const lostAt = clock.now();
    this.#endLosing = clock.setTimer(() => this.#leave(lostAt), lostMs);
  }

  #leave(since: number): void {
    this.#isAway = true;
    this.#log.begin(new Date(since));
  }

  #settle(): void {
    if (!this.#isLive) return;
    const { clock } = this.#parts;
    this.#endSettling?.();
    const left = Math.max(0, this.#settleBy - clock.now());
    this.#endSettling = clock.setTimer(
      () => {
        this.#isAway = false;
        this.#conclude('AWAY');
      },
      Math.min(settleMs, left),
    );
  }

  /** One notification for all that was missed; in quiet hours it waits for their end. */
  #conclude(reason: AwaySummary['reason']): void {
    const { clock, words, notify, settings, open } = this.#parts;
    const summary = this.#log.summarise(reason, new Date(clock.now()));
    if (summary === null) {
      this.#log.clear();
      return;
    }
    this.#tell(summary);
    if (!settings().notifications.isOn || this.#isQuiet || this.isPaused) return;
    const { title, body } = words.notice.away(summary);
    notify(plainNotice(title, body, () => open('/')));
  }

  #noteQuiet(): void {
    const isQuiet = this.#isQuiet;
    if (isQuiet && !this.#wasQuiet) this.#heldBy = this.#isDoNotDisturb ? 'OS_DND' : 'QUIET_HOURS';
    if (this.#wasQuiet && !isQuiet && !this.#log.isEmpty) this.#conclude(this.#heldBy);
    this.#wasQuiet = isQuiet;
  }

  #look(): void {
    this.#noteQuiet();
    const isNews = this.#feed.position !== this.#lastSaved.position;
    if (isNews || this.#parts.clock.now() - this.#lastSaved.at >= saveMs) this.save();
    this.#endLooking = this.#parts.clock.setTimer(() => this.#look(), lookMs);
  }

  get #isQuiet(): boolean {
    const { settings, clock } = this.#parts;
    if (this.#isDoNotDisturb) return true;
    return quietUntil(settings().quietHours, new Date(clock.now()), clock.timeZone()) !== undefined;
  }

  #openGroup(id: string | undefined): void {
    this.#parts.open((id && groupPathOf(id)) ?? '/alerts');
  }

  #tell(summary: AwaySummary | null): void {
    this.#summary = summary;
    this.#parts.onAway(summary);
  }
}
