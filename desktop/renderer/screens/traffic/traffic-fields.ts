import { byteSize, wholeNumber } from '../../format/number.ts';
import type { FlowKind } from '../../generated/schema.ts';
import type { TrafficRow } from '../../generated/traffic.ts';
import type { trafficWords } from './words.ts';

export type FieldName = keyof (typeof trafficWords)['en']['columns'];

/** The fields of each kind of records, in the order of panels and files. */
export const fieldsOf: Readonly<Record<FlowKind, readonly FieldName[]>> = {
  DNS: [
    'occurredAt',
    'sourceIp',
    'sourcePort',
    'destinationIp',
    'query',
    'queryType',
    'responseCode',
    'answers',
    'agent',
    'threats',
  ],
  TCP: [
    ...([
      'occurredAt',
      'sourceIp',
      'sourcePort',
      'destinationIp',
      'destinationPort',
      'proto',
      'service',
      'durationMs',
    ] as const),
    ...(['bytesOut', 'bytesIn', 'packetsOut', 'packetsIn', 'state', 'agent', 'threats'] as const),
  ],
  DHCP: ['occurredAt', 'mac', 'ip', 'hostname', 'serverIp', 'messageType', 'leaseSeconds', 'agent'],
  HTTP: [
    ...(['occurredAt', 'sourceIp', 'sourcePort', 'destinationIp', 'destinationPort', 'method', 'host', 'uri'] as const),
    ...(['userAgent', 'status', 'agent', 'threats'] as const),
  ],
};

/** The columns of each kind's list: which, how wide, and from which width of the table on. */
export const columnsOf: Readonly<
  Record<FlowKind, readonly (readonly [name: FieldName, width: string, minTable?: 480 | 640 | 800 | 1000])[]>
> = {
  DNS: [
    ['occurredAt', '5rem'],
    ['sourceIp', 'minmax(7rem, 9rem)'],
    ['query', 'minmax(8rem, 2fr)'],
    ['queryType', '4rem', 640],
    ['responseCode', '7rem', 480],
    ['answers', 'minmax(6rem, 1fr)', 800],
    ['threats', '5rem', 640],
  ],
  TCP: [
    ['occurredAt', '5rem'],
    ['sourceIp', 'minmax(7rem, 1fr)'],
    ['destinationIp', 'minmax(7rem, 1fr)'],
    ['destinationPort', '4.5rem', 480],
    ['service', '5rem', 800],
    ['durationMs', '5rem', 1000],
    ['bytesOut', '5.5rem', 640],
    ['bytesIn', '5.5rem', 640],
    ['state', '4rem', 1000],
    ['threats', '5rem', 640],
  ],
  DHCP: [
    ['occurredAt', '5rem'],
    ['ip', 'minmax(7rem, 1fr)'],
    ['mac', '9rem', 480],
    ['hostname', 'minmax(6rem, 1fr)'],
    ['serverIp', 'minmax(7rem, 1fr)', 800],
    ['messageType', 'minmax(6rem, 9rem)', 640],
    ['leaseSeconds', '5rem', 1000],
  ],
  HTTP: [
    ['occurredAt', '5rem'],
    ['sourceIp', 'minmax(7rem, 9rem)', 480],
    ['method', '4rem', 640],
    ['host', 'minmax(7rem, 1fr)'],
    ['uri', 'minmax(6rem, 1.5fr)', 480],
    ['status', '4rem', 480],
    ['userAgent', 'minmax(6rem, 1fr)', 1000],
    ['threats', '5rem', 640],
  ],
};

/** Fields whose text is an address, a number or code. */
export const monoFields: ReadonlySet<FieldName> = new Set([
  ...(['sourceIp', 'destinationIp', 'ip', 'serverIp', 'mac', 'answers', 'uri'] as const),
]);
export const numericFields: ReadonlySet<FieldName> = new Set([
  ...(['sourcePort', 'destinationPort', 'durationMs', 'bytesOut', 'bytesIn', 'packetsOut', 'packetsIn'] as const),
  ...(['leaseSeconds', 'status'] as const),
]);

/** What a file gets of a field: numbers in their plain units, lists joined. */
export function plainValue(row: TrafficRow, name: FieldName): string | number | null {
  const value = (row as unknown as Readonly<Record<string, unknown>>)[name];
  if (name === 'threats')
    return threatsOf(row)
      .map(({ kind, value: entry }) => `${kind} ${entry}`)
      .join('; ');
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** What people read of a field; '–' where it is not known. */
export function shownValue(row: TrafficRow, name: FieldName, locale: string): string {
  const value = plainValue(row, name);
  if (value === null || value === '') return '–';
  if (typeof value === 'string') return value;
  switch (name) {
    case 'bytesOut':
    case 'bytesIn':
      return byteSize(value, locale);
    case 'durationMs':
      return lengthOf(value / 1_000, locale);
    case 'leaseSeconds':
      return lengthOf(value, locale);
    case 'packetsOut':
    case 'packetsIn':
      return wholeNumber(value, locale);
    default:
      return String(value);
  }
}

/** The entries of threat lists that a record touches. */
export function threatsOf(row: TrafficRow) {
  return 'threats' in row ? row.threats : [];
}

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A length of time in its largest unit: 1.2 s, 24 h. */
function lengthOf(seconds: number, locale: string): string {
  const [unit, length] = steps.find(([, each]) => seconds >= each) ?? (['second', 1] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
  }).format(seconds / length);
}
