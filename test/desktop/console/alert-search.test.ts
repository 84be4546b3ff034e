import { describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway } from '../../support/test-gateway.ts';
import type { ConsolePage } from '../support/console-page.ts';
import { alertsConsole, isOneLine, patience, row, titles } from './alerts-console.ts';

const desk = alertsConsole();
const { open, send } = desk;

/** The operations that a page sends over its WebSocket from now on: `hash` of one named by its hash, else `text`. */
function watchOperations({ page }: ConsolePage): { readonly name: string; readonly by: 'hash' | 'text' }[] {
  const seen: { name: string; by: 'hash' | 'text' }[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const { type, payload: operation } = JSON.parse(String(payload));
      if (type !== 'subscribe' || !operation.operationName) return;
      const isNamed = /^[0-9a-f]{64}$/.test(operation.extensions?.persistedQuery.sha256Hash ?? '');
      if (isNamed) expect(operation.query).toBe('');
      seen.push({ name: operation.operationName, by: isNamed ? 'hash' : 'text' });
    }),
  );
  return seen;
}

describe('the operations of the console', () => {
  it('are sent by their hash, without a word of their text', async () => {
    await send('asked for by a hash');
    await using console = await open('/settings');
    const seen = watchOperations(console);
    await console.goTo('/alerts');
    await row(console, 'asked for by a hash').waitFor();
    await send('followed by a hash');
    await row(console, 'followed by a hash').waitFor();

    expect(seen.map(({ name }) => name)).toEqual(expect.arrayContaining(['AlertGroups', 'GroupChanges']));
    expect(seen.filter(({ by }) => by === 'text')).toEqual([]);
    expect(console.complaints).toEqual([]);
  });

  it('are sent as text to a server that was built with other ones, after it has said so once', async () => {
    await using other = await startTestGateway({ persistedOperations: new Map() });
    const alert = aWazuhAlert({ id: 'old', rule: { id: 'old', level: 12, description: 'told by an older server' } });
    await other.ingestWazuh(alert);
    await using console = await desk.open('/settings', {}, other);
    const seen = watchOperations(console);
    await console.goTo('/alerts');
    await row(console, 'told by an older server').waitFor();
    await console.page.keyboard.press('j');
    await console.page.keyboard.press('a');
    await row(console, 'In progress').waitFor();

    expect(seen[0]?.by).toBe('hash');
    expect(seen).toContainEqual({ name: 'GroupChanges', by: 'text' });
    expect(seen.findLast(({ by }) => by === 'hash')).not.toMatchObject({ name: 'GroupChanges' });
    expect(console.complaints).toEqual([]);
  });
});

describe('the list of alert groups', () => {
  it('is read anew where changes came in sum, or were left out, and says how many', async () => {
    await send('stays', ...Array.from({ length: 30 }, (_, at) => `many ${at}`));
    let isGapWanted = false;
    await using console = await open('/settings');
    await console.page.routeWebSocket(/graphql$/, (near) => {
      const far = near.connectToServer();
      far.onMessage((message) => {
        const { type, payload, ...rest } = JSON.parse(String(message));
        const step = payload?.data?.alertGroupChanged;
        if (!isGapWanted || !step) return near.send(message);
        isGapWanted = false;
        // As the server tells a client that fell behind.
        const gap = { missed: 1234, after: step.cursor, __typename: 'FeedGap' };
        const told = { ...step, group: null, removedId: null, manyChanged: null, gap };
        near.send(JSON.stringify({ ...rest, type, payload: { data: { alertGroupChanged: told } } }));
      });
    });
    await console.goTo('/alerts');
    await row(console, 'many 29').waitFor();
    const change = 'updateAlertGroups(filter: { search: "many" }, change: { status: ARCHIVED }) { id }';
    await desk.gateway.graphql(`mutation { ${change} }`);
    await console.page.getByText('30 changes read in sum').waitFor();
    await expect.poll(() => titles(console), patience).toEqual(['stays']);
    isGapWanted = true;
    await send('left out of the feed');
    await row(console, 'left out of the feed').waitFor();
    await console.page.getByText('1,264 changes read in sum').waitFor();

    expect(console.complaints).toEqual([]);
  });

  it('follows what a colleague makes of a group: its state changes where it stands, and closed it leaves', async () => {
    await send('theirs', 'mine');
    await using console = await open();
    await row(console, 'mine').waitFor();
    const triage = (change: string) =>
      desk.gateway
        .graphql(`{ alertGroups(filter: { status: [NEW, IN_PROGRESS] }, first: 9) { nodes { id version title } } }`)
        .then(async ({ data }) => {
          const { id, version } = data.alertGroups.nodes.find(({ title }: { title: string }) => title === 'theirs');
          const made = `mutation { updateAlertGroup(id: "${id}", version: ${version}, change: { ${change} }) { id } }`;
          expect(await desk.gateway.graphql(made)).not.toHaveProperty('errors');
        });
    const before = await titles(console);
    await triage('status: IN_PROGRESS');
    await row(console, 'In progress').waitFor();
    expect(await titles(console)).toEqual(before);
    await triage('status: RESOLVED');

    await expect.poll(() => titles(console), patience).toEqual(['mine']);
  });

  it('searches as somebody types, says what is wrong with a search, and keeps it as a view', async () => {
    await send('needle in the stack', 'hay');
    await using console = await open();
    await row(console, 'hay').waitFor();
    await console.page.keyboard.press('/');
    await console.page.keyboard.type('needle');
    await expect.poll(() => titles(console), patience).toEqual(['needle in the stack']);
    await console.page.getByRole('button', { name: 'Views' }).click();
    await console.page.getByRole('menuitem', { name: 'Save this view …' }).click();
    await console.page.getByLabel('Name').fill('Needles');
    await console.page.keyboard.press('Enter');
    await console.page.getByText('Saved.').waitFor();
    await console.page.getByRole('searchbox', { name: 'Search' }).fill('severity:nonsense');
    await console.page.locator('.search-error').waitFor();
    await console.page.getByRole('button', { name: 'Views' }).click();
    await console.page.getByRole('menuitem', { name: 'Needles', exact: true }).click();
    await expect.poll(() => titles(console), patience).toEqual(['needle in the stack']);

    expect(new URL(console.page.url()).search).toBe('?search=needle');
    expect(console.complaints).toEqual([]);
  });

  it('follows what is searched for: what comes to fit shows up, what does not stays away', async () => {
    await send('needle one', 'hay one');
    await using console = await open('/alerts?search=needle');
    await row(console, 'needle one').waitFor();
    await send('hay two', 'needle two');
    await row(console, 'needle two').waitFor();
    expect(await titles(console)).toEqual(['needle two', 'needle one']);
    await console.page.getByRole('button', { name: 'Pause' }).click();
    await send('hay three', 'needle three');
    await console.page.getByRole('button', { name: '1 group has news' }).click();

    await expect.poll(() => titles(console), patience).toEqual(['needle three', 'needle two', 'needle one']);
  });

  it('completes fields and values by keys', async () => {
    await send('completed');
    await using console = await open();
    await row(console, 'completed').waitFor();
    await console.page.keyboard.press('/');
    await console.page.keyboard.type('com -sev');
    await console.page.getByRole('option', { name: 'severity:' }).waitFor();
    await console.page.keyboard.press('ArrowDown');
    const active = await console.page.getByRole('searchbox').getAttribute('aria-activedescendant');
    expect(await console.page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
    await console.page.keyboard.press('Enter');
    await console.page.keyboard.type('f');
    await console.page.keyboard.press('ArrowDown');
    await console.page.keyboard.press('Tab');
    expect(await console.page.getByRole('searchbox').inputValue()).toBe('com -severity:fatal ');
    await console.page.keyboard.type('a');
    await console.page.getByRole('listbox').waitFor();
    await console.page.keyboard.press('Escape');
    await console.page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await console.page.getByRole('searchbox').inputValue()).toBe('com -severity:fatal a');
    await console.page.keyboard.press('Backspace');

    await expect.poll(() => new URL(console.page.url()).searchParams.get('search')).toBe('com -severity:fatal');
    await row(console, 'completed').waitFor();
    expect(console.complaints).toEqual([]);
  });

  it('says that closed alerts fit where no open one does, and what is wrong with a search once', async () => {
    await send('osquery pack');
    await desk.gateway.graphql('mutation { updateAlertGroups(filter: {}, change: { status: RESOLVED }) { id } }');
    await send('another matter');
    await using console = await open();
    const { page } = console;
    await row(console, 'another matter').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('osquery');
    expect(await page.getByRole('menuitem').allTextContents()).toEqual([
      'Search alerts for “osquery”',
      'Search events for “osquery”',
      'Search devices for “osquery”',
    ]);
    await page.getByRole('menuitem', { name: 'Search alerts' }).click();
    await page.getByText('1 alert of another status fits').waitFor();
    const button = await page.getByRole('button', { name: 'Show it' }).boundingBox();
    expect(button?.height).toBeLessThan(40);
    await page.getByRole('button', { name: 'Show it' }).click();
    await row(console, 'osquery pack').waitFor();
    expect(await isOneLine(console)).toBe(true);
    await page
      .getByRole('textbox', { name: 'Search' })
      .or(page.getByRole('searchbox'))
      .first()
      .fill('severity:high AND (');
    await page.keyboard.press('Escape');
    await page.getByText('Something to look for is missing here (character 20).').waitFor();

    expect(await page.getByText(/is missing here/).count()).toBe(1);
    expect(console.complaints).toEqual([]);
  });

  it('narrows to a device, an agent and a time beside a search, and to their address', async () => {
    const data = { srcip: '198.51.100.7', dstip: '192.168.1.20' };
    await desk.gateway.ingestWazuh(
      aNetworkAlert({ id: 'near', rule: { id: 'near', level: 9, description: 'near' }, data }),
    );
    await send('far');
    await using console = await open('/alerts?search=near%20OR%20far');
    await row(console, 'far').waitFor();
    await console.page.getByRole('button', { name: 'More filters …' }).click();
    await console.page.getByLabel('Device or address').fill('198.51.100.0/24');
    await console.page.getByLabel('Agent').fill('edge-01');
    await console.page.keyboard.press('Enter');
    await expect.poll(() => titles(console), patience).toEqual(['near']);
    await console.page.getByRole('button', { name: 'Time', exact: true }).click();
    await console.page.getByRole('menuitemradio', { name: 'Last 30 days' }).click();
    const { searchParams } = new URL(console.page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      search: 'near OR far',
      agent: 'edge-01',
      about: '198.51.100.0/24',
      time: '30d',
    });
    await console.page.getByRole('button', { name: 'Device: 198.51.100.0/24' }).click();
    await console.page.getByRole('button', { name: 'Agent: edge-01' }).click();

    await expect.poll(async () => (await titles(console)).toSorted(), patience).toContain('near');
    expect(console.complaints).toEqual([]);
  });

  it('narrows from an hour to another of the clock here, shows them, and explains what cannot be', async () => {
    const at = (timestamp: string, description: string) =>
      aWazuhAlert({ id: description, timestamp, rule: { id: description, level: 9, description } });
    // In Berlin the first was at 08:30, the second at 11:30.
    await desk.gateway.ingestWazuh([
      at('2026-11-16T07:30:00.000+0000', 'early'),
      at('2026-11-16T10:30:00.000+0000', 'late'),
    ]);
    await using console = await open('/alerts?from=2026-11-16T09:00:00Z');
    const { page } = console;
    await row(console, 'late').waitFor();
    expect(await titles(console)).not.toContain('early');
    await page.getByRole('button', { name: /^Time 16\/11\/2026, 10:00 – …$/ }).click();
    await page.getByRole('menuitemradio', { name: 'From … to …' }).click();
    const dialog = page.getByRole('dialog', { name: 'From when to when' });
    await dialog.getByText('In the time zone of this computer: Europe/Berlin.').waitFor();
    expect(await dialog.getByLabel('From').inputValue()).toBe('2026-11-16T10:00');
    await dialog.getByLabel('Until').fill('2026-11-16T09:00');
    await dialog.getByText('It must end after it begins.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await dialog.getByLabel('From').fill('2026-03-29T02:30');
    await dialog.getByText('There is no such time: clocks are put forward over it.').waitFor();
    await dialog.getByLabel('From').fill('2026-11-16T08:00');
    await page.keyboard.press('Enter');
    await expect.poll(() => titles(console), patience).toEqual(['early']);
    expect(new URL(page.url()).search).toBe('?from=2026-11-16T07%3A00%3A00.000Z&until=2026-11-16T08%3A00%3A00.000Z');
    expect(console.complaints).toEqual([]);

    for (const screen of ['/alerts', '/events', '/traffic']) {
      await console.goTo(`${screen}?from=2026-11-16T09:00:00Z&until=yesterday`);
      await page.getByText('The time in the address cannot be read.').waitFor();
      await page.locator('.state-panel').getByRole('button', { name: 'Clear filters' }).click();
      await page.getByText('The time in the address cannot be read.').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    }
  });
});
