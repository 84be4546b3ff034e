import { describe, expect, it } from 'vitest';
import { Sealer } from '../../../../server/modules/event-sink/sealer.ts';

const key = '0123456789abcdef'.repeat(4);
const sealer = new Sealer(key, 'tests');

describe('a sealed text', () => {
  it.each(['', 'xoxb-1', 'ä'.repeat(5000)])('opens under its name: %j', (text) => {
    expect(sealer.open('row 1', sealer.seal('row 1', text))).toBe(text);
    expect(new Sealer(key, 'tests').open('row 1', sealer.seal('row 1', text))).toBe(text);
  });

  it('is another one each time', () => {
    expect(sealer.seal('row 1', 'a')).not.toBe(sealer.seal('row 1', 'a'));
  });

  it('does not open under another name, key or purpose, nor when a bit of it has changed', () => {
    const sealed = sealer.seal('row 1', 'secret');
    expect(() => sealer.open('row 2', sealed)).toThrow();
    expect(() => new Sealer('f'.repeat(64), 'tests').open('row 1', sealed)).toThrow();
    expect(() => new Sealer(key, 'others').open('row 1', sealed)).toThrow();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => sealer.open('row 1', changed.toString('base64url'))).toThrow();
    }
    expect(() => sealer.open('row 1', '')).toThrow();
  });
});
