import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import {
  cut,
  headline,
  oneLine,
  plainLines,
  sentence,
  severityName,
} from '../../../../server/delivery/senders/words.ts';
import { sinkNotification } from '../../../support/sink-notification.ts';

describe('cut', () => {
  it('leaves what fits, and cuts the rest as late as it can, with a note', () => {
    expect(cut('x'.repeat(40), 40)).toBe('x'.repeat(40));
    expect(cut('x'.repeat(41), 40)).toBe(`${'x'.repeat(40 - 22)}… [cut, 41 characters]`);
  });

  it('keeps to any measure, and never splits a character', () => {
    const bytes = (text: string) => Buffer.byteLength(JSON.stringify(text));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 60, max: 400 }), (text, most) => {
        const made = cut(text, most, bytes);
        expect(bytes(made)).toBeLessThanOrEqual(most);
        expect(made.isWellFormed()).toBe(true);
        if (bytes(text) <= most) expect(made).toBe(text);
      }),
    );
  });
});

describe('the words of a notification', () => {
  it.each([
    [{}, '[High] sshd: brute force', 'This is new: 1 alert.'],
    [{ alertCount: 3 }, '[High] sshd: brute force (3 alerts)', 'This is new: 3 alerts.'],
    [
      { reason: 'DIGEST', alertCount: 1, group: { count: 2 } },
      '[High] sshd: brute force (1 more alert)',
      'This goes on: 1 alert since you were last told, 2 alerts so far.',
    ],
    [
      { reason: 'ESCALATED', alertCount: 1000, group: { count: 1001, severity: Severity.CRITICAL } },
      '[Critical] sshd: brute force (1,000 alerts)',
      'This got worse: 1,000 alerts since you were last told, 1,001 alerts so far.',
    ],
    [
      { reason: 'TEST' },
      '[Test] sshd: brute force',
      'Somebody tries out whether Tocsin reaches you. There is nothing to do.',
    ],
  ] as const)('of %j', (changes, head, why) => {
    const notification = sinkNotification(changes);
    expect([headline(notification), sentence(notification)]).toEqual([head, why]);
  });

  it('name severities as OCSF does', () => {
    const names = Object.values(Severity).map(severityName);
    expect(names).toEqual(['Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal']);
  });

  it('hold nothing that moves a cursor or turns the direction of reading', () => {
    expect(oneLine(' a\r\nb\tc\u2028d\u202Ee\u0000\u001b[31m ')).toBe('a b c d e [31m');
    expect(plainLines('a\t\r\nb\rc\u2028d\u001b\n\ne\u0007\n')).toBe('a \nb\nc\nd \n\ne');
  });
});
