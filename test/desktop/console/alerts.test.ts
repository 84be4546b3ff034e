import { describe, expect, it } from 'vitest';
import { aNetworkAlert } from '../../support/builders.ts';
import { openProxy } from '../support/breakable-proxy.ts';
import { alertsConsole, patience, row, titles } from './alerts-console.ts';

const desk = alertsConsole();
const { open, openCount, send, groupTitled } = desk;

describe('the list of alert groups', () => {
  it('leads to a first source while there is none, shows a group the moment its alert comes, and a sender’s text as text', async () => {
    await using console = await open();
    await console.page.getByRole('heading', { name: 'No alert yet' }).waitFor();
    const next = console.page.getByRole('button', { name: 'Connect a source' });
    expect((await next.boundingBox())?.height).toBeLessThan(60);
    await next.click();
    expect(new URL(console.page.url()).pathname).toBe('/connect');
    await console.page.goBack();
    await console.page.getByRole('heading', { name: 'No alert yet' }).waitFor();
    await send('<img src=x onerror="document.title=1"> \u202Egnp.exe');
    await row(console, 'gnp.exe').waitFor();

    expect(await titles(console)).toEqual(['<img src=x onerror="document.title=1"> ‹202E›gnp.exe']);
    expect(await console.page.locator('.group-title img').count()).toBe(0);
    expect(console.complaints).toEqual([]);
  });

  it('stands still while it is paused, counts what comes, and shows it when it goes on', async () => {
    await send('paused one');
    await using console = await open();
    await row(console, 'paused one').waitFor();
    await console.page.keyboard.press('p');
    await send('paused two', 'paused three');
    await console.page.getByRole('button', { name: '2 groups have news' }).waitFor();
    expect(await titles(console)).toEqual(['paused one']);

    await console.page.keyboard.press('p');
    await row(console, 'paused three').waitFor();
    expect((await titles(console)).toSorted()).toEqual(['paused one', 'paused three', 'paused two']);
  });

  it('narrows to what the address says, and says so in the address', async () => {
    await desk.gateway.ingestWazuh(
      aNetworkAlert({ id: 'narrow', rule: { id: 'narrow', level: 15, description: 'narrowed' } }),
    );
    await send('not narrowed');
    await using console = await open('/alerts?severity=CRITICAL,FATAL');
    await row(console, 'narrowed').first().waitFor();
    expect(await titles(console)).toEqual(['narrowed']);
    await console.page.getByRole('button', { name: 'Clear filters' }).click();
    await row(console, 'not narrowed').waitFor();
    await console.page.getByRole('button', { name: 'More filters …' }).click();
    await console.page.getByRole('button', { name: 'Kind' }).click();
    await console.page.getByRole('option', { name: 'Network' }).click();
    await console.page.getByRole('button', { name: 'Apply' }).click();

    await expect.poll(() => titles(console), patience).toEqual(['narrowed']);
    expect(new URL(console.page.url()).search).toBe('?kind=NETWORK');
  });

  it('says within two seconds that the connection is lost, and misses nothing when it is back', async () => {
    await using proxy = await openProxy(desk.gateway.url);
    await send('before the loss');
    await using console = await open('/alerts', { server: proxy.url });
    await row(console, 'before the loss').waitFor();
    proxy.cut();
    await console.page.getByText('Connection lost', { exact: true }).waitFor({ timeout: 2_000 });
    await send('during the loss');
    proxy.mend();
    await row(console, 'during the loss').waitFor();
    await send('after the loss');
    await row(console, 'after the loss').waitFor();
    // A screen that was never opened before the server went away opens all the same, says so with one way on, and fills itself.
    const hasFiles = `performance.getEntriesByType('resource').some(({ name }) => name.includes('settings-screen'))`;
    await expect.poll(() => console.page.evaluate(hasFiles), patience).toBe(true);
    proxy.cut();
    await console.page.getByText('Connection lost', { exact: true }).waitFor({ timeout: 2_000 });
    await console.page.getByRole('link', { name: 'Networks' }).click();
    const away = console.page.locator('.state-panel', { hasText: 'The server does not answer' });
    await away.waitFor();
    expect(await away.getByRole('button').allTextContents()).toEqual(['Try now']);
    proxy.mend();
    await console.page.getByRole('heading', { name: 'No network named yet' }).waitFor();
    await console.page.getByRole('link', { name: 'Alerts' }).click();
    await row(console, 'after the loss').waitFor();

    expect(await titles(console)).toEqual(['after the loss', 'during the loss', 'before the loss']);
  });

  it('gives way to a screen that is loaded once the server is back, however long it is away', async () => {
    await using proxy = await openProxy(desk.gateway.url);
    await using console = await open('/alerts', { server: proxy.url });
    await console.page.getByText('Live', { exact: true }).waitFor();
    proxy.cut();
    await console.page.getByText('Connection lost', { exact: true }).waitFor();
    await console.page.getByRole('link', { name: 'Silences' }).click();
    await console.page.getByText('This screen could not be loaded').waitFor();
    proxy.mend();
    await console.page.getByText('Nothing is silenced').waitFor();
  });

  it('draws no more than 200 rows of a thousand, and reads on as it is scrolled', async () => {
    for (let batch = 0; batch < 6; batch++) {
      await send(...Array.from({ length: 50 }, (_, at) => `many ${String(batch * 50 + at).padStart(3, '0')}`));
    }
    await using console = await open();
    await row(console, 'many 299').waitFor();
    expect(await console.page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe('301');
    await console.page.locator('[role=grid]').focus();
    await expect
      .poll(async () => {
        await console.page.keyboard.press('End');
        return titles(console);
      }, patience)
      .toContain('many 000');

    expect(await console.page.locator('.table-row').count()).toBeLessThanOrEqual(200);
  });
});

describe('triage', () => {
  it('of 50 alerts takes at most two keys each', async () => {
    const wanted = Array.from({ length: 50 }, (_, at) => `quick ${String(at).padStart(2, '0')}`);
    await send(...wanted);
    await using console = await open();
    await row(console, 'quick 49').waitFor();
    await console.page.keyboard.press('j');
    let keys = 1;
    for (let left = 50; left > 0; left--) {
      await console.page.keyboard.press('c');
      await console.page.getByRole('dialog').waitFor();
      await console.page.keyboard.press('1');
      await console.page.getByRole('dialog').waitFor({ state: 'detached' });
      if (left > 1) await console.page.locator(`[role=grid][aria-rowcount="${left}"]`).waitFor();
      keys += 2;
    }

    expect(keys).toBeLessThanOrEqual(101);
    await console.page.getByRole('heading', { name: 'Nothing is open' }).waitFor();
    expect(await openCount()).toBe(0);
  });

  it('acknowledges by a key, and takes it back by another', async () => {
    await send('taken back');
    await using console = await open();
    await row(console, 'taken back').waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('a');
    await row(console, 'In progress').waitFor();
    expect(await groupTitled('taken back')).toMatchObject({ status: 'IN_PROGRESS' });
    await console.page.keyboard.press('u');
    await row(console, 'New').waitFor();

    expect(await groupTitled('taken back')).toMatchObject({ status: 'NEW' });
  });

  it('leaves keys alone while somebody writes, and single keys when they are off', async () => {
    await send('untouched');
    await using console = await open();
    await row(console, 'untouched').waitFor();
    await console.page.keyboard.press('?');
    await console.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    const keys = await console.page.locator('.key-row dd').allTextContents();
    expect(keys).toEqual(expect.arrayContaining([...'jkpacnsxu/?', 'Enter', 'Escape', 'CtrlK']));
    await console.page.keyboard.press('Escape');
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('n');
    await console.page.getByRole('textbox', { name: 'Note' }).focus();
    await console.page.keyboard.type('a cause');
    await console.page.keyboard.press('Control+Enter');
    await expect
      .poll(() => groupTitled('untouched'), patience)
      .toMatchObject({ status: 'NEW', history: [{ note: 'a cause' }] });
    await console.page.getByRole('button', { name: 'Your menu' }).click();
    await console.page.getByText('Single keys').click();
    await console.page.keyboard.press('Escape');
    await console.page.keyboard.press('c');
    await console.page.keyboard.press('Control+k');
    await console.page.getByRole('dialog', { name: 'Go to …' }).waitFor();

    expect(await console.page.getByRole('dialog').count()).toBe(1);
  });

  it('of all that match is one job, with a way back that outlives the page', async () => {
    await send(...Array.from({ length: 120 }, (_, at) => `bulk ${at}`));
    await using console = await open();
    await row(console, 'bulk 119').waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('x');
    await console.page.getByRole('button', { name: 'Select all 120 that match' }).click();
    await console.page.keyboard.press('c');
    await console.page.keyboard.press('2');
    await console.page.getByText('120 groups changed').waitFor();
    expect(await openCount()).toBe(0);
    // The way back outlives the page.
    await console.goTo('/alerts');
    await console.page.getByRole('button', { name: /^Undo \(\d+ minutes left\)$/ }).click();
    await console.page.getByText('120 groups as before').waitFor();

    expect(await openCount()).toBe(120);
  });

  it('silences a group with a reason, after saying what that would have held back, shows that it is, and takes it back', async () => {
    await send('noisy');
    await using console = await open();
    await row(console, 'noisy').waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('s');
    await console.page.getByText('it would have held back 1 alert.').waitFor();
    await console.page.getByRole('button', { name: 'What' }).click();
    expect(await console.page.getByRole('option').allTextContents()).toEqual([
      'This group alone',
      'This rule, wherever it is raised: noisy',
      'Everything from agent edge-01',
      'Everything of type sshd',
    ]);
    await console.page.keyboard.press('Escape');
    await console.page.getByRole('button', { name: 'Silence', exact: true }).click();
    await console.page.getByText('This is needed.').waitFor();
    await console.page.getByLabel('Why').fill('the scanner runs tonight');
    await console.page.keyboard.press('Enter');
    await console.page.getByText('Silenced.').waitFor();

    const { data } = await desk.gateway.graphql('{ silences(first: 1) { nodes { reason matchers { field } } } }');
    expect(data.silences.nodes).toEqual([{ reason: 'the scanner runs tonight', matchers: [{ field: 'GROUP' }] }]);
    const mark = row(console, 'noisy').getByText('Silenced: nobody is notified of it');
    await mark.waitFor();
    await row(console, 'noisy').click();
    const panel = console.page.getByRole('complementary');
    await panel.getByText('Silenced until').waitFor();
    expect(await panel.getByText('the scanner runs tonight').count()).toBe(2);
    await console.page.keyboard.press('u');
    await mark.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'End the silence' }).waitFor({ state: 'detached' });
    await console.goTo('/silences');
    await console.page.getByText('Show 1 that has ended').click();
    await console.page.getByRole('link', { name: 'noisy' }).click();
    await panel.getByRole('heading', { name: 'noisy' }).waitFor();
  });

  it('is not offered to who may only read', async () => {
    await send('read only');
    const { secret } = await desk.gateway.createCredential('API_TOKEN', { permissions: ['ALERTS_READ'] });
    await using console = await open('/alerts', { token: secret });
    await row(console, 'read only').click();
    await console.page.getByRole('heading', { name: 'read only' }).waitFor();
    await console.page.keyboard.press('a');

    expect(await console.page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    expect(await console.page.getByRole('checkbox').count()).toBe(0);
    expect(await groupTitled('read only')).toMatchObject({ status: 'NEW' });
  });
});
