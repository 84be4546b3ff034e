import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../server/cidr.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { readCsv, readZip } from '../../support/read-zip.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations, type ConsolePage, openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;
let receiver: Receiver;
/** What the receiver answers to its path `/moody`. */
let mood = 404;

beforeAll(async () => {
  receiver = await openReceiver(({ path }) => ({ status: path === '/moody' ? mood : 204 }));
  gateway = await startTestGateway({
    config: { sinkAllowCidrs: [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []) },
  });
  await gateway.ingestWazuh(
    aNetworkAlert({ id: 'scan', rule: { id: '2', level: 12, description: 'Scan from outside' } }),
  );
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
  await receiver?.[Symbol.asyncDispose]();
});

beforeEach(({ skip }) => {
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) skip(launched.reason);
});

function open(path: string, token?: string): Promise<ConsolePage> {
  if (launched.reason !== undefined) throw new Error(launched.reason);
  return openConsole(launched.browser, gateway, path, token === undefined ? {} : { token });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const item = (page: Page, text: string) => page.locator('.item', { hasText: text });

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe('delivery', () => {
  it('makes a webhook, shows its secret this once, and the answer to a test', async () => {
    await using console = await open('/delivery');
    const { page } = console;
    await page.getByRole('heading', { name: 'Nobody is told of alerts yet' }).waitFor();
    await button(page, 'Add a sink').click();
    await page.getByLabel('Name').fill('Receiver');
    await page.getByLabel('URL').fill('ftp://127.0.0.1/');
    await button(page, 'Add').click();
    await page.getByText('Write an address that begins with http').waitFor();
    await page.getByLabel('URL').fill(`${receiver.url}/good`);
    await button(page, 'Add').click();
    await page.getByRole('heading', { name: 'The signing secret of Receiver' }).waitFor();
    expect(await page.locator('.copy-box pre').textContent()).toMatch(/^whsec_/);
    await button(page, 'Done, test it now').click();
    await page.getByText('The receiver took the sample and answered 204.').waitFor();

    expect(receiver.received.map(({ path, headers }) => [path, 'webhook-signature' in headers])).toEqual([
      ['/good', true],
    ]);
    await page.locator('.dialog-actions').getByRole('button', { name: 'Close' }).click();
    await page.getByText('Test arrived').waitFor();
    expect(await page.content()).not.toContain('whsec_');
    expect(console.complaints).toEqual([]);
  });

  it('shows live that a sink works and another fails, and sends what was given up on again', async () => {
    await gateway.graphql(
      'mutation ($url: String!) { createEventSink(input: { name: "Moody", webhook: { url: $url } }) { sink { id } } }',
      { url: `${receiver.url}/moody` },
    );
    await using console = await open('/delivery');
    const { page } = console;
    await item(page, 'Moody').getByText('Nothing sent yet').waitFor();
    await gateway.ingestWazuh(aWazuhAlert({ id: 'told', rule: { id: '1', level: 12, description: 'Rootkit found' } }));
    await item(page, 'Receiver').getByText('Works').waitFor();
    await item(page, 'Moody').getByText('Failing').waitFor();
    await item(page, 'Moody').getByText('The receiver answered 404').waitFor();

    mood = 204;
    await item(page, 'Moody')
      .getByRole('link', { name: /dead letter/ })
      .click();
    await page.locator('.table-row', { hasText: 'Rootkit found' }).click();
    await page.locator('.side-panel').getByText('The receiver answered 404').waitFor();
    await button(page, 'Send all dead letters again').click();
    await button(page, 'Send again').last().click();
    await page.getByText(/dead letters? (is|are) queued\./).waitFor();
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
    await button(page, 'Clear filters').last().click();
    await page.locator('.table-row', { hasText: 'Moody' }).getByText('Told').first().waitFor();
    expect(console.complaints).toEqual([]);
  });
});

describe('silences', () => {
  it('says what a silence would have hidden, makes it, and ends it', async () => {
    await using console = await open('/silences');
    const { page } = console;
    await page.getByRole('heading', { name: 'Nothing is silenced' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Value' }).fill('scan from*');
    await page.getByText(/^It would have hidden 1 alert of \d+\.$/).waitFor();
    await page.locator('.preview-examples', { hasText: 'Scan from outside' }).waitFor();
    await choose(page, 'Repeats', 'Every week');
    await button(page, 'Silence').click();
    await page.getByText('This is needed.').waitFor();
    await page.getByLabel('Why').fill('The auditors scan us');
    await button(page, 'Silence').click();
    await item(page, 'The auditors scan us').getByText('Title fits scan from*').waitFor();
    await item(page, 'The auditors scan us').getByText('Sat, Sun for 8 h').waitFor();

    await button(page, 'End now: The auditors scan us').click();
    await button(page, 'Show 1 that has ended').click();
    await item(page, 'The auditors scan us').getByText('Ended', { exact: true }).first().waitFor();
    expect(console.complaints).toEqual([]);
  });
});

describe('data', () => {
  it('exports a data set as a ZIP archive of CSV', async () => {
    await using console = await open('/data');
    const { page } = console;
    await button(page, 'Export: Network alerts').click();
    const download = page.waitForEvent('download');
    await button(page, 'Export').last().click();
    const files = readZip(readFileSync(await (await download).path()));

    expect([...files.keys()]).toEqual(['tocsin-network-alerts.csv']);
    const [header, ...rows] = readCsv(files.get('tocsin-network-alerts.csv') ?? '');
    expect(rows.map((row) => row[header?.indexOf('rule.name') ?? -1])).toEqual(['Scan from outside']);
    expect(console.complaints).toEqual([]);
  });

  it('deletes only what was counted, once the word was typed', async () => {
    await using console = await open('/data');
    const { page } = console;
    await button(page, 'Delete: Network alerts').click();
    await button(page, 'Count what would go').click();
    await page.getByText('Nothing would go.').waitFor();
    await choose(page, 'Which rows', 'All');
    await button(page, 'Count what would go').click();
    await page.getByText(/^1 row of .+ would go\.$/).waitFor();
    const go = button(page, 'Delete for good');
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('Type “delete” to go ahead').fill('delete');
    await go.click();
    await page.getByText('1 row is deleted.').waitFor();

    const { data } = await gateway.graphql('{ alerts(filter: { kind: [NETWORK] }) { totalCount } }');
    expect(data.alerts.totalCount).toBe(0);
    expect(console.complaints).toEqual([]);
  });
});

describe('settings', () => {
  const password = 'correct horse battery';

  it('invites a person, who signs in by the link and ends another of its sessions', async () => {
    await using console = await open('/settings/people');
    const { page } = console;
    await button(page, 'Add a person').click();
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Name').fill('Ada');
    await choose(page, 'Role', 'Administrator');
    await button(page, 'Add and make a link').click();
    await page.getByRole('heading', { name: 'A link for Ada' }).waitFor();
    const link = (await page.locator('.copy-box pre').first().textContent()) ?? '';
    await page.getByText('This link works on this machine only').waitFor();
    await button(page, 'Done').click();
    await item(page, 'ada@example.org').getByText('Has not signed in yet').waitFor();

    if (launched.reason !== undefined) return;
    await using first = await launched.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    await using second = await launched.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    const ada = await first.newPage();
    await ada.goto(gateway.url + new URL(link).pathname + new URL(link).hash);
    await ada.getByLabel('Password').fill(password);
    await ada.keyboard.press('Enter');
    await button(ada, 'Your menu').waitFor();
    const elsewhere = await second.newPage();
    await elsewhere.goto(`${gateway.url}/settings/account`);
    await elsewhere.getByLabel('E-mail').fill('ada@example.org');
    await elsewhere.getByLabel('Password').fill(password);
    await elsewhere.keyboard.press('Enter');
    await elsewhere.getByText('This browser', { exact: true }).waitFor();

    await ada.goto(`${gateway.url}/settings/account`);
    await button(ada, 'End').click();
    await ada.getByText('The session has ended.').waitFor();
    await elsewhere.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
    expect(await ada.locator('.items .item').count()).toBe(1);
    expect(await axeViolations(ada)).toEqual([]);
  });

  it('shows a new API token this once, and revokes it', async () => {
    await using console = await open('/settings/tokens');
    const { page } = console;
    await button(page, 'Make a token').first().click();
    await page.getByLabel('Name').fill('grafana');
    await button(page, 'Make the token').click();
    await page.getByRole('heading', { name: 'The token grafana' }).waitFor();
    const secret = (await page.locator('.copy-box pre').textContent()) ?? '';
    const asked = await gateway.graphql('{ me { permissions } }', {}, secret);
    expect(asked.data.me.permissions).toEqual(['ALERTS_READ']);
    await button(page, 'Done').click();
    await item(page, 'grafana').waitFor();
    expect(await page.content()).not.toContain(secret);

    await button(page, 'Revoke: grafana').click();
    await button(page, 'Revoke').last().click();
    await page.getByText('The token opens nothing any more.').waitFor();
    await expect.poll(() => item(page, 'grafana').count()).toBe(0);
    expect(console.complaints).toEqual([]);
  });

  it('makes a source with its key, and a new key of it', async () => {
    await using console = await open('/settings/sources');
    const { page } = console;
    await button(page, 'Add a source').first().click();
    await page.getByLabel('Name').fill('Web server');
    await button(page, 'Make the source and its key').click();
    const secret = (await page.locator('.copy-box pre').textContent()) ?? '';
    const reply = await gateway.post('/api/v1/webhooks/wazuh', aWazuhAlert({ id: 'keyed' }), { 'X-API-Key': secret });
    expect(reply.status).toBeLessThan(300);
    await button(page, 'Done').click();
    await button(page, '1 key: Web server').click();
    await button(page, 'Make a new key').click();
    await page.getByRole('heading', { name: 'The key of Web server' }).waitFor();
    expect(await page.locator('.copy-box pre').textContent()).not.toBe(secret);
    await button(page, 'Done').click();
    await button(page, '2 keys: Web server').waitFor();
    expect(console.complaints).toEqual([]);
  });

  it('tells in the audit log what was done, by what and by whom', async () => {
    await gateway.graphql('mutation { updateTenant(input: { alertThreshold: MEDIUM }) { id } }');
    await using console = await open('/settings/audit?days=7');
    const { page } = console;
    await page.locator('.table-row', { hasText: 'Changed the organization' }).click();
    await page.locator('.dialog .untrusted-lines').waitFor();
    await page.keyboard.press('Escape');
    await button(page, /^What/).click();
    await page.getByRole('menuitemcheckbox', { name: 'Changed the organization' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('1 entry').waitFor();

    expect(new URL(page.url()).search).toBe('?days=7&action=UPDATE_TENANT');
    expect(console.complaints).toEqual([]);
  });

  it('explains what is missing to somebody who may little', async () => {
    const { secret } = await gateway.createCredential('API_TOKEN', { permissions: ['ALERTS_READ', 'SINKS_READ'] });
    await using console = await open('/settings/people', secret);
    const { page } = console;
    await page.getByText('Your role does not include “Read people and roles”.').waitFor();
    await page.getByRole('link', { name: 'Organization' }).click();
    await page.getByText('You can look at this, but your role does not let you change it.').waitFor();
    expect(await page.locator('.settings-page input, .settings-page button').count()).toBe(0);

    await console.goTo('/delivery');
    await item(page, 'Receiver').waitFor();
    expect(await button(page, 'Add a sink').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Test/ }).count()).toBe(0);
    await console.goTo('/silences');
    await button(page, 'Show 1 that has ended').waitFor();
    expect(await button(page, 'Add a silence').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Data', exact: true }).count()).toBe(0);
    expect(console.complaints).toEqual([]);
  });
});
