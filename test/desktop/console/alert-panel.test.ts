import { describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { alertsConsole, isOneLine, patience, row } from './alerts-console.ts';

const desk = alertsConsole();
const { open, openCount, send, groupTitled } = desk;

describe('a row of the list', () => {
  it('leaves the title the most room of all columns, also where the window is small', async () => {
    await send('A title that is as long as those of rules are, and then some more');
    for (const width of [1280, 1366, 1600]) {
      await using console = await open('/alerts', { width });
      await row(console, 'A title').waitFor();
      const cells = await console.page.locator('.table-row').first().locator('.cell').all();
      const widths = await Promise.all(cells.map(async (cell) => (await cell.boundingBox())?.width ?? 0));
      const title = Math.max(...widths);
      expect(title, String(width)).toBeGreaterThanOrEqual(340);
      expect(
        widths.filter((each) => each * 1.5 > title),
        String(width),
      ).toEqual([title]);
      expect(await isOneLine(console)).toBe(true);
    }
  });

  it('says from where to where by the names of devices, and who saw it', async () => {
    const data = { srcip: '203.0.113.77', dstip: '192.168.1.20' };
    await desk.gateway.ingestWazuh(
      aNetworkAlert({ id: 'path', rule: { id: 'path', level: 9, description: 'a path' }, data }),
    );
    await using console = await open('/alerts', { width: 1600 });
    await row(console, 'a path').waitFor();

    expect(await row(console, 'a path').textContent()).toContain('203.0.113.77 → 192.168.1.20');
    expect(await row(console, 'a path').textContent()).toContain('edge-01');
  });
});

describe('the details beside the list', () => {
  it('work on a group that the list does not hold, and bring a new note into sight', async () => {
    await send('put away', 'still open');
    await desk.gateway.graphql(
      'mutation { updateAlertGroups(filter: { search: "title:\\"put away\\"" }, change: { status: RESOLVED }) { id } }',
    );
    await expect.poll(openCount, patience).toBe(1);
    const { data } = await desk.gateway.graphql(
      '{ alertGroups(filter: { status: [RESOLVED] }) { nodes { id title } } }',
    );
    const { id } = data.alertGroups.nodes.find(({ title }: { title: string }) => title === 'put away');
    await using console = await open(`/alerts/${id}`, { height: 500 });
    const panel = console.page.getByRole('complementary');
    await row(console, 'still open').waitFor();
    await panel.getByRole('heading', { name: 'put away' }).waitFor();
    await console.page.keyboard.press('n');
    await console.page.getByRole('textbox', { name: 'Note' }).fill('seen it before');
    await console.page.keyboard.press('Control+Enter');
    await expect
      .poll(async () => {
        const { y = 999, height = 0 } = (await panel.getByText('seen it before').boundingBox()) ?? {};
        return y > 0 && y + height <= 500;
      }, patience)
      .toBe(true);
    await panel.getByRole('button', { name: 'Reopen' }).click();
    await row(console, 'put away').waitFor();

    expect(await groupTitled('put away')).toMatchObject({
      status: 'NEW',
      history: [{}, { note: 'seen it before' }, {}],
    });
    expect(new URL(console.page.url()).pathname).toBe(`/alerts/${id}`);
    expect(console.complaints).toEqual([]);
  });

  it('say who and where it was above the raw event, and in German, too, why it is grouped and what became of it', async () => {
    const data = { srcip: '203.0.113.9', dstuser: 'root' };
    const rule = { id: 'g1', level: 12, description: 'said in German', groups: ['sshd', 'attack'] };
    await desk.gateway.ingestWazuh(aWazuhAlert({ id: 'g1', rule, data }));
    await using console = await open('/alerts', { language: 'de', width: 1600 });
    await row(console, 'said in German').click();
    const panel = console.page.getByRole('complementary');
    for (const text of [
      'edge-01 (003)',
      '203.0.113.9',
      'sshd, attack',
      'gleiches Format: Wazuh · gleiche Regel: g1 · gleicher Agent oder Rechner: 003 · gleiche Quelle: 203.0.113.9',
      'Ein Alarm, denn der Schweregrad ist „Hoch“',
      'Niemand wurde benachrichtigt: Es gibt keinen Empfänger',
    ]) {
      await panel.getByText(text, { exact: true }).first().waitFor();
    }
    expect(await panel.getByText(/Received|the same|Nobody|An alert/).allTextContents()).toEqual([]);
  });

  it('show the raw event, the grouping and the timeline, and have an address of their own', async () => {
    await send('in detail');
    await using console = await open();
    await row(console, 'in detail').waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('Enter');
    const panel = console.page.getByRole('complementary');
    await panel.getByText('edge-01 (').first().waitFor();
    await panel.getByRole('button', { name: 'Show the raw event' }).click();
    await panel.getByText('"full_log"').waitFor();
    await console.page.keyboard.press('a');
    await panel.getByText('New → In progress').waitFor();
    const { pathname } = new URL(console.page.url());
    await console.goTo(`/?alertGroup=${pathname.split('/').at(-1)}`);
    await panel.getByRole('heading', { name: 'in detail' }).waitFor();
    expect(new URL(console.page.url()).pathname).toBe(pathname);
    await console.page.keyboard.press('Escape');

    await panel.waitFor({ state: 'detached' });
    expect(console.complaints).toEqual([]);
  });
});
