import type { Dice } from './dice.ts';

/** Values that some rows of the corpus have, and some that none has. */
const values: Readonly<Record<string, readonly string[]>> = {
  severity: ['low', 'medium', 'HIGH', '4', 'low..high', 'fatal', '*'],
  status: ['new', 'in_progress', 'resolved', 'in-progress'],
  verdict: ['false_positive', 'benign', '*'],
  assignee: ['me', 'none', '"Kim Doe"', 'k*', '*'],
  kind: ['network', 'server'],
  type: ['sshd', 'web', 'auth*', '*d', 'SSHD', 'nothing'],
  agent: ['edge-01', 'edge-*', '003', '*-02', 'EDGE-01', 'e?ge-01', 'straße-ümlaut-with-a-name-of-forty-characters'],
  'agent.id': ['003', '00*'],
  'agent.name': ['edge-02', '"edge-0"'],
  host: ['web-01', 'web-*', '(web-01 or db-01)', '*', '"web-*"'],
  app: ['sshd', 'nginx', 's*'],
  ip: [
    '10.0.0.5',
    '10.0.0.0/8',
    '203.0.113.0/24',
    '2001:db8::/32',
    '10.0.0.1..10.0.0.7',
    '10.0.*',
    '0.0.0.0/0',
    '::/0',
  ],
  source: ['203.0.113.7', '10.0.0.0/9', '192.168.0.0/17', '(10.0.0.5 or 2001:db8::1)', '*'],
  'source.ip': ['203.0.113.0/28', '::ffff:10.0.0.5'],
  destination: ['10.0.0.3', '10.0.0.0/29', '2001:db8::/48'],
  port: ['22', '443', '1..1024', '40000..', '1..999999999999', '*'],
  'destination.port': ['22', '(80 or 443)', '999999999999'],
  mac: ['00:16:3e:12:34:56', '00163E123456'],
  intake: ['ingest*', 'INGEST_KEY', '*'],
  format: ['wazuh', 'json'],
  alert: ['yes', 'no'],
  title: ['login', '"brute force"', '"e F"', 'log*n', '*'],
  message: ['invalid', '"invalid user"', '"100%"', 'inv*kim', 'user'],
  count: ['1', '2..', '*'],
  time: ['2026-06-03', '2026-06', '2026', '24h', 'today', '2026-06-01..2026-06-03', '2026-06-03T10:00', '*'],
  received: ['today', '1h', '2026'],
  first_seen: ['24h', '2026-06-03'],
  last_seen: ['today', '2d'],
  before: ['2026-06-03', '24h', 'now', '2026-06-03T12:30:00Z'],
  after: ['2026-06-03', '48h', 'yesterday'],
  last: ['24h', '3d', '90m'],
};

const ordered = ['severity', 'port', 'destination.port', 'count', 'time', 'received', 'first_seen', 'last_seen'];
const onlyEqual = ['before', 'after', 'last'];
const loose = [
  'failed',
  'LOG',
  'user',
  'kim',
  'naïve',
  'strasse',
  'nowhere',
  'sshd[42]',
  '10.0.0.5',
  '203.0.113.0/24',
  '00:16:3e:12:34:56',
  '"invalid user"',
  '"100%"',
  '"ailed pass"',
  '*word*',
  'fa*ed',
  'pass*',
  '"a \\"quoted\\" text"',
];

/** Fields that only some subjects have. */
const missing: Readonly<Record<string, readonly string[]>> = {
  ALERT_GROUP: ['alert', 'received'],
  ALERT: ['alert', 'count', 'first_seen', 'last_seen'],
  EVENT: [
    ...['status', 'verdict', 'assignee', 'kind', 'type', 'agent', 'agent.id', 'agent.name', 'port', 'destination.port'],
    ...['mac', 'count', 'first_seen', 'last_seen'],
  ],
};

function aTerm(dice: Dice, subject: string): string {
  if (dice.chance(0.25)) return dice.pick(loose);
  const names = Object.keys(values).filter((name) => !missing[subject]?.includes(name));
  const name = dice.pick(names);
  const value = dice.pick(values[name] ?? []);
  if (onlyEqual.includes(name)) return `${name}:${value}`;
  const isPlain = !/[.(*]{2}|^[(*]|\.\./.test(value);
  const comparison =
    ordered.includes(name) && isPlain ? dice.pick([':', '>=', '<', '<=', '>', ':>']) : dice.pick([':', ':', '=', '!=']);
  return `${name}${comparison}${value}`;
}

/** A search as somebody could write it: terms joined, negated and nested. */
export function aSearch(dice: Dice, subject: string, depth = 0): string {
  const parts = Array.from({ length: 1 + dice.below(depth === 0 ? 3 : 2) }, () => {
    const part = depth < 2 && dice.chance(0.2) ? `(${aSearch(dice, subject, depth + 1)})` : aTerm(dice, subject);
    return dice.chance(0.2) ? `${dice.pick(['-', 'NOT '])}${part}` : part;
  });
  return parts.reduce((joined, part) => `${joined} ${dice.pick(['', '', 'AND ', 'OR '])}${part}`);
}
