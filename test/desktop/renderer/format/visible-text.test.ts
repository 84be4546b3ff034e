import { describe, expect, it } from 'vitest';
import { visibleBlock, visibleText } from '../../../../desktop/renderer/format/visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['sshd: Failed password for root', 'sshd: Failed password for root'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['Grüße, 世界, سلام', 'Grüße, 世界, سلام'],
    ['one\r\ntwo\tthree', 'one two three'],
    ['invoice\u202Efdp.exe', 'invoice‹202E›fdp.exe'],
    ['admin\u200B', 'admin‹200B›'],
    ['\u2066a\u2069', '‹2066›a‹2069›'],
    ['bell\u0007 escape\u001B[31m', 'bell‹0007› escape‹001B›[31m'],
    ['a\u3164b\u{E0041}c', 'a‹3164›b‹E0041›c'],
    ['👩 ☎️', '👩 ☎️'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('cuts a text of a megabyte to one line', () => {
    expect(visibleText('x'.repeat(1_000_000))).toBe(`${'x'.repeat(300)}…`);
    expect(visibleText(`${'x'.repeat(299)}👩`)).toBe(`${'x'.repeat(299)}…`);
  });
});

describe('visibleBlock', () => {
  it('keeps lines and tabs, and shows every other hidden character by its code', () => {
    expect(visibleBlock('a\tb\r\nc\u202Ed\u0000', 100)).toBe('a\tb\nc‹202E›d‹0000›');
  });

  it('draws no more than it is asked for', () => {
    expect(visibleBlock('x'.repeat(1_000_000), 2_000)).toBe(`${'x'.repeat(2_000)}…`);
  });
});
