import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Monozu, openMonozu, printed } from '../open-monozu.ts';

let monozu: Monozu;

beforeAll(async () => {
  monozu = await openMonozu();
});

afterAll(() => monozu.close());

const kinds = Object.values(printed);

/** A printed event with some of its members, and of those of its data, replaced by anything. */
const mangled = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.dictionary(fc.constantFrom('kind', 'timestamp', 'data', 'x'), fc.jsonValue()),
    fc.nat(),
  )
  .chain(([event, members, pick]) => {
    const names = Object.keys(event.data);
    const name = names[pick % names.length] ?? 'x';
    return fc.jsonValue({ noUnicodeString: false }).map((value) => ({
      ...event,
      ...(pick % 3 === 0 ? members : {}),
      ...(pick % 3 === 1 ? { data: { ...event.data, [name]: value } } : {}),
    }));
  });

describe('whatever an appliance sends', () => {
  it('is stored whole with 204, or refused with 400 and the place of an event, and nothing of it is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mangled, { minLength: 1, maxLength: 8 }), async (events) => {
        const before = await monozu.totals();
        const { status, body, text } = await monozu.ingest(events);
        const after = await monozu.totals();
        expect([204, 400]).toContain(status);
        expect(after.rejected).toBe(0);
        expect(after.events - before.events).toBeLessThanOrEqual(events.length);
        if (status === 204) {
          expect(text).toBe('');
          return;
        }
        const error = expect.stringMatching(/^(?:kind|timestamp|data|an event)/);
        expect(body).toEqual({ error, index: expect.any(Number) });
        expect(body.index).toBeLessThan(events.length);
        expect(after).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('in text that is cut anywhere is refused with 400, and nothing of it is stored', async () => {
    const text = JSON.stringify(kinds.map((event) => ({ ...event, timestamp: '2027-01-01T00:00:00Z' })));
    const before = await monozu.totals();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
        const { status, body } = await monozu.ingest(text.slice(0, length));
        expect({ status, body }).toEqual({ status: 400, body: { error: expect.any(String) } });
      }),
      { numRuns: 40 },
    );
    expect(await monozu.totals()).toEqual(before);
    expect((await monozu.ingest(text)).status).toBe(204);
    expect((await monozu.totals()).events).toBe(before.events + kinds.length);
  });

  it('under names that JavaScript knows is data like any', async () => {
    const strange = `[{"kind":"telemetry","timestamp":"2026-06-06T10:00:00Z","__proto__":{"x":1},"constructor":1,
      "data":{"__proto__":5,"constructor":7,"toString":1,"hasOwnProperty":2}}]`;
    expect(await monozu.ingest(strange)).toMatchObject({ status: 204 });
    const { events } = await monozu.query('{ events(first: 1) { nodes { message raw } } }');
    expect(events.nodes[0].message).toBe('__proto__=5 constructor=7 toString=1 hasOwnProperty=2');
    expect(JSON.parse(events.nodes[0].raw).constructor).toBe(1);
  });

  it('in texts with NUL, half a surrogate pair and control characters is stored alike by every database', async () => {
    const text = String.raw`[{"kind":"security_alert","timestamp":"2026-06-06T10:00:00Z",
      "data":{"title":"a\u0000b\ud800c","severity":"low","description":"\u0000\u001b[31m"}}]`;
    expect(await monozu.ingest(text)).toMatchObject({ status: 204 });
    const { alerts } = await monozu.query('{ alerts(first: 1) { nodes { title message } } }');
    expect(alerts.nodes[0]).toEqual({ title: 'a\ufffdb\ufffdc', message: '\ufffd\u001b[31m' });
  });
});
