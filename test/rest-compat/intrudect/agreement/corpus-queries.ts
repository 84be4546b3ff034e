import type { Dice } from '../../../support/dice.ts';
import { anAddress, awkwardTexts } from './corpus-data.ts';
import type { Query } from './query.ts';

interface Resource {
  readonly path: string;
  readonly sorts: readonly string[];
  /** Makes a value of a filter, by the name of the filter. */
  readonly filters: Readonly<Record<string, (dice: Dice) => unknown>>;
}

const aPort = (dice: Dice) => dice.pick([22, 53, 80, 443, 8443, 65_535, 1, 0, -1, 70_000, 2 ** 31, 1.5, '443']);
const aMacPattern = (dice: Dice) =>
  dice.pick(['b8:27:eb:%', 'B8-27-EB-00-00-03', 'B8:27:EB:00:00:__', '%:0_', '02005e000001', 'nonsense']);
const aCidr = (dice: Dice) => dice.pick(['10.0.0.0/8', '10.%', '%/24', '2001:DB8::/32', '::/0', '%', '10.0.1.5/24']);

/** A text of the data as it is, or what a person makes of it who looks for it. */
const aText = (dice: Dice): string => twist(dice, dice.pick(awkwardTexts));
const aPlace = (dice: Dice): string =>
  dice.chance(0.5)
    ? anAddress(dice)
    : dice.pick(['10.%', '%.1_', '2001:DB8::%', '192.168.0._', '%:%', '2001:0db8:0::1']);

const twists: readonly ((text: string, dice: Dice) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => `%${text}%`,
  (text) => `${[...text].slice(0, 2).join('')}%`,
  (text) => `%${[...text].slice(-2).join('')}`,
  (text, dice) => [...text].map((character) => (dice.chance(0.3) ? '_' : character)).join(''),
  (text) => text.replace(/[%_\\]/g, '\\$&'),
  (text) => `${text}\\`,
  (text) => text.replace(/.$/su, '\u0000'),
  (text) => text.replace(/^./su, '\ud83e'),
  (text, dice) => '%'.repeat(dice.below(4)) + text.slice(1),
  () => '',
  () => '%',
  () => '_%',
];

const twist = (dice: Dice, text: string): string => dice.pick(twists)(text, dice);

const resources: readonly Resource[] = [
  {
    path: '/api/v1/devices',
    sorts:
      'last_ip ip hostname friendly_name name mac vendor gateway ipcount ip_history first_seen last LAST_SEEN'.split(
        ' ',
      ),
    filters: { mac: aMacPattern, ip: aPlace, vendor: aText, hostname: aText, friendly_name: aText },
  },
  {
    path: '/api/v1/networks',
    sorts: 'id name cidr gateway_ip gateway_mac alert NAME'.split(' '),
    filters: {
      name: aText,
      cidr: aCidr,
      gateway_ip: aPlace,
      gateway_mac: aMacPattern,
      alert: (dice) => dice.pick([0, 10, 20, 30, 7, -1]),
    },
  },
  {
    path: '/api/v1/services',
    sorts: 'id service_ip ip proto protocol service_port port first_seen last'.split(' '),
    filters: {
      service_ip: aPlace,
      ip: aPlace,
      proto: (dice) => dice.pick(['tcp', 'udp', 'TCP', 'icmp']),
      service_port: aPort,
      port: aPort,
      authorized: (dice) => dice.chance(0.5),
    },
  },
];

const aSort = (dice: Dice, { sorts }: Resource) => (dice.chance(0.9) ? dice.pick(sorts) : 'nonsense');
const anOrder = (dice: Dice) => dice.pick(['asc', 'desc', 'DESC', 'sideways']);
const aPage = (dice: Dice) => (dice.chance(0.9) ? dice.below(6) : dice.pick([-1, 999_999_999, 10 ** 12]));
const aPageSize = (dice: Dice) => (dice.chance(0.9) ? 1 + dice.below(40) : dice.pick([0, -5, 1000, 100_000]));

/** A list by GET, or a search by POST, of one of the resources. */
export function aQuery(dice: Dice): Query {
  const resource = dice.pick(resources);
  return dice.chance(0.25) ? aList(dice, resource) : aSearch(dice, resource);
}

function aList(dice: Dice, resource: Resource): Query {
  const asked = new URLSearchParams();
  if (dice.chance(0.8)) asked.set('sort', aSort(dice, resource));
  if (dice.chance(0.8)) asked.set('order', anOrder(dice));
  if (dice.chance(0.7)) asked.set('page', String(aPage(dice)));
  if (dice.chance(0.7)) asked.set('page_size', String(aPageSize(dice)));
  return { method: 'GET', path: `${resource.path}?${asked}` };
}

function aSearch(dice: Dice, resource: Resource): Query {
  const filters: Record<string, unknown> = {};
  for (let count = dice.below(3); count >= 0; count--) {
    const name = dice.pick(Object.keys(resource.filters));
    filters[name] = dice.chance(0.03)
      ? dice.pick([null, [], 'no array', [null]])
      : Array.from({ length: 1 + dice.below(3) }, () => resource.filters[name]?.(dice));
  }
  const body = {
    filters,
    ...(dice.chance(0.8) && { sort: { field: aSort(dice, resource), order: anOrder(dice) } }),
    ...(dice.chance(0.7) && { page: aPage(dice) }),
    ...(dice.chance(0.7) && { page_size: aPageSize(dice) }),
  };
  return { method: 'POST', path: `${resource.path}/search`, body: JSON.stringify(body) };
}
