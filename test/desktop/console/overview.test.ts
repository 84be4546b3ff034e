import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;
let passedMs = -2 * 3_600_000;

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => Date.now() + passedMs });
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString().replace('Z', '+0000');
const anAlert = (level: number, minutes: number) =>
  aWazuhAlert({
    timestamp: minutesAgo(minutes),
    rule: { id: `${level}`, level, description: `Rule of level ${level}` },
  });
const tile = (page: Page, question: string) => page.getByRole('link', { name: question });

describe('the overview', () => {
  it('leads to the first source while nothing reports', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await openConsole(launched.browser, gateway, '/');
    await open.page.getByText('Nothing reports to Tocsin yet').waitFor();
    await open.page.getByRole('button', { name: 'Connect a source' }).click();
    await open.page.getByText('What should report to Tocsin?').waitFor();
    expect(open.complaints).toEqual([]);
    const { secret: token } = await gateway.createCredential('API_TOKEN', {
      permissions: ['DEVICES_READ', 'EVENTS_READ'],
    });
    await using viewer = await openConsole(launched.browser, gateway, '/events', { token });
    for (const path of ['/events', '/devices']) {
      await viewer.goTo(path);
      await viewer.page.locator('.state-panel').waitFor();
      // Who may only look is not sent where they may not go.
      expect(await viewer.page.locator('.state-panel button').count()).toBe(0);
    }
  });

  it('answers what is wrong, what is new, who reports and who was told, and goes on by itself', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    // Two hours ago one source spoke for the last time, and another was made that never did.
    const make = `mutation ($name: String!) {
      createIntake(input: { name: $name, kind: WEBHOOK, silenceAfterSeconds: 3600 }) { secret } }`;
    const { data } = await gateway.graphql(make, { name: 'old' });
    await gateway.graphql(make, { name: 'unused' });
    const headers = { 'X-API-Key': data.createIntake.secret };
    await gateway.post('/api/v1/webhooks/wazuh', anAlert(5, 30 * 60), headers);
    passedMs = 0;
    await gateway.ingestWazuh([anAlert(12, 5), anAlert(12, 70), anAlert(7, 23 * 60), anAlert(7, 25 * 60)]);
    await using open = await openConsole(launched.browser, gateway, '/');
    const { page } = open;

    await tile(page, 'Is anything wrong?').getByText('3 alert groups open').waitFor();
    await expect.poll(() => page.title(), { timeout: 10_000 }).toBe('(3) Overview · Tocsin');
    await tile(page, 'Is anything new?').getByText('1 new alert').waitFor();
    await tile(page, 'Is anything new?').getByText('In the last hour; 3 in 24 hours').waitFor();
    await tile(page, 'Is everything reporting?').getByText('1 of 3 sources report').waitFor();
    await tile(page, 'Were people told?').getByText('Nobody is told').waitFor();
    const names = await page.locator('.card', { hasText: 'Sources' }).locator('.row-name').allTextContents();
    expect(names).toEqual(['old', 'unused', 'INGEST_KEY']);
    await page.locator('.row', { hasText: 'old' }).getByText('Silent').waitFor();

    // The chart in words, for those who do not see it: as many as the database has of the day.
    const day = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() };
    const counted = await gateway.graphql(
      'query ($span: TimeRange!) { alerts(filter: { occurredAt: $span }) { totalCount } }',
      {
        span: day,
      },
    );
    expect(counted.data.alerts.totalCount).toBe(3);
    await expect
      .poll(() => page.locator('.activity figcaption').textContent())
      .toMatch(/^3 alerts in 24 hours: 2 High, 1 Medium\. Most at \d\d:\d\d\.$/);

    await gateway.ingestWazuh(anAlert(15, 1));
    await tile(page, 'Is anything wrong?').getByText('4 alert groups open').waitFor();
    await expect.poll(() => page.title(), { timeout: 10_000 }).toBe('(4) Overview · Tocsin');
    await tile(page, 'Is anything new?').getByText('2 new alerts').waitFor();
    await gateway.graphql(`mutation { createEventSink(input: {
      name: "On call", webhook: { url: "https://hooks.example.com/x" } }) { signingSecret } }`);
    await tile(page, 'Were people told?').getByText('Nobody is waiting to be told').waitFor({ timeout: 15_000 });

    await page.getByRole('link', { name: /^Critical 1$/ }).click();
    await page.locator('.table-row', { hasText: 'Rule of level 15' }).waitFor();
    expect(await page.locator('.table-row').count()).toBe(1);
    expect(open.complaints).toEqual([]);
  });

  it('draws its charts where the browser gives its language no valid tag', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await openConsole(launched.browser, gateway, '/sign-in');
    // As Chromium does when it is started with LANG=C.
    await open.page.addInitScript(`Object.defineProperty(Navigator.prototype, 'language', {
      configurable: true, get: () => 'en-US@posix' })`);
    await open.goTo('/');
    await open.page.locator('.activity canvas').waitFor();
    expect(open.complaints).toEqual([]);
  });
});
