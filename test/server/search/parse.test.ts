import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../server/errors.ts';
import { ipKey } from '../../../server/ip-address.ts';
import { deepestSearch, longestSearch, mostTerms, parseSearch } from '../../../server/search/parse.ts';
import type { SearchNode, SearchSubject } from '../../../server/search/query.ts';
import { Dice } from '../../support/dice.ts';
import { aSearch } from '../../support/search-queries.ts';

const now = Date.parse('2026-11-21T09:30:00Z');
const at = (text: string) => Date.parse(text);
const field = (name: string, test: object) => ({ kind: 'field', field: name, test });
const oneOf = (name: string, ...values: (string | number)[]) => field(name, { kind: 'oneOf', values });
const span = (name: string, from: string | null, to: string | null) =>
  field(name, { kind: 'span', from: from && at(from), to: to && at(to) });
const words = (...texts: string[]) => ({ kind: 'words', words: texts });
const all = (...of: object[]) => ({ kind: 'all', of });
const any = (...of: object[]) => ({ kind: 'any', of });
const not = (of: object) => ({ kind: 'not', of });
const text = (pattern: string) => ({ kind: 'text', pattern });
const key = (ip: string) => ipKey(ip);

const understood: readonly [search: string, subject: SearchSubject, node: object][] = [
  ['', 'ALERT', all()],
  ['  ', 'ALERT', all()],
  ['Failed pass*', 'EVENT', all(words('Failed'), words('pass'))],
  ['sshd[42]', 'EVENT', words('sshd', '42')],
  ['or not-this nota', 'EVENT', all(words('or'), words('not', 'this'), words('nota'))],
  ['"Invalid user"', 'EVENT', all(words('Invalid', 'user'), text('%invalid user%'))],
  ['"50%_\\"x\\""', 'EVENT', all(words('50', 'x'), text('%50!%!_"x"%'))],
  ['fa*e?', 'EVENT', text('%fa%e_%')],
  ['a b OR c d', 'EVENT', any(all(words('a'), words('b')), all(words('c'), words('d')))],
  ['a AND (b OR -c)', 'EVENT', all(words('a'), any(words('b'), not(words('c'))))],
  ['NOT NOT a', 'EVENT', not(not(words('a')))],
  ['-(a b)', 'EVENT', not(all(words('a'), words('b')))],
  ['Host:Web-01', 'EVENT', oneOf('host', 'web-01')],
  ['host.name:web\\*', 'EVENT', oneOf('host', 'web*')],
  ['app:C:\\a\\b.exe', 'EVENT', oneOf('app', 'c:\\a\\b.exe')],
  ['host:"web-*"', 'EVENT', oneOf('host', 'web-*')],
  ['host:w?b-*', 'EVENT', field('host', { kind: 'like', pattern: 'w_b-%' })],
  ['host:*', 'EVENT', field('host', { kind: 'present' })],
  [
    'host:(a or "b c" OR d*)',
    'EVENT',
    any(oneOf('host', 'a'), oneOf('host', 'b c'), field('host', { kind: 'like', pattern: 'd%' })),
  ],
  ['host!=a', 'EVENT', not(oneOf('host', 'a'))],
  ['severity:high', 'ALERT', oneOf('severity', 4)],
  ['severity>=medium', 'ALERT', oneOf('severity', 3, 4, 5, 6)],
  ['severity:>4', 'ALERT', oneOf('severity', 5, 6)],
  ['severity:2..Medium', 'ALERT', oneOf('severity', 2, 3)],
  ['severity<=low', 'ALERT', oneOf('severity', 1, 2)],
  ['status:in-progress', 'ALERT', oneOf('status', 'IN_PROGRESS')],
  ['verdict:none', 'ALERT', not(field('verdict', { kind: 'present' }))],
  [
    'src:10.0.0.0/8',
    'ALERT',
    field('source', { kind: 'addresses', low: key('10.0.0.0'), high: key('10.255.255.255') }),
  ],
  ['ip:10.1.*', 'EVENT', field('ip', { kind: 'addresses', low: key('10.1.0.0'), high: key('10.1.255.255') })],
  ['ip:10.0.0.1..10.0.0.9', 'EVENT', field('ip', { kind: 'addresses', low: key('10.0.0.1'), high: key('10.0.0.9') })],
  ['10.0.0.0/24', 'EVENT', field('ip', { kind: 'addresses', low: key('10.0.0.0'), high: key('10.0.0.255') })],
  [
    'fe80::1',
    'EVENT',
    any(
      field('ip', { kind: 'addresses', low: key('fe80::1'), high: key('fe80::1') }),
      all(words('fe80', '1'), text('%fe80::1%')),
    ),
  ],
  ['00:16:3e:12:34:56', 'ALERT', words('00', '16', '3e', '12', '34', '56')],
  ['mac:0016.3e12.3456', 'ALERT', oneOf('mac', '00:16:3e:12:34:56')],
  ['port:8000..', 'ALERT', field('port', { kind: 'range', low: 8000, high: null })],
  ['dport<1024', 'ALERT', field('destination.port', { kind: 'range', low: null, high: 1023 })],
  ['alert:no', 'EVENT', oneOf('alert', 0)],
  ['title:login', 'EVENT', all(words('login'), field('title', { kind: 'like', pattern: '%login%' }))],
  ['title:login', 'ALERT_GROUP', field('title', { kind: 'like', pattern: '%login%' })],
  ['time:2026-11-20', 'EVENT', span('time', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z')],
  ['time:2026-02', 'EVENT', span('time', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z')],
  ['time>2026', 'EVENT', span('time', '2027-01-01T00:00:00Z', null)],
  ['time<=2026-11-20T10:00+01:00', 'EVENT', span('time', null, '2026-11-20T09:01:00Z')],
  ['@timestamp:2026-11-01..2026-11-02', 'EVENT', span('time', '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z')],
  ['last:90m', 'ALERT', span('time', '2026-11-21T08:00:00Z', null)],
  [
    'after:yesterday before:now-1h',
    'ALERT',
    all(span('time', '2026-11-20T00:00:00Z', null), span('time', null, '2026-11-21T08:30:00Z')),
  ],
  ['last:1d', 'ALERT_GROUP', span('last_seen', '2026-11-20T09:30:00Z', null)],
  [
    'time:today',
    'ALERT_GROUP',
    all(span('last_seen', '2026-11-21T00:00:00Z', null), span('first_seen', null, '2026-11-22T00:00:00Z')),
  ],
  [
    'device:"Front desk"',
    'EVENT',
    field('device', { kind: 'named', name: 'Front desk', pattern: 'front desk', at: 7 }),
  ],
];

describe('a search', () => {
  it.each(understood)('%j of %s is understood', (search, subject, node) => {
    expect(parseSearch(search, subject, now)).toEqual(node);
  });

  it.each<[problem: string, search: string]>([
    ['longer than it may be', 'a'.repeat(longestSearch + 1)],
    ['of more terms than it may have', 'a '.repeat(mostTerms + 1)],
    ['of more values than it may have', `host:(${Array.from({ length: mostTerms + 1 }, () => 'a').join(' or ')})`],
    ['deeper than it may be', `${'('.repeat(deepestSearch + 1)}a${')'.repeat(deepestSearch + 1)}`],
    ['negated more often than it may be', `${'NOT '.repeat(deepestSearch + 1)}a`],
    ['with a longer value than it may have', `host:${'ä'.repeat(129)}`],
    ['with more wildcards than it may have', `host:${'*a'.repeat(11)}`],
    ['with a day that no month has', 'time:2026-02-30'],
    ['with a range of addresses that ends before it begins', 'ip:10.0.0.9..10.0.0.1'],
    ['with nothing between quotes', 'host:""'],
    ['that begins with OR', 'OR a'],
    ['with empty parentheses', 'a ()'],
    ['with an inverted length of time', 'last:-5m'],
  ])('%s is refused', (_, search) => {
    expect(() => parseSearch(search, 'EVENT', now)).toThrow(InvalidInput);
  });

  it('is as deep as it may be', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}a${')'.repeat(levels)}`;
    expect(parseSearch(deep(deepestSearch), 'EVENT', now)).toEqual(words('a'));
  });

  it('of any characters is understood or refused in words, in little time', () => {
    const dice = new Dice(3);
    const characters = [
      '"',
      '(',
      ')',
      ':',
      '-',
      '*',
      '?',
      '\\',
      ' ',
      ' ',
      'a',
      'OR',
      'NOT ',
      'host',
      'ip:',
      '10.0.0.1',
      '..',
      '/',
      '>',
      '=',
      '\0',
      '\uD800',
      'é',
      'last:',
      '1h',
    ];
    for (let count = 0; count < 3000; count++) {
      const search = Array.from({ length: dice.below(30) }, () => dice.pick(characters)).join('');
      let node: SearchNode | InvalidInput;
      try {
        node = parseSearch(search, dice.pick(['EVENT', 'ALERT', 'ALERT_GROUP'] as const), now);
      } catch (cause) {
        node = cause as InvalidInput;
      }
      expect(node instanceof InvalidInput ? node.field : typeof node.kind).toMatch(/^(search|string)$/);
    }
  });

  it('means the same whatever white space is put around its parts', () => {
    const dice = new Dice(4);
    for (let count = 0; count < 200; count++) {
      const search = aSearch(dice, 'ALERT');
      expect(parseSearch(`  ${search.replaceAll(' AND ', ' \n AND\t')} `, 'ALERT', now)).toEqual(
        withoutPlaces(parseSearch(search, 'ALERT', now)),
      );
    }
  });
});

/** Names remember where they stood, which white space changes. */
function withoutPlaces(node: SearchNode): unknown {
  return JSON.parse(JSON.stringify(node), (name, value) => (name === 'at' ? expect.any(Number) : value));
}
