import { describe, expect, it } from 'vitest';
import { serveDialects } from './serve-dialects.ts';

const kilobyte = 1024;

describe('large requests under way at once', () => {
  it('are refused with 503 beyond the budget, and taken again once the others are answered', async () => {
    const held = Promise.withResolvers<void>();
    const limits = { bytes: 100 * kilobyte, bytesAtOnce: 150 * kilobyte };
    await using served = await serveDialects(undefined, limits, async (_operation, variables) => {
      await held.promise;
      return variables;
    });
    const post = () =>
      fetch(`${served.url}/echo`, { method: 'POST', headers: { 'x-key': 'good' }, body: 'x'.repeat(90 * kilobyte) });
    const first = post();
    await expect.poll(() => served.executed.length).toBe(1);

    const second = await post();

    expect(second.status).toBe(503);
    expect(await second.json()).toMatchObject({ error: expect.stringContaining('nothing of this one was stored') });
    held.resolve();
    expect((await first).status).toBe(200);
    expect((await post()).status).toBe(200);
  });

  it('let one through that alone is larger than the budget', async () => {
    await using served = await serveDialects(undefined, { bytes: 100 * kilobyte, bytesAtOnce: kilobyte });
    const reply = await fetch(`${served.url}/echo`, {
      method: 'POST',
      headers: { 'x-key': 'good' },
      body: 'x'.repeat(90 * kilobyte),
    });
    expect(reply.status).toBe(200);
  });
});
