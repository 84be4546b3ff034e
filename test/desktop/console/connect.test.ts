import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { likelyAddress, readAddress } from '../../../desktop/renderer/screens/connect/address.ts';
import { senders } from '../../../desktop/renderer/screens/connect/senders/index.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations, openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

describe('connecting a source', () => {
  it.for(senders)(
    '$id: the key stands in what is to be pasted, and a test event raises an alert',
    async (sender, { skip }) => {
      // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
      if (launched.reason !== undefined) return skip(launched.reason);
      await using open = await openConsole(launched.browser, gateway, `/connect/${sender.id}`);
      const { page } = open;
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.locator('.snippet').first().waitFor();
      const key = (await page.locator('.copy-box pre').textContent()) ?? '';
      const texts = await page.locator('.snippet pre').allTextContents();
      expect(texts).toEqual(sender.snippets({ url: gateway.url, key }).map(({ text }) => text));
      expect(texts.join('\n')).toContain(key);
      const { data } = await gateway.graphql('{ intakes { name kind } }');
      expect(data.intakes).toContainEqual({ name: sender.id, kind: sender.intakeKind });

      await page.locator('.snippet').first().getByRole('button', { name: 'Copy' }).click();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(texts[0]);

      await page.getByRole('button', { name: 'Send a test event' }).click();
      await page.getByText('The test event is here').waitFor({ timeout: 2_000 });
      await page.getByText('It raised an alert.').waitFor();
      await page.getByText(`From ${sender.id} itself nothing has come yet.`).waitFor();
      expect(open.complaints).toEqual([]);
    },
  );

  it('says who calls with a wrong key and what else may be wrong, and leads to an event that is no alert', async ({
    skip,
  }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await openConsole(launched.browser, gateway, '/connect/wazuh');
    const { page } = open;
    await page.clock.install();
    await page.reload();
    await page.getByLabel('Name of the source').fill('office');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('From level 4 on, what Wazuh sends becomes an alert here').waitFor();
    expect(await page.getByText('Nothing yet? Check this').count()).toBe(0);
    const send = (key: string) =>
      gateway.post('/api/v1/webhooks/wazuh', aWazuhAlert({ rule: { id: '1', level: 3, description: 'Quiet' } }), {
        'X-API-Key': key,
      });
    await send('tocsin_ingest_wrong');
    await send('tocsin_ingest_wrong');
    await page.getByText('127.0.0.1 called /api/v1/webhooks/wazuh without a valid key (2 times).').waitFor();
    await page.clock.fastForward(31_000);
    await page.getByText('Nothing yet? Check this').waitFor();
    await page.getByText(`${gateway.url}/livez`).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await send((await page.locator('.copy-box pre').first().textContent()) ?? '');
    await page.getByText('it is too harmless to raise an alert').waitFor();
    // As the list of alerts names it.
    await page.locator('.arrived').getByText('edge-01').waitFor();
    await page.getByRole('button', { name: 'Open its events' }).click();
    await page.locator('.table-row', { hasText: 'Quiet' }).waitFor();
    expect(open.complaints).toEqual([]);
  });

  it('says of a name that is taken that it is', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await gateway.graphql('mutation { createIntake(input: { name: "taken", kind: WEBHOOK }) { secret } }');
    await using open = await openConsole(launched.browser, gateway, '/connect/vector');
    await open.page.getByLabel('Name of the source').fill('taken');
    await open.page.getByRole('button', { name: 'Make the key' }).click();
    await open.page.getByText('There is a source of this name.').waitFor();
  });
});

describe('the address of the server', () => {
  it.each([
    ['http://10.0.0.7:4000', ['http://192.168.1.9:4000'], 'http://10.0.0.7:4000'],
    ['http://127.0.0.1:4000', ['https://soc.example', 'http://192.168.1.9:4000'], 'https://soc.example'],
    ['http://localhost:4000', ['http://127.0.0.1:4000'], 'http://localhost:4000'],
    ['app://tocsin', ['http://127.0.0.1:4000'], 'http://127.0.0.1:4000'],
    ['http://[::1]:4000', [], 'http://[::1]:4000'],
  ])('is, for a page of %s and a server at %j, %s', (page, known, likely) => {
    expect(likelyAddress(page, known)).toBe(likely);
  });

  it.each([
    [' https://soc.example/ ', 'https://soc.example'],
    ['http://nas:4000/tocsin/', 'http://nas:4000/tocsin'],
    ['soc.example', undefined],
    ['ftp://soc.example', undefined],
    ['https://soc.example/?key=1', undefined],
    ['https://me:secret@soc.example', undefined],
  ])('is read from %j as %j', (text, address) => {
    expect(readAddress(text)).toBe(address);
  });
});
