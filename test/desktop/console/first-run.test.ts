import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations, openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;

const email = 'ana@example.com';
const password = 'correct horse battery';

beforeAll(async () => {
  gateway = await startTestGateway();
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

/** A browser that nobody has signed in with. */
const visit = (path: string) => {
  if (launched.reason !== undefined) throw new Error(launched.reason);
  return openConsole(launched.browser, gateway, path, { isVisitor: true });
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function signIn(page: Page, secret = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(secret);
  await button(page, 'Sign in').click();
}

/** What a sender has been told: the value of a member of its XML configuration. */
async function told(page: Page, member: string): Promise<string> {
  const texts = (await page.locator('.snippet pre').allTextContents()).join('\n');
  return new RegExp(`<${member}>(.*)</${member}>`).exec(texts)?.[1] ?? '';
}

describe('a first run', () => {
  it('leads from the link over an account, a network and a source to the first alert on screen', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    const link = await gateway.store.setupLinks.forFirst();
    await using open = await visit(`/setup#token=${link?.secret}`);
    const { page } = open;

    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Name', { exact: true }).fill('Ana Ruiz');
    await page.getByLabel('Password').fill('short');
    await page.getByText('5 more characters').waitFor();
    await page.getByText('Europe/Berlin').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await button(page, 'Create the account').click();
    await page.getByText('must have 10 to 1,000 characters').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByText('Strong').waitFor();
    await button(page, 'Create the account').click();

    await page.getByLabel('Range').fill('192.168.7.0/33');
    await button(page, 'Save and go on').click();
    await page.locator('.field-error').waitFor();
    await page.getByLabel('Range').fill('192.168.7.0/24');
    await button(page, 'Save and go on').click();

    await page.getByRole('link', { name: /^Wazuh/ }).click();
    await page.getByText('Only programs on this machine reach this address').waitFor();
    await button(page, 'Make the key').click();
    await page.getByText('Waiting for wazuh').waitFor();

    // As Wazuh's integrator would, with nothing but what the configuration says.
    const hook = await told(page, 'hook_url');
    const headers = { 'X-API-Key': await told(page, 'api_key') };
    expect(hook).toBe(`${gateway.url}/api/v1/webhooks/wazuh`);
    const bad = await fetch(hook, { method: 'POST', headers, body: '{ "full_log": "no alert of Wazuh" }' });
    expect(await bad.json()).toMatchObject({ failed: 1 });
    await page.getByText('Something came, and was refused').waitFor();
    const rule = { id: '5712', level: 10, description: 'brute force <b>from</b> outside' };
    const good = await fetch(hook, { method: 'POST', headers, body: JSON.stringify(aWazuhAlert({ rule })) });
    expect(await good.json()).toMatchObject({ indexed: 1 });

    await page.getByText('wazuh is connected').waitFor({ timeout: 2_000 });
    await page.getByText(rule.description).waitFor();
    await button(page, 'Open the alerts').click();
    await page.locator('.table-row', { hasText: rule.description }).waitFor();
    const { data } = await gateway.graphql('{ networks { name cidr } intakes { name kind } }');
    expect(data.networks).toEqual([{ name: 'Office', cidr: '192.168.7.0/24' }]);
    expect(data.intakes).toContainEqual({ name: 'wazuh', kind: 'WEBHOOK' });
    // The browser itself tells of the two refusals that were provoked.
    expect(open.complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
  });

  it('says of a link that opens nothing how to get another, and where to sign in', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await visit('/setup#token=tocsin_setup_spent');
    const { page } = open;
    await page.getByText('This link opens nothing any more').waitFor();
    await page.getByText('npm run -s tocsin -- setup-link').waitFor();
    expect(await page.getByLabel('Password').count()).toBe(0);
    await page.getByRole('link', { name: /sign in/ }).click();
    await page.getByLabel('Password').waitFor();
  });

  it('makes the account of somebody who was invited, without asking for name and network', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    const { users, setupLinks } = gateway.store;
    const ben = await users.create(gateway.tenantId, { email: 'ben@example.com', name: 'Ben', roleId: 'VIEWER' });
    await using open = await visit(`/setup#token=${(await setupLinks.forUser(ben)).secret}`);
    const { page } = open;
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ben@example.com');
    expect(await page.getByLabel('Name', { exact: true }).count()).toBe(0);
    await page.getByLabel('Password').fill(password);
    await button(page, 'Create the account').click();
    await page.getByText('Is anything wrong?').waitFor();
    // A viewer connects nothing.
    expect(await page.getByRole('link', { name: 'Connect a source' }).count()).toBe(0);
  });
});

describe('a sign-in', () => {
  it('leads to where the person was going, and back there after the session has ended', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await visit('/alerts?severity=MEDIUM');
    const { page } = open;
    await signIn(page, 'not the password');
    await page.getByText('E-mail or password is wrong.').waitFor();
    await signIn(page);
    await page.locator('.table-row').first().waitFor();

    const { data } = await gateway.graphql('{ sessions { id } }');
    for (const { id } of data.sessions) {
      await gateway.graphql('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id });
    }
    await page.getByText('Your session has ended.').waitFor();
    await signIn(page);
    await page.locator('.table-row').first().waitFor();
    expect(new URL(page.url()).search).toBe('?severity=MEDIUM');

    await button(page, 'Your menu').click();
    await button(page, 'Sign out').click();
    await page.getByText('You are signed out.').waitFor();
  });

  it('is braked after wrong passwords, and says for how long', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await visit('/sign-in');
    const { page } = open;
    // The wait may be a minute: the browser's clock is put forward.
    await page.clock.install();
    await page.reload();
    const braked = page.getByText(/Too many tries\. Wait \d+ s/);
    await expect
      .poll(
        async () => {
          if ((await braked.count()) === 0) await signIn(page, 'a wrong password');
          return braked.count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    expect(await button(page, 'Sign in').isDisabled()).toBe(true);
    await page.clock.fastForward(61_000);
    await expect.poll(() => button(page, 'Sign in').isDisabled()).toBe(false);
    expect(await braked.count()).toBe(0);
  });
});
