import { describe, expect, it } from 'vitest';
import { Overloaded } from '../../../server/errors.ts';
import { createLog } from '../../../server/log.ts';
import {
  type BatchLimits,
  batchLimits,
  SyslogBatches,
  type SyslogMessage,
  type Transport,
} from '../../../server/syslog/batches.ts';

const message = (text: string, transport: Transport = 'udp'): SyslogMessage => ({
  text,
  sender: '192.0.2.1',
  transport,
});

/** Batches over a journal that does as the test says, and what came of them. */
function openBatches(store: (texts: string[]) => Promise<void>, limits: Partial<BatchLimits> = {}) {
  const stored: string[][] = [];
  const lost: string[] = [];
  const batches = new SyslogBatches(
    async (messages) => {
      const texts = messages.map(({ text }) => text);
      await store(texts);
      stored.push(texts);
    },
    (messages) => lost.push(...messages.map(({ text }) => text)),
    createLog('silent'),
    { ...batchLimits, waitMs: 5, retryMs: 1, ...limits },
  );
  return { batches, stored, lost };
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);
const never = () => new Promise<void>(() => {});

describe('the batches of syslog messages', () => {
  it('store all in the order they came, some at a time', async () => {
    const { batches, stored, lost } = openBatches(async () => {}, { size: 4 });
    for (const text of texts(10)) batches.add(message(text));
    await batches.drain(1000);
    expect(stored.flat()).toEqual(texts(10));
    expect(stored.every((batch) => batch.length <= 4)).toBe(true);
    expect(lost).toEqual([]);
  });

  it('wait for a journal that is full, and lose nothing over it', async () => {
    let refusals = 3;
    const { batches, stored, lost } = openBatches(async () => {
      if (refusals-- > 0) throw new Overloaded(1);
    });
    for (const text of texts(3)) batches.add(message(text));
    await batches.drain(10_000);
    expect(stored.flat()).toEqual(texts(3));
    expect(lost).toEqual([]);
  });

  it('lose what finds no room, and count it', () => {
    const { batches, lost } = openBatches(never, { messages: 6, size: 2 });
    for (const text of texts(9)) batches.add(message(text));
    expect(lost).toEqual(['m6', 'm7', 'm8']);
  });

  it('lose nothing of a stream, which is held back in time', async () => {
    const { batches, stored, lost } = openBatches(async () => {}, { messages: 6, size: 2 });
    for (const text of texts(9)) batches.add(message(text, 'tcp'));
    expect(batches.isCrowded).toBe(true);
    await batches.drain(1000);
    expect({ stored: stored.flat(), lost }).toEqual({ stored: texts(9), lost: [] });
  });

  it('have room by length too', () => {
    const { batches, lost } = openBatches(never, { characters: 100 });
    for (let index = 0; index < 3; index++) batches.add(message('x'.repeat(60)));
    expect(lost).toHaveLength(1);
  });

  it('are crowded from the half of their room on, and tell when they are so no more', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { batches } = openBatches(() => held, { messages: 8, size: 2 });
    let rooms = 0;
    batches.onRoom(() => rooms++);
    const crowded = texts(5).map((text) => {
      batches.add(message(text));
      return batches.isCrowded;
    });
    expect(crowded).toEqual([false, false, false, true, true]);
    release();
    await batches.drain(1000);
    expect({ rooms, isCrowded: batches.isCrowded }).toEqual({ rooms: 1, isCrowded: false });
  });

  it('give up at a stop that takes too long, and count what is lost', async () => {
    const { batches, stored, lost } = openBatches(async () => {
      throw new Overloaded(1);
    });
    for (const text of texts(3)) batches.add(message(text));
    await batches.drain(10);
    expect({ stored, lost }).toEqual({ stored: [], lost: texts(3) });
  });

  it('lose a batch that breaks the journal, and go on with the next', async () => {
    let isFirst = true;
    const { batches, stored, lost } = openBatches(
      async () => {
        if (isFirst) {
          isFirst = false;
          throw new Error('broken');
        }
      },
      { size: 2 },
    );
    for (const text of texts(5)) batches.add(message(text));
    await batches.drain(1000);
    expect(lost).toEqual(['m0', 'm1']);
    expect(stored.flat()).toEqual(['m2', 'm3', 'm4']);
  });
});
