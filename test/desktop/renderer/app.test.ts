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
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  renderer.close();
  if (launched.reason === undefined) await launched.browser.close();
});

beforeEach(async ({ skip }) => {
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) return skip(launched.reason);
  gateway = await startTestGateway({ config: { allowedOrigins: [renderer.origin] } });
  ready = { kind: 'ready', url: gateway.url, token: await gateway.key('API_TOKEN'), dataDir: '/home/me/Tocsin/data' };
  page = await launched.browser.newPage({ locale: 'en-GB' });
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
});

afterEach(async () => {
  await page?.close();
  await gateway?.close();
});

async function open(state: GatewayState): Promise<void> {
  await page.addInitScript(bridgeScript(state));
  await page.goto(`${renderer.origin}/`);
}

const become = (state: GatewayState) => page.evaluate(`window.becomeGateway(${JSON.stringify(state)})`);

/** Lets a Wazuh manager send one alert of level 12 with this description. */
async function send(id: string, description: string, data: object = {}): Promise<void> {
  const alert = aWazuhAlert({ id, data, rule: { level: 12, description } });
  expect(await gateway.ingestWazuh(alert)).toMatchObject({ indexed: 1 });
}

/** What a row shows, cell by cell, without the time. */
const rows = () =>
  page
    .locator('.row')
    .evaluateAll((all) => all.map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)));

describe('the window', () => {
  it('waits, says what to do on a new gateway, and shows the first alert the moment it comes', async () => {
    await open({ kind: 'starting', recentCrashes: 0 });
    await page.getByRole('heading', { name: 'Starting Tocsin' }).waitFor();
    await become(ready);
    await page.getByRole('heading', { name: 'No alerts yet' }).waitFor();
    expect(await page.locator('pre').last().textContent()).toBe(`${gateway.url}/api/v1/webhooks/wazuh`);
    expect(await page.getByRole('status').textContent()).toBe('Live');

    await send('1', 'sshd: brute force', { srcip: '203.0.113.10', srcport: '41334', dstip: '10.0.0.5', dstport: '22' });
    await page.locator('.row').waitFor();

    expect(await rows()).toEqual([['High', 'sshd: brute force', 'from 203.0.113.10:41334 to 10.0.0.5:22', 'edge-01']]);
    expect(await page.locator('.row[data-severity=HIGH][data-new]').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('shows the text of a sender as text, with its hidden characters made visible', async () => {
    await send('1', '<img src=x onerror="document.title=1"><b>bold</b> \u202Egnp.exe');
    await open(ready);
    await page.locator('.row').waitFor();

    const title = page.locator('.row .title');
    expect(await title.textContent()).toBe('<img src=x onerror="document.title=1"><b>bold</b> ‹202E›gnp.exe');
    expect(await title.locator('*').count()).toBe(0);
    expect(await page.title()).toBe('Tocsin');
  });

  it('keeps the list while the server is away, and catches up when it is back', async () => {
    await send('1', 'before');
    await open(ready);
    await page.locator('.row').waitFor();
    await become({ kind: 'starting', recentCrashes: 1 });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('Tocsin is bringing it back');
    await send('2', 'meanwhile');
    expect((await rows()).map(([, title]) => title)).toEqual(['before']);

    await become(ready);
    await page.locator('.row').nth(1).waitFor();
    expect((await rows()).map(([, title]) => title)).toEqual(['meanwhile', 'before']);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('says within two seconds that the connection is lost', async () => {
    await open(ready);
    await page.getByText('Live', { exact: true }).waitFor();
    await gateway.stop();

    await page.getByText('Reconnecting', { exact: true }).waitFor({ timeout: 2_000 });
  });

  it('shows why the server failed, and tries again when asked', async () => {
    await open({ kind: 'failed', reason: 'KEEPS_CRASHING', log: ['<b>the folder is locked</b>'] });
    await page.getByRole('heading', { name: 'The server keeps stopping' }).waitFor();
    expect(await page.locator('pre').textContent()).toBe('<b>the folder is locked</b>');
    await page.getByRole('button', { name: 'Try again' }).click();

    expect(await page.evaluate('window.retries')).toBe(1);
  });

  it('runs under a policy that stops eval, inline scripts and HTML made of text', async () => {
    await open(ready);
    await page.getByText('Live', { exact: true }).waitFor();

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
