import { describe, expect, it } from 'vitest';
import { timeFaultOf } from '../../../desktop/renderer/lists/time-range.ts';
import { completionsOf, searchOf } from '../../../desktop/renderer/screens/alerts/search-terms.ts';

describe('the search of an address', () => {
  it.each([
    ['', undefined],
    ['search=%20', undefined],
    ['search=sshd', 'sshd'],
    ['search=sshd&agent=edge-01', 'sshd agent:"edge-01"'],
    ['search=a+OR+b', 'a OR b'],
    ['search=a+OR+b&time=7d', '(a OR b) last:7d'],
    ['time=never', undefined],
    ['from=2026-11-21T08:00:00%2B01:00', 'after:2026-11-21T07:00:00.000Z'],
    [
      'search=a+OR+b&from=2026-11-20T07:00Z&until=2026-11-21T07:00Z',
      '(a OR b) after:2026-11-20T07:00:00.000Z before:2026-11-21T07:00:00.000Z',
    ],
    ['from=tomorrow&until=12345-01-01', undefined],
    ['about=10.0.0.0/24', 'ip:10.0.0.0/24'],
    ['about=2001:db8::1', 'ip:2001:db8::1'],
    ['about=Front+desk', 'device:"Front desk"'],
    ['about=dead:beef', 'ip:dead:beef'],
    ['agent=a%22+OR+severity:low%5C', 'agent:"a  OR severity:low "'],
  ])('%s is %s', (address, expected) => {
    expect(searchOf(new URLSearchParams(address))).toBe(expected);
  });
});

describe('the time of an address', () => {
  it.each([
    ['', undefined],
    ['time=7d', undefined],
    ['time=8d', 'unreadable'],
    ['from=2026-11-21T07:00Z', undefined],
    ['until=soon', 'unreadable'],
    ['from=', 'unreadable'],
    ['from=2026-11-21T07:00Z&until=2026-11-21T07:00Z', 'backwards'],
    ['from=2026-11-21T08:00%2B02:00&until=2026-11-21T07:00Z', undefined],
  ])('%s is at fault: %s', (address, fault) => {
    expect(timeFaultOf(new URLSearchParams(address))).toBe(fault);
  });
});

describe('how a search may go on', () => {
  const fields = [
    { name: 'severity', description: 'How bad it is', values: ['low', 'high'] },
    { name: 'source', description: 'Where it came from', values: null },
  ];
  it.each([
    ['s', ['severity:', 'source:']],
    ['sshd -SO', ['sshd -source:']],
    ['(sev', ['(severity:']],
    ['severity:', ['severity:low ', 'severity:high ']],
    ['a severity>=H', ['a severity>=high ']],
    ['severity:high', []],
    ['source:1', []],
    ['"in quotes s', []],
    ['xyz', []],
  ])('after %s is %j', (written, expected) => {
    expect(completionsOf(written, fields).map(({ result }) => result)).toEqual(expected);
  });
});
