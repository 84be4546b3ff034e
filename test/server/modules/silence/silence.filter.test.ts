import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SilenceMatcherType } from '../../../../schema/silence/silence.type.ts';
import { fitsPattern, silences } from '../../../../server/modules/silence/silence.filter.ts';
import { anAlertNode } from '../../../support/alert-nodes.ts';

const alert = anAlertNode();
const at = alert.receivedAt.getTime();

const silence = (...matchers: [string, string, string][]) => ({
  matchers: matchers.map(([field, operator, value]) => ({ field, operator, value }) as SilenceMatcherType),
  startsAt: at - 1000,
  endsAt: at + 1000,
  recurrence: null,
  timeZone: 'Europe/Berlin',
});

describe('a silence', () => {
  it.each([
    ['TITLE', 'EQUALS', 'sshd: brute force'],
    ['MESSAGE', 'MATCHES', '*PASSWORD for *'],
    ['TYPE', 'NOT_EQUALS', '5710'],
    ['KIND', 'EQUALS', 'NETWORK'],
    ['SEVERITY', 'EQUALS', 'HIGH'],
    ['AGENT', 'EQUALS', '003'],
    ['AGENT', 'MATCHES', 'edge-*'],
    ['HOSTNAME', 'NOT_EQUALS', 'web-01'],
    ['INTAKE', 'EQUALS', alert.intakeId],
    ['GROUP', 'EQUALS', alert.groupId],
    ['SOURCE_IP', 'IN_CIDR', '203.0.113.0/24'],
    ['DESTINATION_IP', 'EQUALS', '2001:DB8:0::20'],
    ['ADDRESS', 'IN_CIDR', '2001:db8::/32'],
    ['ADDRESS', 'IN_CIDR', '203.0.113.10'],
  ])('holds back what meets %s %s %s', (...matcher) => {
    expect(silences(silence(matcher), alert, at)).toBe(true);
  });

  it.each([
    ['TITLE', 'EQUALS', 'SSHD: brute force'],
    ['TITLE', 'MATCHES', 'sshd'],
    ['AGENT', 'NOT_EQUALS', 'edge-01'],
    ['ADDRESS', 'NOT_EQUALS', '2001:db8::20'],
    ['HOSTNAME', 'MATCHES', '*'],
    ['SOURCE_IP', 'IN_CIDR', '2001:db8::/32'],
    ['SEVERITY', 'EQUALS', 'CRITICAL'],
  ])('lets through what does not meet %s %s %s', (...matcher) => {
    expect(silences(silence(matcher), alert, at)).toBe(false);
  });

  it('looks at the host whose log it is', () => {
    const server = anAlertNode({ kind: 'SERVER', hostname: 'web-01', line: 'a', sourceIp: null, destinationIp: null });
    expect(silences(silence(['HOSTNAME', 'MATCHES', 'web-*']), server, at)).toBe(true);
    expect(silences(silence(['ADDRESS', 'IN_CIDR', '::/0']), server, at)).toBe(false);
  });

  it('holds back only what meets all of its conditions', () => {
    const agent: [string, string, string] = ['AGENT', 'EQUALS', '003'];
    expect(silences(silence(agent, ['TYPE', 'EQUALS', '5712']), alert, at)).toBe(true);
    expect(silences(silence(agent, ['TYPE', 'EQUALS', '5710']), alert, at)).toBe(false);
  });

  it.each([
    [-1001, false],
    [-1000, true],
    [999, true],
    [1000, false],
  ])('is in force from its start, inclusive, to its end, exclusive: %i ms', (offset, held) => {
    expect(silences(silence(['AGENT', 'EQUALS', '003']), alert, at + offset)).toBe(held);
  });

  it('that recurs is in force in its turns alone', () => {
    const nights = {
      ...silence(['AGENT', 'EQUALS', '003']),
      startsAt: Date.parse('2026-06-01T20:00Z'),
      endsAt: Date.parse('2026-07-01T00:00Z'),
      recurrence: { rule: 'FREQ=DAILY', durationMinutes: 480 },
    };
    expect(silences(nights, alert, Date.parse('2026-06-11T03:59Z'))).toBe(true);
    expect(silences(nights, alert, Date.parse('2026-06-11T04:00Z'))).toBe(false);
    expect(silences(nights, alert, Date.parse('2026-07-01T01:00Z'))).toBe(false);
  });
});

describe('a pattern', () => {
  it('fits what a regular expression of the same meaning fits', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'ß', '.', '*'), maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (text, pattern) => {
        const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
        expect(fitsPattern(text, pattern)).toBe(new RegExp(`^${parts.join('[^]*')}$`, 'i').test(text));
      }),
      { numRuns: 2000 },
    );
  });
});
