import { OrderDirection } from '../../../schema/alert/alert.enum.ts';
import { DeviceOrderField } from '../../../schema/device/device.enum.ts';
import type {
  DeviceFilter,
  DeviceOrder,
  DevicePatterns,
  UpdateDeviceInput,
} from '../../../schema/device/device.input.ts';
import type { DeviceAddressType, DeviceType } from '../../../schema/device/device.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { NumberedPage } from '../../../schema/paging/numbered-page.type.ts';
import { maxNumberedPageSize } from '../../../schema/paging/page-size.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import { canonicalMac } from '../../mac-address.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { spelledLike } from '../../persistence/pattern.ts';
import type { DeviceRepository } from './device.repository.ts';
import type { DevicePageRepository } from './device-page.repository.ts';

const longestName = 255;

/** The hosts of a tenant. */
export class DeviceService {
  readonly #devices: DeviceRepository;
  readonly #pages: DevicePageRepository;
  readonly #now: () => number;

  constructor(devices: DeviceRepository, pages: DevicePageRepository, now: () => number) {
    this.#devices = devices;
    this.#pages = pages;
    this.#now = now;
  }

  page(tenantId: string, filter: DeviceFilter | null, request: PageRequest): Promise<Page<DeviceType>> {
    return this.#devices.page(tenantId, withCanonicalAddresses(filter ?? {}), request);
  }

  /** A page by its number: by last address, as numbers sort, unless another order is asked for. */
  async numberedPage(
    tenantId: string,
    filter: DevicePatterns | null,
    order: DeviceOrder | null,
    asked: { readonly page: number; readonly pageSize: number },
  ): Promise<NumberedPage<DeviceType>> {
    if (asked.page < 1) throw new InvalidInput('page', 'must be at least 1');
    if (asked.pageSize < 1 || asked.pageSize > maxNumberedPageSize) {
      throw new InvalidInput('pageSize', `must be from 1 to ${maxNumberedPageSize}`);
    }
    const spelled = {
      ...filter,
      mac: spelledLike(filter?.mac, canonicalMac),
      ip: spelledLike(filter?.ip, canonicalIp),
    };
    return this.#pages.page(
      tenantId,
      spelled,
      order ?? { field: DeviceOrderField.LAST_IP, direction: OrderDirection.ASC },
      asked,
    );
  }

  /** Null when the tenant has no device of that number. */
  /** Devices that a pattern of SQL's `like` fits a name of, in lower case and with `!` before what is meant literally. */
  named(tenantId: string, like: string, most: number): Promise<DeviceType[]> {
    return this.#devices.named(tenantId, like, most);
  }

  async byId(tenantId: string, id: string): Promise<DeviceType | null> {
    if (!/^[1-9]\d{0,14}$/.test(id)) return null;
    return (await this.#devices.byId(tenantId, Number(id))) ?? null;
  }

  /** Who was seen last at each address, in the order asked for. */
  async atAddresses(tenantId: string, ips: readonly string[]): Promise<(DeviceType | null)[]> {
    const found = await this.#devices.atAddresses(tenantId, ips);
    return ips.map((ip) => found.get(ip) ?? null);
  }

  /** Who was seen last at the source, and at the destination address of each alert: at most two, in the order asked for. */
  async ofAlerts(tenantId: string, alertIds: readonly number[]): Promise<DeviceType[][]> {
    const found = await this.#devices.ofAlerts(tenantId, alertIds);
    return alertIds.map((id) => {
      const ends = [...(found.get(id)?.values() ?? [])];
      return ends.filter((device, index) => ends.findIndex((other) => other.id === device.id) === index);
    });
  }

  /** The addresses of each device, in the order asked for. */
  async addressesOf(tenantId: string, ids: readonly number[]): Promise<DeviceAddressType[][]> {
    const found = await this.#devices.addressesOf(tenantId, ids);
    return ids.map((id) => found.filter(({ deviceId }) => deviceId === id));
  }

  /** Renames a device; one of its two names must be left. */
  async update(tenantId: string, input: UpdateDeviceInput): Promise<DeviceType> {
    if (input.hostname == null && input.friendlyName == null) {
      throw new InvalidInput('input', 'must have a hostname or a friendlyName');
    }
    const newHostname = input.hostname == null ? null : nameOf('hostname', input.hostname);
    const newFriendlyName = input.friendlyName == null ? null : nameOf('friendlyName', input.friendlyName);
    const device = await this.byId(tenantId, input.id);
    if (!device) throw new NotFound('Device', input.id);
    const hostname = input.hostname == null ? device.hostname : newHostname;
    const friendlyName = input.friendlyName == null ? device.friendlyName : newFriendlyName;
    if (hostname === null && friendlyName === null) {
      throw new InvalidInput('input', 'must leave the device a hostname or a friendlyName');
    }
    await this.#devices.rename(tenantId, device.id, {
      ...(input.hostname != null && { hostname, hostnameAt: this.#now() }),
      ...(input.friendlyName != null && { friendlyName }),
    });
    return { ...device, hostname, friendlyName };
  }
}

function nameOf(field: string, text: string): string | null {
  // PostgreSQL takes neither of the two, so no name holds them.
  const name = text.trim().toWellFormed().replaceAll('\0', '\uFFFD');
  if (name.length > longestName) throw new InvalidInput(field, `must have at most ${longestName} characters`);
  return name === '' ? null : name;
}

/** The filter with every address in the spelling that is stored. */
function withCanonicalAddresses(filter: DeviceFilter): DeviceFilter {
  return {
    ...filter,
    mac: filter.mac?.map((mac) => mac.toUpperCase().replaceAll('-', ':')) ?? null,
    ip: filter.ip?.map((ip) => canonicalIp(ip) ?? ip) ?? null,
    address: filter.address?.map((ip) => canonicalIp(ip) ?? ip) ?? null,
  };
}
