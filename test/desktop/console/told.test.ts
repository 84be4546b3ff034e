import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseCidr } from '../../../server/cidr.ts';
import { MailServer } from '../../support/mail-server.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations, type ConsolePage, openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;
let slack: Receiver;
let mail: MailServer;

beforeAll(async () => {
  slack = await openReceiver(() => ({ status: 200, text: 'ok' }));
  mail = await MailServer.start();
  gateway = await startTestGateway({
    config: { sinkAllowCidrs: [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []) },
  });
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
  await slack?.[Symbol.asyncDispose]();
  await mail?.[Symbol.asyncDispose]();
});

beforeEach(({ skip }) => {
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) skip(launched.reason);
});

function open(): Promise<ConsolePage> {
  if (launched.reason !== undefined) throw new Error(launched.reason);
  return openConsole(launched.browser, gateway, '/delivery');
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const item = (page: Page, text: string) => page.locator('.item', { hasText: text });

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Sends the form, and waits until the field that is wrong is in sight and under the keyboard, with what is wrong with it. */
async function isRefusedAt(page: Page, label: string, problem: string): Promise<void> {
  await button(page, 'Add').click();
  await page.getByLabel(label).and(page.locator(':focus')).waitFor();
  expect(await page.locator('.field-error', { hasText: problem }).isVisible()).toBe(true);
}

describe('somebody who wants to be told', () => {
  it('in Slack pastes the URL of a webhook', async () => {
    await using console = await open();
    const { page } = console;
    await button(page, 'Add a sink').click();
    await choose(page, 'Tell by', 'Slack');
    await page.getByRole('link', { name: 'How to get a webhook URL from Slack' }).waitFor();
    await page.getByLabel('Name').fill('Office chat');
    await page.getByLabel('Paste the webhook URL').fill('https://hooks.slack.com/triggers/T1/2/3');
    await isRefusedAt(page, 'Paste the webhook URL', 'This is not the URL of an incoming webhook.');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Paste the webhook URL').fill(`${slack.url}/services/T1/B1/secretABCD`);
    await button(page, 'Add').click();
    await page.getByText('The receiver took the sample and answered 200.').waitFor();
    expect(slack.received.map(({ path }) => path)).toEqual(['/services/T1/B1/secretABCD']);
    await page.locator('.dialog-actions').getByRole('button', { name: 'Close' }).click();
    await item(page, 'Office chat').getByText('Test arrived').waitFor();
    await item(page, 'Office chat').getByText('It is told of alerts that come from now on.').waitFor();
    expect(await page.content()).not.toContain('secretABCD');
    await button(page, 'Change Office chat').click();
    await page.getByText(/^Told by 127\.0\.0\.1:\d+\/…ABCD\. Left empty, it stays\.$/).waitFor();
    await button(page, 'Save').click();
    await page.getByText('Saved.').waitFor();
    await item(page, 'Office chat').getByText('Test arrived').waitFor();
    expect(console.complaints).toEqual([]);
  });

  it('by e-mail names a mail server, and sees why it does not take a test', async () => {
    await using console = await open();
    const { page } = console;
    await button(page, 'Add a sink').click();
    await choose(page, 'Tell by', 'E-mail');
    await page.getByText('No mail server is set for this installation yet', { exact: false }).waitFor();
    await page.getByLabel('Name').fill('Petra by mail');
    await page.getByLabel('Recipients').fill('petra');
    await page.getByLabel('Mail server').fill('127.0.0.1');
    await choose(page, 'Encryption', 'None');
    await page.getByLabel('Port').fill(String(mail.port));
    await page.getByLabel('Sender address').fill('tocsin@office.example');
    await page.getByLabel('Description').fill('scrolled to the end of the form');
    await isRefusedAt(page, 'Recipients', 'Write 1 to 50 e-mail addresses');
    await page.getByLabel('Recipients').fill('petra@office.example');
    await page.getByLabel('User').fill('tocsin');
    await button(page, 'Add').click();
    await page.getByText('With a user it must be STARTTLS or TLS', { exact: false }).waitFor();
    await page.getByLabel('User').fill('');
    mail.refusals.set('petra@office.example', 550);
    await button(page, 'Add').click();
    await page
      .locator('.dialog')
      .getByText('The mail server answered 550: it does not take mail for this recipient')
      .waitFor();
    await page.locator('.dialog-actions').getByRole('button', { name: 'Close' }).click();
    await item(page, 'Petra by mail').getByText('Test failed').waitFor();
    await item(page, 'Petra by mail').getByText('it does not take mail for this recipient').waitFor();
    expect(await item(page, 'Petra by mail').getByText('Nothing sent yet').count()).toBe(0);

    mail.refusals.clear();
    await button(page, 'Test: Petra by mail').click();
    await page.getByText('The receiver took the sample and answered 250.').waitFor();
    await page.locator('.dialog-actions').getByRole('button', { name: 'Close' }).click();
    await item(page, 'Petra by mail').getByText('Test arrived').waitFor();
    expect(mail.received.map(({ from, to }) => [from, to])).toEqual([
      ['tocsin@office.example', ['petra@office.example']],
    ]);
    expect(console.complaints).toEqual([]);
  });
});
