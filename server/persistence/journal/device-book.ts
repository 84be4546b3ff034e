import { ipKey, noIpKey } from '../../ip-address.ts';

/** A host as one event has seen it; at least one of its two addresses is there. */
export interface Sighting {
  readonly tenantId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly mac: string | null;
  readonly ip: string | null;
  readonly hostname: string | null;
  readonly vendor: string | null;
  /** Whether the sender itself names the vendor, which outranks the IEEE's list. */
  readonly isVendorGiven: boolean;
}

/** A row of `device`; one that is not stored yet has no id. */
export interface DeviceRow {
  id: number | null;
  readonly tenant_id: string;
  mac: string | null;
  last_ip: string | null;
  last_ip_key: string;
  last_ip_at: number;
  hostname: string | null;
  hostname_at: number;
  friendly_name: string | null;
  vendor: string | null;
  vendor_at: number;
  first_seen: number;
  last_seen: number;
}

/** A row of `device_address`. */
export interface AddressRow {
  readonly device_id: number;
  readonly tenant_id: string;
  readonly ip: string;
  readonly first_seen: number;
  readonly last_seen: number;
}

/** A router's hardware address, as people have noted it with a network. */
export interface GatewayRow {
  readonly tenant_id: string;
  readonly gateway_mac: string;
  readonly gateway_ip: string | null;
}

/** What is stored already of what a group has seen. */
export interface KnownDevices {
  /** All that have one of the hardware addresses seen, or hold one of the addresses seen. */
  readonly devices: readonly DeviceRow[];
  /** All rows of the addresses seen. */
  readonly addresses: readonly AddressRow[];
  /** Those whose hardware address was seen. */
  readonly gateways: readonly GatewayRow[];
}

/** Columns of `device` that a commit writes, in the order of a statement's parameters. */
export const deviceColumns = [
  'tenant_id',
  'mac',
  'last_ip',
  'last_ip_key',
  'last_ip_at',
  'hostname',
  'hostname_at',
  'friendly_name',
  'vendor',
  'vendor_at',
  'first_seen',
  'last_seen',
] as const;

export interface DeviceChanges {
  /** New ones; whoever stores them gives them their id. */
  readonly opened: readonly DeviceRow[];
  readonly changed: readonly DeviceRow[];
  /** Those that were found to be another one: to be deleted with their address. */
  readonly absorbed: readonly DeviceRow[];
  /** Those of the opened and changed that people would see a change of: another time is none, nor an address it had before. */
  readonly news: readonly DeviceRow[];
  /** To be merged into what is stored: the earliest first time and the latest last time hold. */
  readonly addresses: readonly { device: DeviceRow; ip: string; first_seen: number; last_seen: number }[];
}

interface Holding {
  readonly device: DeviceRow;
  readonly ip: string;
  first_seen: number;
  last_seen: number;
}

const within = (tenantId: string, address: string) => `${tenantId} ${address}`;

/**
 * Tells hosts apart, in memory, by the rule of docs/decisions/0010-how-devices-are-told-apart.md: the same sightings in one order
 * come to the same devices on any database.
 */
export class DeviceBook {
  readonly #byMac = new Map<string, DeviceRow>();
  readonly #byIp = new Map<string, Holding[]>();
  readonly #gateways: readonly GatewayRow[];
  readonly #opened = new Set<DeviceRow>();
  readonly #changed = new Set<DeviceRow>();
  readonly #absorbed: DeviceRow[] = [];
  readonly #touched = new Set<Holding>();
  /** What was stored of each device that people see. */
  readonly #stored = new Map<DeviceRow, string>();
  readonly #moved = new Set<DeviceRow>();

  constructor({ devices, addresses, gateways }: KnownDevices) {
    const byId = new Map(devices.map((device) => [device.id, device]));
    for (const device of devices) {
      this.#stored.set(device, appearanceOf(device));
      if (device.mac !== null) this.#byMac.set(within(device.tenant_id, device.mac), device);
    }
    for (const { device_id, tenant_id, ip, first_seen, last_seen } of addresses) {
      const device = byId.get(device_id);
      if (device) this.#holdings(tenant_id, ip).push({ device, ip, first_seen, last_seen });
    }
    this.#gateways = gateways;
  }

  see(sighting: Sighting): void {
    const { tenantId, ip, at, hostname, vendor } = sighting;
    const mac = this.#isRouted(sighting) ? null : sighting.mac;
    const device = mac === null ? this.#atAddress(tenantId, ip) : this.#ofMac(tenantId, mac, ip);
    device.first_seen = Math.min(device.first_seen, at);
    device.last_seen = Math.max(device.last_seen, at);
    if (hostname !== null) name(device, hostname, at);
    // The vendor belongs to the hardware address, so it says nothing of a host behind the router.
    if (vendor !== null && mac === sighting.mac) sell(device, vendor, sighting.isVendorGiven ? at : never);
    if (ip !== null) this.#hold(device, ip, at, at);
    if (!this.#opened.has(device)) this.#changed.add(device);
  }

  get changes(): DeviceChanges {
    return {
      opened: [...this.#opened],
      changed: [...this.#changed],
      absorbed: this.#absorbed,
      news: [...this.#opened, ...[...this.#changed].filter((device) => this.#isNews(device))],
      addresses: [...this.#touched],
    };
  }

  #isNews(device: DeviceRow): boolean {
    return this.#moved.has(device) || this.#stored.get(device) !== appearanceOf(device);
  }

  /** A router lends its hardware address to every host behind it. */
  #isRouted({ tenantId, mac, ip }: Sighting): boolean {
    const isGateway = (row: GatewayRow) => row.tenant_id === tenantId && row.gateway_mac === mac;
    if (mac === null || ip === null || !this.#gateways.some(isGateway)) return false;
    return !this.#gateways.some((row) => isGateway(row) && row.gateway_ip === ip);
  }

  #ofMac(tenantId: string, mac: string, ip: string | null): DeviceRow {
    const place = within(tenantId, mac);
    const known = this.#byMac.get(place);
    const nameless = ip === null ? undefined : this.#holdings(tenantId, ip).find(({ device }) => device.mac === null);
    if (!known && nameless) {
      nameless.device.mac = mac;
      this.#byMac.set(place, nameless.device);
      return nameless.device;
    }
    const device = known ?? this.#open(tenantId, mac);
    if (!known) this.#byMac.set(place, device);
    if (nameless) this.#absorb(device, nameless);
    return device;
  }

  /** Whoever was seen at the address last. */
  #atAddress(tenantId: string, ip: string | null): DeviceRow {
    const [first, ...others] = ip === null ? [] : this.#holdings(tenantId, ip);
    if (!first) return this.#open(tenantId, null);
    return others.reduce((best, each) => (isLater(each, best) ? each : best), first).device;
  }

  #open(tenantId: string, mac: string | null): DeviceRow {
    const device: DeviceRow = {
      id: null,
      tenant_id: tenantId,
      mac,
      last_ip: null,
      last_ip_key: noIpKey,
      last_ip_at: never,
      hostname: null,
      hostname_at: never,
      friendly_name: null,
      vendor: null,
      vendor_at: never,
      first_seen: Number.MAX_SAFE_INTEGER,
      last_seen: never,
    };
    this.#opened.add(device);
    return device;
  }

  /** A device known by its address alone turns out to be one whose hardware address is known. */
  #absorb(into: DeviceRow, holding: Holding): void {
    const { device: gone, ip } = holding;
    const holdings = this.#holdings(gone.tenant_id, ip);
    holdings.splice(holdings.indexOf(holding), 1);
    this.#touched.delete(holding);
    this.#changed.delete(gone);
    if (!this.#opened.delete(gone)) this.#absorbed.push(gone);
    into.first_seen = Math.min(into.first_seen, gone.first_seen);
    into.last_seen = Math.max(into.last_seen, gone.last_seen);
    into.friendly_name ??= gone.friendly_name;
    if (gone.hostname !== null) name(into, gone.hostname, gone.hostname_at);
    if (gone.vendor !== null) sell(into, gone.vendor, gone.vendor_at);
    this.#hold(into, ip, holding.first_seen, holding.last_seen);
  }

  #hold(device: DeviceRow, ip: string, first: number, last: number): void {
    const holdings = this.#holdings(device.tenant_id, ip);
    let holding = holdings.find((each) => each.device === device);
    if (!holding) {
      holding = { device, ip, first_seen: first, last_seen: last };
      holdings.push(holding);
      this.#moved.add(device);
    }
    holding.first_seen = Math.min(holding.first_seen, first);
    holding.last_seen = Math.max(holding.last_seen, last);
    this.#touched.add(holding);
    const key = ipKey(ip);
    if (device.last_ip === null || isNewer(last, key, device.last_ip_at, device.last_ip_key)) {
      device.last_ip = ip;
      device.last_ip_key = key;
      device.last_ip_at = last;
    }
  }

  #holdings(tenantId: string, ip: string): Holding[] {
    const place = within(tenantId, ip);
    const known = this.#byIp.get(place) ?? [];
    if (known.length === 0) this.#byIp.set(place, known);
    return known;
  }
}

/** Before every instant that a sender can name. */
const never = Number.MIN_SAFE_INTEGER;

function appearanceOf({ mac, hostname, friendly_name, vendor }: DeviceRow): string {
  return JSON.stringify([mac, hostname, friendly_name, vendor]);
}

function name(device: DeviceRow, hostname: string, at: number): void {
  if (device.hostname !== null && !isNewer(at, hostname, device.hostname_at, device.hostname)) return;
  device.hostname = hostname;
  device.hostname_at = at;
}

function sell(device: DeviceRow, vendor: string, at: number): void {
  if (device.vendor !== null && !isNewer(at, vendor, device.vendor_at, device.vendor)) return;
  device.vendor = vendor;
  device.vendor_at = at;
}

/** Of two values of one instant the greater holds, so that the order of arrival does not matter. */
function isNewer(at: number, value: string, knownAt: number, known: string): boolean {
  return at > knownAt || (at === knownAt && value > known);
}

function isLater(left: Holding, right: Holding): boolean {
  return isNewer(left.last_seen, left.device.mac ?? '', right.last_seen, right.device.mac ?? '');
}
