import type { DeviceType } from '../../../schema/device/device.type.ts';

/** A device as queries find it. */
export interface DeviceRow {
  readonly id: number;
  readonly mac: string | null;
  readonly last_ip: string | null;
  readonly last_ip_key: string;
  readonly hostname: string | null;
  readonly friendly_name: string | null;
  readonly vendor: string | null;
  readonly first_seen: number;
  readonly last_seen: number;
}

/** What a `DeviceRow` is read from. */
export const deviceColumns =
  'd.id, d.mac, d.last_ip, d.last_ip_key, d.hostname, d.friendly_name, d.vendor, d.first_seen, d.last_seen';

export function toNode(row: DeviceRow): DeviceType {
  return {
    id: row.id,
    mac: row.mac,
    lastIp: row.last_ip,
    hostname: row.hostname,
    friendlyName: row.friendly_name,
    vendor: row.vendor,
    firstSeen: new Date(row.first_seen),
    lastSeen: new Date(row.last_seen),
  };
}

/** One step of the feed of devices. */
export interface DeviceStep {
  readonly cursor: number;
  readonly tenantId: string;
  readonly id: number;
  /** As it is now; null: it is gone. */
  readonly device: DeviceType | null;
}
