import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayState } from '../../../desktop/ipc-contract.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
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
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
});

afterEach(() => page?.close());

async function open(state: GatewayState): Promise<void> {
  await page.addInitScript(bridgeScript(state));
  await page.goto(`${renderer.origin}/`);
}

const become = (state: GatewayState) => page.evaluate(`window.becomeGateway(${JSON.stringify(state)})`);
const titles = () => page.locator('.group-title').allTextContents();
const row = (title: string) => page.locator('.table-row', { hasText: title }).waitFor();

async function send(id: string, description: string): Promise<void> {
  const alert = aWazuhAlert({ id, rule: { id, level: 12, description } });
  expect(await gateway.ingestWazuh(alert)).toMatchObject({ indexed: 1 });
}

describe('the window', () => {
  it('waits, shows that nothing is open, and the first alert the moment it comes', async () => {
    await open({ kind: 'starting', recentCrashes: 0 });
    await page.getByRole('heading', { name: 'Starting Tocsin' }).waitFor();
    await become(ready);
    await page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
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
});
