import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  gateway = await startTestGateway({
    config: { allowedOrigins: [renderer.origin], backupEveryMs: 86_400_000 },
  });
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

async function open(state: GatewayState, more = '', path = '/alerts'): Promise<void> {
  await page.addInitScript(bridgeScript(state, more));
  await page.goto(renderer.origin + path);
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

describe('the settings of this computer', () => {
  const changes = () => page.evaluate('window.changes');
  const local = () => ({ ...ready, url: gateway.url }) as GatewayState;

  it('open a port to other machines where a person wants it, and say what became of it', async () => {
    await open(local(), '', '/connect/wazuh');
    await page.getByRole('link', { name: 'Settings, This computer.' }).click();
    const save = page.getByRole('button', { name: 'Save and start the server anew' });
    await page.getByText('Take events over HTTP').click();
    expect(await save.isEnabled()).toBe(true);
    await page.getByLabel('Port for HTTP').fill('70000');
    await page.getByText('A port is a whole number from 1 to 65535.').waitFor();
    expect(await save.isEnabled()).toBe(false);
    await page.getByLabel('Port for HTTP').fill('4010');
    await page.evaluate(`window.settingsOutcome = { isSaved: false, field: '', isDeclined: true }`);
    await save.click();
    await page.getByText('Nothing was changed.').waitFor();
    await page.evaluate('window.settingsOutcome = undefined');
    await save.click();
    await page.getByText('Saved.').waitFor();
    const change = { intake: { isOn: true, port: 4010 }, syslog: { isOn: false, port: 5514 } };
    expect(await changes()).toEqual([change, change]);

    await become({ ...local(), listeners: { intake: { isOpen: false, problem: 'PORT_TAKEN' } } } as GatewayState);
    await page.getByText(/Port 4010 is taken by another program/).waitFor();
    await become({ ...local(), listeners: { intake: { isOpen: true, port: 4010 } } } as GatewayState);
    await page.getByText('Open on port 4010').waitFor();
    expect(complaints).toEqual([]);
  });

  it('take quiet hours, severities and the start at login', async () => {
    await open(local(), '', '/settings/computer');
    await page.getByText('Keep quiet at night').click();
    await page.getByLabel('From', { exact: true }).fill('9 pm');
    await page.getByText('A time of day, such as 22:00.').waitFor();
    await page.getByLabel('From', { exact: true }).fill('21:30');
    await page.getByRole('button', { name: 'Save the times' }).click();
    await page.getByRole('button', { name: /From this severity on$/ }).click();
    await page.getByRole('option', { name: 'Critical' }).click();
    await page.getByText('Start when I sign in to this computer').click();
    await expect
      .poll(changes)
      .toEqual([
        { quietHours: { isOn: true } },
        { quietHours: { from: '21:30', to: '06:00' } },
        { notifications: { minSeverity: 'CRITICAL' } },
        { startsAtLogin: true },
      ]);
    expect(complaints).toEqual([]);
  });
});

describe('the server that the app shows', () => {
  const local = () => ({ ...ready, url: gateway.url }) as GatewayState;
  const asked = () => page.evaluate('window.asked');

  it('can be one elsewhere, once that has let the app in, and its own again', async () => {
    const outcomes = [
      { isConnected: false, problem: 'UNREACHABLE' },
      { isConnected: false, problem: 'INSECURE' },
      { isConnected: false, problem: 'TOKEN_REFUSED' },
      { isConnected: true, isTokenKept: false },
    ];
    await open(
      local(),
      `connectGateway: async (address) => { (window.asked ??= []).push(address); return ${JSON.stringify(outcomes)}[window.asked.length - 1]; },
       useOwnGateway: async () => { (window.asked ??= []).push('own'); },`,
      '/settings/computer',
    );
    await page.getByRole('button', { name: 'Connect to a server elsewhere …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect to a server elsewhere' });
    const connect = dialog.getByRole('button', { name: 'Connect', exact: true });
    await dialog.getByLabel('Address').fill('https://away.example');
    await dialog.getByLabel('API token').fill('tocsin_api_secret');
    await connect.click();
    await dialog.getByText('Nothing answers there.').waitFor();
    await dialog.getByLabel('Address').fill('http://soc.example');
    await connect.click();
    await dialog.getByText('Over http:// everybody on the way can read the token').waitFor();
    expect(await connect.isDisabled()).toBe(true);
    await dialog.getByText('Connect all the same').click();
    await connect.click();
    await dialog.getByText('The server does not let this token in.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByLabel('API token').fill('tocsin_api_other');
    await connect.click();
    await page.getByText('it is asked for at the next start').waitFor();

    const http = { url: 'http://soc.example', token: 'tocsin_api_secret' };
    expect(await asked()).toEqual([
      { url: 'https://away.example', token: 'tocsin_api_secret', isInsecureAccepted: false },
      { ...http, isInsecureAccepted: false },
      { ...http, isInsecureAccepted: true },
      { ...http, token: 'tocsin_api_other', isInsecureAccepted: true },
    ]);
    await page.evaluate(
      `window.tocsin.changeDesktopSettings({ gateway: { kind: 'remote', url: 'https://soc.example' } })`,
    );
    await page.getByText('The app shows the server at https://soc.example.').waitFor();
    await page.getByRole('button', { name: 'Use the server of this computer' }).click();
    await expect.poll(async () => ((await asked()) as unknown[]).at(-1)).toBe('own');
    expect(complaints).toEqual([]);
  });
});

describe('the backups that the server makes by itself', () => {
  it('are shown with the latest, and with what went wrong', async () => {
    const file = 'tocsin-auto-20260114-030000.db';
    const record = {
      last: { at: Date.parse('2026-01-14T03:00:00Z'), file, bytes: 12_300_000 },
      failure: { at: Date.parse('2026-01-15T03:00:00Z'), problem: 'NO_ROOM' },
      made: [file],
    };
    writeFileSync(join(gateway.config.dataDir, 'backups.json'), JSON.stringify(record));
    await gateway.restart();
    await open({ ...ready, url: gateway.url } as GatewayState, '', '/data');
    await page.getByText('The server makes one every day and keeps the latest 3').waitFor();
    const item = page.locator('.item', { hasText: file });
    await item.getByText('12.3 MB').waitFor();
    await item.getByText('The last attempt failed').waitFor();
    await page.getByText(/^The disk has not room for twice the database/).waitFor();
    expect(complaints).toEqual([]);
  });
});
