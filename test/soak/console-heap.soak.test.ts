import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchChromium } from '../desktop/support/chromium.ts';
import { type Inflow, LiveOffice } from './live-office.ts';

const perSecond = 50;
const minutes = 60;
const everyMinutes = 5;
/** What the pages hold once they have been in use for a while is what they may grow from. */
const warmUpMinutes = 2;
const screens = ['/alerts', '/events'];

/** Nine of ten alerts fall into 2,000 groups that are there, each tenth opens one. */
const inflow = (forMinutes: number): Inflow => ({
  perSecond,
  seconds: forMinutes * 60,
  groupOf: (sent) => (sent % 10 === 0 ? sent + 2_000 : sent % 2_000),
});

/** Megabytes of objects that a page still holds after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return Math.round(usedSize / 1e5) / 10;
}

it(
  `an hour of ${perSecond} events a second lets the heap of no live list grow by more than 50 MB`,
  async ({ skip }) => {
    const launched = await launchChromium();
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using office = await LiveOffice.open();
    await office.load({ ...inflow(0), seconds: 2 });
    const pages: Page[] = [];
    for (const path of screens) pages.push(await office.openPage(launched.browser, path));
    await office.load(inflow(warmUpMinutes));
    const heaps = [await Promise.all(pages.map(heapOf))];
    for (let passed = 0; passed < minutes; passed += everyMinutes) {
      await office.load(inflow(everyMinutes));
      heaps.push(await Promise.all(pages.map(heapOf)));
      console.log(
        JSON.stringify({ minutes: passed + everyMinutes, groups: await office.openGroups(), heaps: heaps.at(-1) }),
      );
    }
    await launched.browser.close();

    const growth = screens.map((_, page) => (heaps.at(-1)?.[page] ?? Number.NaN) - (heaps[0]?.[page] ?? Number.NaN));
    console.log(JSON.stringify({ screens, first: heaps[0], growth }));
    expect(Math.max(...growth)).toBeLessThanOrEqual(50);
  },
  (minutes + warmUpMinutes + 10) * 60_000,
);
