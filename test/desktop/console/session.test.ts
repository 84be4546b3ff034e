import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;
let page: Page;
const password = 'correct horse battery';

beforeAll(async () => {
  gateway = await startTestGateway();
  launched = await launchChromium();
  if (launched.reason !== undefined) return;
  page = await launched.browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

beforeEach(({ skip }) => {
  // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
  if (launched.reason !== undefined) skip(launched.reason);
});

const menu = () => page.getByRole('button', { name: 'Your menu' });

/** The steps of one person's first day, each from where the last one ended. */
describe('a person in a browser', () => {
  it('is told how to get a setup link while nobody has an account', async () => {
    await page.goto(gateway.url);
    await page.getByRole('heading', { name: 'Nobody has an account here yet' }).waitFor();

    expect(await page.locator('pre').textContent()).toBe('tocsin setup-link');
    expect(await axeViolations(page)).toEqual([]);
  });

  it('makes the first account by the link, is told what is wrong with a field, and is in', async () => {
    const link = await gateway.store.setupLinks.forFirst();
    await page.goto('about:blank');
    await page.goto(`${gateway.url}/setup#token=${link?.secret}`);
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Password').fill('short');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByText('must have 10 to 1,000 characters').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create the account' }).click();

    await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await menu().click();
    await page.getByRole('dialog').getByText('Ada', { exact: true }).waitFor();
  });

  it('signs out, is refused with a wrong password, and comes back to the page it asked for', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`${gateway.url}/alerts?severity=HIGH`);
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail or password is wrong.').waitFor();
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'No alert fits' }).waitFor();
    expect(new URL(page.url()).search).toBe('?severity=HIGH');
  });

  it('is led to the sign-in the moment the session is ended elsewhere', async () => {
    const { data } = await gateway.graphql('{ sessions { id } }');
    for (const { id } of data.sessions) {
      const { errors } = await gateway.graphql('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id });
      expect(errors).toBeUndefined();
    }

    await page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
  });

  it('is told that a link was used', async () => {
    await page.goto('about:blank');
    await page.goto(`${gateway.url}/setup#token=tocsin_setup_nothing`);

    await page.getByText('This link was used, has expired or is incomplete').waitFor();
  });
});
