import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations } from '../support/console-page.ts';
import { fillPeople } from './screens.ts';

let launched: Launched;
let gateway: TestGateway;
let page: Page;

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

/** The steps of one person's day, each from where the last one ended. */
describe('a person in a browser', () => {
  it('is told how to get a setup link while nobody has an account', async () => {
    await page.goto(gateway.url);
    await page.getByRole('heading', { name: 'Nobody has an account here yet' }).waitFor();

    expect(await page.locator('pre').textContent()).toBe('npm run -s tocsin -- setup-link');
    expect(await axeViolations(page)).toEqual([]);
  });

  it('is refused with a wrong password, and comes to the page it asked for with the right one', async () => {
    await fillPeople(gateway);
    await page.goto(`${gateway.url}/alerts?severity=HIGH`);
    await page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
    await page.getByLabel('E-mail').fill('ana@example.com');
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail or password is wrong.').waitFor();
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'No alert fits' }).waitFor();
    expect(new URL(page.url()).search).toBe('?severity=HIGH');
  });

  it('signs out, and back in', async () => {
    await menu().click();
    await page.getByRole('dialog').getByText('Ana Ruiz', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill('ana@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await menu().waitFor();
  });

  it('hears nothing unless it wants to, and then at most one bell in five seconds', async () => {
    // The bell has three partials; the clock of the page stands still until it is set.
    const now = Date.now();
    await page.clock.setFixedTime(now);
    await page.addInitScript(`
      window.tones = 0;
      OscillatorNode.prototype.start = () => { window.tones += 1; };
      OscillatorNode.prototype.stop = () => {};`);
    await page.goto(gateway.url);
    const bells = () => page.evaluate('window.tones / 3');
    const send = async (id: string, level: number) => {
      await gateway.ingestWazuh(aWazuhAlert({ id, rule: { id, level, description: id } }));
      await page
        .locator('.row-time, .tile', { hasText: /new alert/ })
        .first()
        .waitFor();
    };
    await menu().click();
    expect(await page.getByRole('button', { name: /Sound$/ }).textContent()).toContain('Off');
    await page.getByRole('button', { name: /Sound$/ }).click();
    await page.getByRole('option', { name: 'At critical alerts' }).click();
    await expect.poll(bells).toBe(1);
    await page.clock.setFixedTime(now + 5_000);
    await send('calm', 9);
    await send('rootkit', 15);
    await expect.poll(bells).toBe(2);
    await page.clock.setFixedTime(now + 9_999);
    await send('rootkit again', 15);
    await send('and again', 15);
    await page.clock.setFixedTime(now + 10_000);
    await send('and at last', 15);
    await expect.poll(bells).toBe(3);
  });

  it('goes on with less the moment the role is changed, without a new sign-in', async () => {
    // Somebody else stays who can let people in.
    await gateway.store.users.create(gateway.tenantId, { email: 'zoe@example.com', roleId: 'ADMINISTRATOR' });
    const { data } = await gateway.graphql('{ users { id email } }');
    const ana = data.users.find(({ email }: { email: string }) => email === 'ana@example.com').id;
    const become = async (roleId: string) => {
      const document = 'mutation ($id: ID!, $roleId: ID) { updateUser(id: $id, input: { roleId: $roleId }) { id } }';
      expect((await gateway.graphql(document, { id: ana, roleId })).errors).toBeUndefined();
    };
    const connect = page.getByRole('link', { name: 'Connect a source' });
    await connect.first().waitFor();
    await become('VIEWER');
    await connect.first().waitFor({ state: 'detached' });
    await menu().waitFor();

    expect(await page.getByLabel('Password').count()).toBe(0);
  });

  it('is led to the sign-in the moment the session is ended elsewhere', async () => {
    const { data } = await gateway.graphql('{ sessions { id } }');
    for (const { id } of data.sessions) {
      const { errors } = await gateway.graphql('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id });
      expect(errors).toBeUndefined();
    }

    await page.getByLabel('Password').waitFor();
  });
});
