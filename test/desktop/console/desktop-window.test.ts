import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwaySummary, GatewayState } from '../../../desktop/ipc-contract.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations } from '../support/console-page.ts';
import { bridgeScript, type ServedRenderer, serveRenderer } from '../support/desktop-page.ts';

let launched: Launched;
let renderer: ServedRenderer;
let gateway: TestGateway;
let ready: GatewayState;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  renderer = await serveRenderer();
  gateway = await startTestGateway({ config: { allowedOrigins: [renderer.origin] } });
  ready = { kind: 'ready', url: gateway.url, token: await gateway.key('API_TOKEN'), dataDir: '/home/me/Tocsin/data' };
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  renderer?.close();
  await gateway?.close();
  if (launched?.reason === undefined) await launched?.browser.close();
});

beforeEach(async ({ skip }) => {
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) return skip(launched.reason);
  page = await launched.browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
});

afterEach(() => page?.close());

async function open(state: GatewayState, more = ''): Promise<void> {
  await page.addInitScript(bridgeScript(state, more));
  await page.goto(`${renderer.origin}/alerts`);
}

const become = (state: GatewayState) => page.evaluate(`window.becomeGateway(${JSON.stringify(state)})`);
const titles = () => page.locator('.group-title').allTextContents();
const row = (title: string) => page.locator('.table-row', { hasText: title }).waitFor();

async function send(id: string, description: string): Promise<void> {
  const alert = aWazuhAlert({ id, rule: { id, level: 12, description } });
  expect(await gateway.ingestWazuh(alert)).toMatchObject({ indexed: 1 });
}

describe('the window', () => {
  it('waits, shows that nothing has come, and the first alert the moment it comes', async () => {
    await open({ kind: 'starting', recentCrashes: 0 });
    await page.getByRole('heading', { name: 'Starting Tocsin' }).waitFor();
    await become(ready);
    await page.getByRole('heading', { name: 'No alert yet' }).waitFor();
    await send('1', 'first');
    await row('first');

    expect(await titles()).toEqual(['first']);
    expect(complaints).toEqual([]);
  });

  it('keeps the list while the server starts again, and catches up when it is back', async () => {
    await open(ready);
    await row('first');
    await become({ kind: 'starting', recentCrashes: 1 });
    await gateway.restart();
    await page.getByText('Connection lost', { exact: true }).waitFor();
    await send('2', 'meanwhile');
    expect(await titles()).toEqual(['first']);

    await become({ ...ready, url: gateway.url } as GatewayState);
    await row('meanwhile');
    expect(await titles()).toEqual(['meanwhile', 'first']);
  });

  it('shows why the server failed, and tries again when asked', async () => {
    await open({ kind: 'failed', reason: 'KEEPS_CRASHING', log: ['<b>the folder is locked</b>'] });
    await page.getByRole('heading', { name: 'The server keeps stopping' }).waitFor();
    expect(await page.locator('pre').textContent()).toBe('<b>the folder is locked</b>');
    await page.getByRole('button', { name: 'Try again' }).click();

    expect(await page.evaluate('window.retries')).toBe(1);
    await become({ kind: 'failed', reason: 'REFUSED', problem: 'FOLDER_BLOCKED', log: [] });
    await page.getByRole('heading', { name: 'The data folder is blocked' }).waitFor();
    expect(await page.getByRole('button').count()).toBe(1);
  });

  it('runs under a policy that stops eval, inline scripts and HTML made of text', async () => {
    await open({ ...ready, url: gateway.url } as GatewayState);
    await row('first');

    const stopped = await page.evaluate(`(async () => {
      const stopped = [];
      document.addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective));
      const attempt = async (act) => { try { await act(); } catch {} };
      await attempt(() => { document.body.innerHTML = '<p>'; });
      await attempt(() => { document.body.setAttribute('onclick', 'window.ran = true'); });
      await attempt(() => setTimeout('window.ran = true'));
      await attempt(() => fetch('https://example.com/'));
      await attempt(() => fetch('${gateway.url}/livez'));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { stopped: [...new Set(stopped)].sort(), ran: window.ran ?? false };
    })()`);
    expect(stopped).toEqual({ stopped: ['connect-src', 'require-trusted-types-for'], ran: false });
  });

  it('tells what was missed until it is dismissed, and goes where a notification leads', async () => {
    await send('away', 'missed <b>this</b>');
    const { data } = await gateway.graphql('{ alertGroups(first: 50) { nodes { id title } } }');
    const { id } = data.alertGroups.nodes.find(({ title }: { title: string }) => title === 'missed <b>this</b>');
    const summary: AwaySummary = {
      reason: 'AWAY',
      since: '2026-01-14T06:00:00Z',
      until: '2026-01-14T08:00:00Z',
      alerts: 14,
      bySeverity: { HIGH: 14 },
      groups: [{ id, title: 'missed <b>this</b>', severity: 'HIGH', alerts: 12 }],
      moreGroups: 2,
    };
    await open(
      { ...ready, url: gateway.url } as GatewayState,
      `awaySummary: async () => (${JSON.stringify(summary)}),
       onAwaySummary: () => () => {},
       dismissAwaySummary: async () => { window.dismissed = true; },
       takeDeepLink: async () => null,
       onDeepLink: (listener) => { window.followLink = listener; return () => {}; },`,
    );
    const dialog = page.getByRole('dialog', { name: 'While you were away' });
    await dialog.getByText('14 alerts').waitFor();
    await dialog.getByText('and 2 more groups').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('link', { name: 'missed <b>this</b>' }).click();
    await page.getByRole('complementary').getByRole('heading', { name: 'missed <b>this</b>' }).waitFor();
    expect(await page.evaluate('window.dismissed')).toBe(true);
    await page.evaluate('window.followLink("/alerts")');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await page.evaluate(`window.followLink("/alerts/${id}")`);

    await page.getByRole('complementary').getByRole('heading', { name: 'missed <b>this</b>' }).waitFor();
    expect(await dialog.count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
