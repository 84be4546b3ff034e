import { describe, expect, it } from 'vitest';
import { LogTail } from '../../../desktop/main/log-tail.ts';

describe('LogTail', () => {
  it('puts lines together from pieces, and keeps the unfinished one', () => {
    const log = new LogTail(() => '');
    log.push('one\r\ntw');
    log.push('o\n\n  \nthr');
    expect(log.lines()).toEqual(['one', 'two', 'thr']);
  });

  it('keeps the last 60 lines, each of at most 500 characters', () => {
    const log = new LogTail(() => '');
    for (let line = 1; line <= 100; line++) log.push(`${line} ${'x'.repeat(1_000)}\n`);
    expect(log.lines()).toHaveLength(60);
    expect(log.lines()[0]).toBe(`41 ${'x'.repeat(497)}`);
  });

  it('does not grow with a line that never ends', () => {
    const log = new LogTail(() => '');
    for (let piece = 0; piece < 100; piece++) log.push('x'.repeat(1_000));
    expect(log.lines()).toEqual(['x'.repeat(500)]);
  });

  it('never shows the token, also where it was cut in two', () => {
    const log = new LogTail(() => 'launch-token');
    log.push('authorization: Bearer launch-');
    log.push('token\nlaunch-token again launch-token');
    expect(log.lines()).toEqual(['authorization: Bearer [token]', '[token] again [token]']);
  });
});
