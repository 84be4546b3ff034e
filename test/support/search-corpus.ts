import { firstLine } from '../../server/modules/alert/alert.node.ts';
import { type GroupRow, statusInForce } from '../../server/modules/alert-group/alert-group.node.ts';
import type { Database } from '../../server/persistence/database.ts';
import type { Candidate, Found, Member } from '../../server/search/evaluate.ts';
import { aWazuhAlert } from './builders.ts';
import type { Dice } from './dice.ts';

const hosts = ['web-01', 'web-02', 'db-01', 'WEB-01', null];
const agents = [
  { id: '003', name: 'edge-01' },
  { id: '004', name: 'edge-02' },
  { id: '005', name: 'Straße-Ümlaut-with-a-name-of-forty-characters' },
  { id: '000', name: 'EDGE-01' },
];
const addresses = [
  '10.0.0.3',
  '10.0.0.5',
  '10.200.1.9',
  '203.0.113.7',
  '192.168.200.1',
  '2001:db8::1',
  '2001:db8:0:1::9',
  null,
];
const titles = ['Failed login', 'Brute force', 'Login with a password', 'naïve café', 'Disk at 100%'];
const messages = [
  'sshd[42]: Failed password for invalid user kim',
  'Invalid user KIM from 10.0.0.5 port 22',
  'disk /dev/sda1 at 100% now',
  'a "quoted" text, and 00:16:3e:12:34:56 in it',
  'GET /naïve/strasse HTTP/1.1',
  '10.0.0.50 is another address',
];
const groups = [['sshd', 'authentication_failed'], ['web'], ['authd'], ['SSHD']];

/** Alerts and events that differ in what can be searched, from within some days before `now`. */
export function aSearchCorpus(dice: Dice, size: number, now: number): object[] {
  return Array.from({ length: size }, (_, index) => {
    const source = dice.pick(addresses);
    const destination = dice.pick(addresses);
    const host = dice.pick(hosts);
    const type = dice.pick(groups);
    return aWazuhAlert({
      id: `search-${index}`,
      timestamp: new Date(now - dice.below(5 * 86_400_000)).toISOString(),
      rule: {
        id: String(dice.below(8)),
        level: dice.pick([0, 3, 5, 9, 13, 15]),
        description: dice.pick(titles),
        groups: type,
      },
      agent: dice.pick(agents),
      full_log: dice.pick(messages),
      predecoder: {
        ...(host && { hostname: host }),
        ...(dice.chance(0.7) && { program_name: dice.pick(['sshd', 'nginx']) }),
      },
      data: {
        ...(source && { srcip: source, srcport: String(dice.pick([22, 443, 41_000])) }),
        ...(destination && { dstip: destination, dstport: String(dice.pick([22, 80, 443])) }),
        ...(dice.chance(0.3) && { srcmac: '00:16:3E:12:34:56' }),
      },
    });
  });
}

type Row = Readonly<Record<string, Found>>;

/** What a tenant has stored, as a search looks at it: for each subject the ids that lists show. */
export async function readCandidates(
  database: Database,
  tenantId: string,
): Promise<Readonly<Record<'ALERT_GROUP' | 'ALERT' | 'EVENT', ReadonlyMap<string, Candidate>>>> {
  const read = (table: string) => database.read<Row>(`select * from ${table} where tenant_id = ?`, [tenantId]);
  const [events, alerts, groups] = await Promise.all([read('event'), read('alert'), read('alert_group')]);
  const eventOf = new Map(events.map((event) => [event['seq'], named('e', event)]));
  const groupOf = new Map(groups.map((row) => [row['id'], groupMember(row)]));
  const members = alerts.map((alert) => ({ alert, member: alertMember(alert, eventOf.get(alert['id']) ?? {}) }));
  return {
    EVENT: new Map(events.map((row) => [String(row['id']), { group: {}, members: [named('e', row)] }])),
    ALERT: new Map(
      members.map(({ alert, member }) => [
        String(alert['id']),
        { group: groupOf.get(alert['group_id']) ?? {}, members: [member] },
      ]),
    ),
    ALERT_GROUP: new Map(
      groups.map((row) => [
        String(row['id']),
        {
          group: groupMember(row),
          members: members.filter(({ alert }) => alert['group_id'] === row['id']).map(({ member }) => member),
        },
      ]),
    ),
  };
}

function named(table: 'a' | 'e' | 'g', row: Row): Member {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [`${table}.${name}`, value]));
}

function groupMember(row: Row): Member {
  return { ...named('g', row), 'g.status': statusInForce(row as unknown as GroupRow) };
}

function alertMember(alert: Row, event: Member): Member {
  const shown = event['e.title'] ?? firstLine(String(event['e.message']));
  return { ...named('a', alert), ...event, 'a.shown_title': shown };
}
