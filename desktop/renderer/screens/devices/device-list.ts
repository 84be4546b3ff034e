import type { Connection } from '../../data/connection.ts';
import { followFeed } from '../../data/feed.ts';
import { ask } from '../../data/paged-rows.ts';
import { Signal } from '../../data/signal.ts';
import type { Failure } from '../../data/use-data.ts';
import {
  DeviceChanges,
  DeviceFeedStart,
  DeviceList as DeviceListDoc,
  type DeviceRow,
} from '../../generated/devices.ts';

export interface DevicesView {
  /** Undefined until the first of them are there. */
  readonly devices: readonly DeviceRow[] | undefined;
  readonly failure: Failure | undefined;
  /** Devices of the tenant, of which `devices` may be the newest. */
  readonly total: number;
  /** Later pages are still on their way. */
  readonly isReading: boolean;
}

const pageSize = 500;
/** An office has hundreds: so many are searched and sorted here without asking anybody. */
export const mostDevices = 10_000;
/** Changes are drawn together. */
const drawMs = 200;

/** All devices of the tenant, the newest first, kept current by the live feed. */
export class DeviceList {
  readonly view = new Signal<DevicesView>({ devices: undefined, failure: undefined, total: 0, isReading: true });
  readonly #connection: Connection;
  #devices = new Map<string, DeviceRow>();
  /** Grows with every reading: what an older one still brings is dropped. */
  #reading = 0;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    void this.read();
  }

  close(): void {
    this.#reading += 1;
    this.#stop?.();
    clearTimeout(this.#timer);
  }

  /** Reads all anew, page by page; what is shown stays until the first page is there. */
  readonly read = async (): Promise<void> => {
    const reading = ++this.#reading;
    // Asked for first, so that what changes while the pages are read is heard of after them.
    const start = await ask(this.#connection, DeviceFeedStart, {});
    if (reading !== this.#reading) return;
    if (start.failure) return this.#fail(start.failure);
    let devices = new Map<string, DeviceRow>();
    for (let page = 1; ; page += 1) {
      const { data, failure } = await ask(this.#connection, DeviceListDoc, { page, pageSize });
      if (reading !== this.#reading) return;
      if (failure) return this.#fail(failure);
      const { nodes, totalCount } = data.devicePage;
      devices = new Map([...devices, ...nodes.map((device) => [device.id, device] as const)]);
      const isReading = page * pageSize < Math.min(totalCount, mostDevices);
      this.#devices = devices;
      this.#show({ failure: undefined, total: totalCount, isReading });
      if (!isReading) break;
    }
    this.#follow(start.data.feedCursor);
  };

  /** Takes over what a change of the person made of a device. */
  replace(device: DeviceRow): void {
    this.#devices = new Map(this.#devices).set(device.id, device);
    this.#show({});
  }

  #follow(after: string): void {
    this.#stop?.();
    this.#stop = followFeed({
      connection: this.#connection,
      operation: DeviceChanges,
      variables: {},
      after,
      read: ({ deviceChanged: { cursor, device, removedId, gap } }) => ({ cursor, change: { device, removedId }, gap }),
      onChange: ({ device, removedId }) => {
        if (device) this.#devices.set(device.id, device);
        if (removedId !== null) this.#devices.delete(removedId);
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          const { total } = this.view.get();
          this.#show({ total: Math.max(total, this.#devices.size) });
        }, drawMs);
      },
      onGap: () => void this.read(),
    });
  }

  #fail(failure: Failure): void {
    // A list in sight is worth more than the word that it could not be read again.
    this.view.set({ ...this.view.get(), isReading: false, ...(!this.view.get().devices && { failure }) });
  }

  #show(change: Partial<DevicesView>): void {
    this.view.set({ ...this.view.get(), devices: [...this.#devices.values()], ...change });
  }
}
