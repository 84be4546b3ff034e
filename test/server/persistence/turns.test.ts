import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../../server/persistence/turns.ts';

describe('Turns', () => {
  it('gives one holder at a time the turn, in the order asked', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const hold = async (name: string, ms: number) => {
      const pass = await turns.take();
      seen.push(`${name} takes`);
      await sleep(ms);
      seen.push(`${name} passes`);
      pass();
    };
    await Promise.all([hold('first', 10), hold('second', 0), hold('third', 5)]);

    expect(seen).toEqual([
      'first takes',
      'first passes',
      'second takes',
      'second passes',
      'third takes',
      'third passes',
    ]);
  });

  it('is not upset by a holder that passes twice', async () => {
    const turns = new Turns();
    const first = await turns.take();
    const second = turns.take();
    const third = turns.take();
    first();
    first();
    await second;
    const waited = await Promise.race([third.then(() => 'taken'), sleep(10, 'waiting')]);

    expect(waited).toBe('waiting');
  });
});
