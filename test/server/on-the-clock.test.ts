import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { onTheClock } from '../../server/on-the-clock.ts';

describe('work that comes by the clock', () => {
  it('comes again after it has failed, and what failed is logged', async () => {
    const lines: { msg: string; err: { message: string } }[] = [];
    const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
    let calls = 0;
    const stop = onTheClock(log)(1, async () => {
      calls++;
      throw new Error('The database is away');
    });
    await vi.waitFor(() => expect(calls).toBeGreaterThan(2));
    stop();

    expect(lines[0]).toMatchObject({
      msg: 'Work that comes by the clock failed',
      err: { message: 'The database is away' },
    });
  });
});
