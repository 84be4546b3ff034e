import type { DeviceFilter, UpdateDeviceInput } from '../../../schema/device/device.input.ts';
import type { DeviceAddressType, DeviceType } from '../../../schema/device/device.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { DeviceRepository } from './device.repository.ts';

const longestName = 255;

/** The hosts of a tenant. */
export class DeviceService {
  readonly #devices: DeviceRepository;
  readonly #now: () => number;

  constructor(devices: DeviceRepository, now: () => number) {
    this.#devices = devices;
    this.#now = now;
  }

  page(tenantId: string, filter: DeviceFilter | null, request: PageRequest): Promise<Page<DeviceType>> {
    return this.#devices.page(tenantId, withCanonicalAddresses(filter ?? {}), request);
  }

  /** Null when the tenant has no device of that number. */
  async byId(tenantId: string, id: string): Promise<DeviceType | null> {
    if (!/^[1-9]\d{0,14}$/.test(id)) return null;
    return (await this.#devices.byId(tenantId, Number(id))) ?? null;
  }

  /** Who was seen last at each address, in the order asked for. */
  async atAddresses(tenantId: string, ips: readonly string[]): Promise<(DeviceType | null)[]> {
    const found = await this.#devices.atAddresses(tenantId, ips);
    return ips.map((ip) => found.get(ip) ?? null);
  }

  /** The addresses of each device, in the order asked for. */
  async addressesOf(tenantId: string, ids: readonly number[]): Promise<DeviceAddressType[][]> {
    const found = await this.#devices.addressesOf(tenantId, ids);
    return ids.map((id) => found.filter(({ deviceId }) => deviceId === id));
  }

  /** Renames a device; one of its two names must be left. */
  async update(tenantId: string, input: UpdateDeviceInput): Promise<DeviceType> {
    const device = await this.byId(tenantId, input.id);
    if (!device) throw new NotFound('Device', input.id);
    if (input.hostname == null && input.friendlyName == null) {
      throw new InvalidInput('input', 'must have a hostname or a friendlyName');
    }
    const hostname = input.hostname == null ? device.hostname : nameOf('hostname', input.hostname);
    const friendlyName = input.friendlyName == null ? device.friendlyName : nameOf('friendlyName', input.friendlyName);
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
