import type { DeviceChanged } from '../../schema/device/device-changed.type.ts';
import type { Principal } from '../context.ts';
import type { DeviceStep } from '../modules/device/device.node.ts';
import type { Subscription } from './subscription.ts';
import { type FeedParts, type StepSource, TopicFeed } from './topic-feed.ts';

/** How long changes of a device gather that become one step, in milliseconds. */
const gatherMs = 200;

/** The live feed of devices. */
export class DeviceFeed extends TopicFeed<DeviceStep, DeviceChanged> {
  constructor(source: StepSource<DeviceStep>, lastCursor: () => Promise<number>, parts: FeedParts) {
    super(
      {
        gatherMs,
        stepsAfter: (cursor, limit, tenantId) => source.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => source.countSteps(tenantId, after, until),
        lastCursor,
        tenantOf: ({ tenantId }) => tenantId,
        payloadOf: ({ cursor, id, device }) => ({
          cursor: String(cursor),
          device,
          removedId: device === null ? id : null,
          gap: null,
        }),
        gapOf: (cursor, gap) => ({ cursor, device: null, removedId: null, gap }),
      },
      parts,
    );
  }

  /** The devices that changed after a cursor, or from now on; goes on until the caller leaves. */
  follow(principal: Principal, after: string | null): Promise<Subscription<DeviceStep, DeviceChanged>> {
    return this.join(principal, () => true, after);
  }
}
