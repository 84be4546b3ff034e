import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { axeViolations } from '../support/console-page.ts';
import { alertsConsole, patience } from './alerts-console.ts';

const desk = alertsConsole();

const inApi = async (query: string, variables = {}) => {
  const { data, errors } = await desk.gateway.graphql(query, variables);
  expect(errors).toBeUndefined();
  return data;
};
const save = (name: string, query: unknown) =>
  inApi('mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { id } }', {
    input: { name, query: JSON.stringify(query), screen: 'alerts' },
  });
const kept = async (): Promise<{ id: string; name: string; query: string; isShared: boolean }[]> =>
  (await inApi('{ savedViews { id name query isShared } }')).savedViews;

describe('saved views', () => {
  it('are kept by address and by file, a hundred of them, and one that does not fit says why', async () => {
    await save('of another time', { severity: 'HIGH', colour: 'red' });
    await save('no view', ['HIGH']);
    for (let at = 0; at < 97; at++) await save(`View ${String(at).padStart(2, '0')}`, { search: `host:web-${at}` });
    const wanted = '?severity=FATAL%2CHIGH&kind=NETWORK&search=%C3%BCber+OR+%22a+%26+b%22&agent=edge-01&time=7d';
    await using console = await desk.open(`/alerts${wanted}`);
    const { page } = console;
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    };
    const dialog = page.getByRole('dialog');

    await menu('Save this view …');
    await page.getByLabel('Name').fill('Round trip');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    await console.goTo('/alerts');
    await menu('Round trip');
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams), patience)
      .toEqual(Object.fromEntries(new URLSearchParams(wanted)));
    await menu('of another time');
    await page.getByText('This view asks for what the list does not have: colour.').waitFor();
    await menu('Save this view …');
    await page.getByLabel('Name').fill('One too many');
    await page.keyboard.press('Enter');
    await dialog.getByText('There are 100 saved views already: delete one first').waitFor();
    await page.keyboard.press('Escape');

    await menu('Manage views …');
    expect(await dialog.getByRole('listitem').count()).toBe(100);
    await dialog.getByText('This view cannot be read.').waitFor();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save to a file' }).click();
    const file = await (await download).path();
    const before = await kept();
    const lost = before.filter(({ name }) => name < 'View 00' || name > 'View 79');
    for (const { id } of lost) await inApi('mutation ($id: ID!) { deleteSavedView(id: $id) { id } }', { id });
    const readBack = async (text: string | Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await dialog.getByRole('button', { name: 'Read from a file …' }).click();
      await (await chooser).setFiles({ name: 'views.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    };
    await console.goTo('/alerts');
    await menu('Manage views …');
    await readBack(readFileSync(file));
    await dialog.getByText('18 views were added; 80 were there already.').waitFor();
    await dialog.getByText('“no view” was left out. This view cannot be read.').waitFor();
    const plain = (views: Awaited<ReturnType<typeof kept>>) =>
      views.filter(({ name }) => !['no view', 'of another time'].includes(name)).map(({ id, ...view }) => view);
    expect(plain(await kept())).toEqual(plain(before));
    await readBack(readFileSync(file));
    await dialog.getByText('0 views were added; 98 were there already.').waitFor();
    await readBack('{"views":[]}');
    await dialog.getByText('This is no file of views').waitFor();
    await dialog.getByRole('button', { name: 'Delete “Round trip”' }).click();
    await page.getByText('Deleted.').waitFor();
    expect((await kept()).length).toBe(97);

    await console.goTo('/alerts?severity=HIGH,NONSENSE');
    await page.getByText('Severity is never “NONSENSE”.').waitFor();
    expect(console.complaints).toEqual([]);
  });

  it('say that they are being saved, leave the focus where it is, and are not saved twice', async () => {
    await using console = await desk.open('/settings');
    const { page } = console;
    let release = (): void => {};
    let asked = 0;
    await page.routeWebSocket(/graphql$/, (near) => {
      const far = near.connectToServer();
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      near.onMessage(async (message) => {
        if (String(message).includes('SaveAlertView')) {
          asked += 1;
          await released;
        }
        far.send(message);
      });
    });
    await console.goTo('/alerts');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view …' }).click();
    await page.getByLabel('Name').fill('Slow');
    await page.getByLabel('Name').press('Enter');
    await page.getByRole('status').getByText('Save: under way').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const button = page.getByRole('button', { name: 'Save', exact: true });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Name').press('Enter');
    await button.focus();
    await page.keyboard.press('Enter');
    await button.click({ force: true });
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    release();
    await page.getByText('Saved.').waitFor();
    await page.getByText('Save: under way').waitFor({ state: 'detached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(asked).toBe(1);
    expect(console.complaints).toEqual([]);
  });
});
