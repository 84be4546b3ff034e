import type { DeviceSeen } from '../../../../server/ingest/observation.ts';
import type { Dice } from '../../../support/dice.ts';
import type { JournalRecord } from '../../../support/journal-rows.ts';
import { aDevice, aService } from '../../../support/observations.ts';
import { now } from '../open-intrudect.ts';
import type { Query } from './query.ts';

/** Texts that databases are known to fold, sort or match in ways of their own. */
export const awkwardTexts: readonly string[] = [
  'workstation-01',
  'WORKSTATION-01',
  'Workstation-02',
  '100%',
  '100%_sure',
  'a_b',
  'axb',
  'a\\b',
  'a\\_b',
  '!bang',
  'ends!',
  "o'brien",
  '"quoted"',
  'x; drop table device; --',
  ' leading',
  'trailing ',
  'tab\there',
  'NULL',
  '0',
  '-1',
  'Straße',
  'STRASSE',
  'Émile',
  'émile',
  'E\u0301mile',
  'İstanbul',
  'ıstanbul',
  'ISTANBUL',
  'ﬃ',
  'Ωmega',
  'ωmega',
  '日本語',
  '\u{1F98A} fox',
  '\uFF5E wide',
  '\uFFFD replaced',
  'zero\u200bwidth',
  'a',
  'A',
  'B',
  'b',
  'Z',
  '[',
  '_',
  '%',
];

const places: readonly ((dice: Dice) => string)[] = [
  (dice) => `10.0.${dice.below(3)}.${dice.below(256)}`,
  (dice) => `192.168.${dice.below(2)}.${dice.below(40)}`,
  (dice) => `2001:db8::${dice.below(0x300).toString(16)}`,
  (dice) => `fe80::${dice.below(16).toString(16)}`,
  () => '9.255.255.255',
];

export const anAddress = (dice: Dice): string => dice.pick(places)(dice);

const aMac = (index: number) => {
  const digits = index.toString(16).toUpperCase().padStart(4, '0');
  return `${index % 3 === 0 ? 'B8:27:EB' : '02:00:5E'}:00:${digits.slice(0, 2)}:${digits.slice(2)}`;
};

const sometimes = <Value>(dice: Dice, value: () => Value): Value | null => (dice.chance(0.7) ? value() : null);

/** A few times that many rows share. */
const aTime = (dice: Dice) => now - 3_600_000 * dice.below(12) - (dice.chance(0.3) ? 500 : 0);

/** Some 300 devices; what is seen of one at a time says of it. */
export function deviceSightings(dice: Dice): Omit<JournalRecord, 'tenantId'>[] {
  return Array.from({ length: 400 }, (_, index) => {
    const seen: Partial<DeviceSeen> = {
      mac: sometimes(dice, () => aMac(dice.below(250))),
      ip: anAddress(dice),
      hostname: sometimes(dice, () => dice.pick(awkwardTexts)),
      vendor: sometimes(dice, () => dice.pick(awkwardTexts)),
    };
    return { occurredAt: aTime(dice) + (index % 7), observations: [aDevice(seen)] };
  });
}

const ports = [22, 53, 80, 443, 8443, 65_535, 1];

/** Some 250 services, each seen once: what a database does with a number that it does not need is its own affair. */
export function serviceSightings(dice: Dice): Omit<JournalRecord, 'tenantId'>[] {
  const seen = new Map<string, Omit<JournalRecord, 'tenantId'>>();
  for (let count = 0; count < 260; count++) {
    const service = aService({
      ip: anAddress(dice),
      port: dice.pick(ports),
      proto: dice.pick(['tcp', 'udp'] as const),
    });
    seen.set(`${service.ip} ${service.port} ${service.proto}`, { occurredAt: aTime(dice), observations: [service] });
  }
  return [...seen.values()];
}

/** What people add: networks of every size, names of devices, and services that are allowed; some of it is refused. */
export function edits(dice: Dice): Query[] {
  const places = Array.from({ length: 60 }, () => ({
    service_ip: anAddress(dice),
    service_port: dice.pick(ports),
    proto: dice.pick(['tcp', 'udp']),
  }));
  return [
    ...networkBodies(dice).map((body) => send('POST', '/api/v1/networks', body)),
    ...Array.from({ length: 150 }, () => {
      const body = { [dice.pick(['friendly_name', 'hostname'])]: dice.pick([...awkwardTexts, '', 'nul\0within']) };
      return send('PATCH', `/api/v1/devices/${1 + dice.below(330)}`, body);
    }),
    ...places.map((body) => send('POST', '/api/v1/services/authorize', body)),
    send('POST', '/api/v1/networks', networkBodies(dice)[0]),
    send('DELETE', '/api/v1/networks/3'),
    send('DELETE', '/api/v1/services/7'),
  ];
}

const send = (method: Query['method'], path: string, body?: unknown): Query => ({
  method,
  path,
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

function networkBodies(dice: Dice): object[] {
  const cidrs = [
    '10.0.0.0/8',
    '10.0.0.0/16',
    '10.0.1.0/24',
    '10.0.1.128/25',
    '192.168.0.0/16',
    '192.168.0.0/24',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/32',
    '2001:db8::/64',
    'fe80::/10',
    '10.0.2.7/32',
  ];
  return cidrs.map((cidr, index) => ({
    name: awkwardTexts[(index * 5 + 4) % awkwardTexts.length],
    cidr,
    gateway_ip: dice.chance(0.6) ? anAddress(dice) : null,
    gateway_mac: dice.chance(0.4) ? aMac(dice.below(250)) : null,
    alert: dice.pick([0, 10, 20, 30]),
  }));
}
