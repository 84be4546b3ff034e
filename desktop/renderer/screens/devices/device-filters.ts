import type { DeviceRow } from '../../generated/devices.ts';

const day = 86_400_000;

export const seenChoices = ['new1', 'new7', 'away1', 'away7', 'away30'] as const;
export const kindChoices = ['gateway', 'unnamed', 'named'] as const;
export const sortFields = ['name', 'ip', 'vendor', 'network', 'firstSeen', 'lastSeen'] as const;
export type SortField = (typeof sortFields)[number];

/** Every name that filters have in the address. */
export const filterNames = ['q', 'network', 'seen', 'kind'] as const;

/** Whether a device was first seen within a day. */
export function isNew({ firstSeen }: DeviceRow, now: Date): boolean {
  return now.getTime() - Date.parse(firstSeen) < day;
}

/** What people know it by: their own name, else the one it gave itself, else its addresses. */
export function nameOf({ friendlyName, hostname, lastIp, mac }: DeviceRow): string {
  return friendlyName ?? hostname ?? lastIp ?? mac ?? '';
}

/** Devices that meet the conditions of an address; of words each has to occur somewhere. */
export function filterDevices(devices: readonly DeviceRow[], search: URLSearchParams, now: Date): readonly DeviceRow[] {
  const words = (search.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const networks = (search.get('network') ?? '').split(',').filter(Boolean);
  const seen = search.get('seen');
  const kind = search.get('kind');
  return devices.filter((device) => {
    if (networks.length > 0 && !networks.includes(device.network?.id ?? 'none')) return false;
    if (seen !== null && !wasSeen(device, seen, now.getTime())) return false;
    if (kind !== null && !isOfKind(device, kind)) return false;
    if (words.length === 0) return true;
    const { friendlyName, hostname, lastIp, mac, vendor, network } = device;
    const text = [friendlyName, hostname, lastIp, mac, mac?.replaceAll(':', '-'), vendor, network?.name]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function wasSeen({ firstSeen, lastSeen }: DeviceRow, choice: string, now: number): boolean {
  const [, what, days = '0'] = /^(new|away)(\d+)$/.exec(choice) ?? [];
  if (what === 'new') return now - Date.parse(firstSeen) < Number(days) * day;
  return what !== 'away' || now - Date.parse(lastSeen) >= Number(days) * day;
}

function isOfKind({ isGateway, friendlyName }: DeviceRow, kind: string): boolean {
  if (kind === 'gateway') return isGateway;
  if (kind === 'unnamed') return friendlyName === null;
  return kind !== 'named' || friendlyName !== null;
}

/** How a list is ordered that an address asks for: `?sort=-lastSeen`. The newest come first unless it says otherwise. */
export function sortOf(search: URLSearchParams): { readonly field: SortField; readonly isDescending: boolean } {
  const text = search.get('sort') ?? '-firstSeen';
  const field = sortFields.find((each) => each === text.replace(/^-/, ''));
  return field ? { field, isDescending: text.startsWith('-') } : { field: 'firstSeen', isDescending: true };
}

/** Ordered as `sortOf` says; devices that lack the field come last either way. */
export function sortDevices(
  devices: readonly DeviceRow[],
  { field, isDescending }: ReturnType<typeof sortOf>,
  locale: string,
): readonly DeviceRow[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const keyed = devices.map((device) => ({ device, key: sortKey(device, field) }));
  const sign = isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === b.key) return compare(a.device.id, b.device.id) * sign;
    if (a.key === '' || b.key === '') return a.key === '' ? 1 : -1;
    return compare(a.key, b.key) * sign;
  });
  return keyed.map(({ device }) => device);
}

function sortKey(device: DeviceRow, field: SortField): string {
  switch (field) {
    case 'name':
      return nameOf(device);
    case 'ip':
      return device.lastIp ?? '';
    case 'vendor':
      return device.vendor ?? '';
    case 'network':
      return device.network?.name ?? '';
    default:
      return device[field];
  }
}
