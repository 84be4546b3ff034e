import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchChromium } from '../desktop/support/chromium.ts';
import { type Inflow, LiveOffice } from './live-office.ts';

const perSecond = 500;
const seconds = 60;

/** Alerts of `groups` kinds in turn. */
const among = (groups: number, forSeconds: number): Inflow => ({
  perSecond,
  seconds: forSeconds,
  groupOf: (sent) => sent % groups,
});

/** Records long tasks of the page and the most rows that it has drawn at any time. */
const watch = `
  window.tasks = []; window.mostRows = 0;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.tasks.push(duration); })
    .observe({ type: 'longtask', buffered: false });
  setInterval(() => { window.mostRows = Math.max(window.mostRows, document.querySelectorAll('.table-row').length); }, 50);`;

const read = (page: Page) => page.evaluate('({ tasks: window.tasks, mostRows: window.mostRows })') as Promise<Measured>;

interface Measured {
  readonly tasks: number[];
  readonly mostRows: number;
}

it(`${perSecond} events a second for ${seconds} s leave the list quick, small and exact, and a pause counts what the server counts`, async ({
  skip,
}) => {
  const launched = await launchChromium();
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) return skip(launched.reason);
  await using office = await LiveOffice.open();
  await office.load(among(100, 1));
  const page = await office.openPage(launched.browser, '/alerts');
  await page.evaluate(watch);

  const rate = await office.load(among(2_000, seconds));
  const groups = await office.openGroups();
  const shown = page.locator('[role=grid]');
  await expect.poll(() => shown.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe(String(groups + 1));
  const { tasks, mostRows } = await read(page);

  await page.keyboard.press('p');
  const first = await page.locator('.group-title').allTextContents();
  // As many kinds as there were alerts in the groups that come: each is a group of its own that has news.
  await office.load(among(700, 4));
  await page.getByRole('button', { name: '700 groups have news' }).waitFor();
  expect(await page.locator('.group-title').allTextContents()).toEqual(first);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: /news/ }).waitFor({ state: 'detached' });
  const open = String((await office.openGroups()) + 1);
  await expect.poll(() => shown.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe(open);
  await launched.browser.close();

  const longest = Math.max(0, ...tasks);
  console.log(
    JSON.stringify({ rate: Math.round(rate), groups, longTasks: tasks.length, longestMs: longest, mostRows }),
  );
  expect(longest).toBeLessThanOrEqual(200);
  expect(mostRows).toBeGreaterThan(0);
  expect(mostRows).toBeLessThanOrEqual(200);
});
