import type { AlertGroupFeed } from './alert-group-feed.ts';
import { writeJointCursor } from './cursor.ts';
import type { DeviceFeed } from './device-feed.ts';
import type { EventFeed } from './event-feed.ts';
import type { StatsFeed } from './stats-feed.ts';

interface Parts {
  readonly groups: AlertGroupFeed;
  readonly events: EventFeed;
  readonly devices: DeviceFeed;
  readonly stats: StatsFeed;
}

/** What can be followed live besides alerts and deliveries. */
export class Live {
  readonly groups: AlertGroupFeed;
  readonly events: EventFeed;
  readonly devices: DeviceFeed;
  readonly stats: StatsFeed;

  constructor({ groups, events, devices, stats }: Parts) {
    this.groups = groups;
    this.events = events;
    this.devices = devices;
    this.stats = stats;
  }

  /** Where every feed stands now, as a cursor that each of them takes. */
  async cursor(): Promise<string> {
    const { topic } = this.groups;
    const [feed, event] = await Promise.all([topic.lastCursor(), this.events.topic.lastCursor()]);
    return writeJointCursor(feed, event);
  }

  /** The feed has grown, or events have been stored. */
  wake(): void {
    this.groups.wake();
    this.events.wake();
    this.devices.wake();
  }

  close(): void {
    this.groups.close();
    this.events.close();
    this.devices.close();
    this.stats.close();
  }
}
