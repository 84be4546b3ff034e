import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { launchChromium } from '../desktop/support/chromium.ts';
import { bridgeScript } from '../desktop/support/desktop-page.ts';
import { aWazuhAlert } from '../support/builders.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const perSecond = 500;
const perPost = 50;
const seconds = 60;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
const env: Environment = { PORT: '0', TOCSIN_DATA_DIR: folder };
let server: ServerProcess | undefined;
let sent = 0;

afterAll(async () => {
  await server?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function secretOf(kind: string): Promise<string> {
  const made = await runTocsin(['credential', 'create', '--kind', kind, '--name', `soak ${kind}`, '--json'], env);
  return JSON.parse(made.stdout).secret;
}

/** Sends alerts of `groups` kinds at the rate of this test, as a clock would; answers how many a second that came to. */
async function load(key: string, forSeconds: number, groups: number): Promise<number> {
  const startedAt = performance.now();
  const posts: Promise<void>[] = [];
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  for (let post = 0; post < (forSeconds * perSecond) / perPost; post++) {
    await sleep(Math.max(0, startedAt + (post * 1000 * perPost) / perSecond - performance.now()));
    const alerts = Array.from({ length: perPost }, () => {
      sent += 1;
      const id = `live-${sent % groups}`;
      return aWazuhAlert({ id: String(sent), rule: { id, level: 4 + (sent % 10), description: `Alert ${id}` } });
    });
    const url = `${server?.url}/api/v1/webhooks/wazuh`;
    posts.push(
      fetch(url, { method: 'POST', headers, body: JSON.stringify(alerts) }).then(async (reply) => {
        expect(reply.status).toBe(200);
        await reply.arrayBuffer();
      }),
    );
  }
  await Promise.all(posts);
  return (forSeconds * perSecond * 1000) / (performance.now() - startedAt);
}

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
  server = await startServer(env);
  const [key, token] = [await secretOf('ingest-key'), await secretOf('api-token')];
  const ask = async (query: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const reply = await fetch(`${server?.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await reply.json()) as { data: { alertGroups: { totalCount: number } } }).data.alertGroups.totalCount;
  };
  const count = () => ask('{ alertGroups(filter: { status: [NEW, IN_PROGRESS] }) { totalCount } }');
  await load(key, 1, 100);
  const page = await launched.browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await page.addInitScript(bridgeScript({ kind: 'ready', url: server.url, token, dataDir: folder }));
  await page.goto(`${server.url}/alerts`);
  await page.locator('.table-row').first().waitFor();
  await page.evaluate(watch);

  const rate = await load(key, seconds, 2_000);
  const groups = await count();
  const shown = page.locator('[role=grid]');
  await expect.poll(() => shown.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe(String(groups + 1));
  const { tasks, mostRows } = await read(page);

  await page.keyboard.press('p');
  const first = await page.locator('.group-title').allTextContents();
  // As many kinds as there were alerts in the groups that come: each is a group of its own that has news.
  await load(key, 4, 700);
  await page.getByRole('button', { name: '700 groups have news' }).waitFor();
  expect(await page.locator('.group-title').allTextContents()).toEqual(first);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: /news/ }).waitFor({ state: 'detached' });
  await expect.poll(() => shown.getAttribute('aria-rowcount'), { timeout: 10_000 }).toBe(String((await count()) + 1));
  await launched.browser.close();

  const longest = Math.max(0, ...tasks);
  console.log(
    JSON.stringify({ rate: Math.round(rate), groups, longTasks: tasks.length, longestMs: longest, mostRows }),
  );
  expect(longest).toBeLessThanOrEqual(200);
  expect(mostRows).toBeGreaterThan(0);
  expect(mostRows).toBeLessThanOrEqual(200);
});
