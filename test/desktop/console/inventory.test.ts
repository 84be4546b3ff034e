import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Permission } from '../../../schema/permissions.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { aJournalGroup, type JournalRecord } from '../../support/journal-rows.ts';
import { aConnection, aDevice, aLookup, aService } from '../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { type ConsolePage, openConsole } from '../support/console-page.ts';

let launched: Launched;
let gateway: TestGateway;
const deviceCount = 10_000;
const hostile = '<img src=x onerror=alert(1)> \u202Egnp.exe';

beforeAll(async () => {
  gateway = await startTestGateway();
  for (let from = 0; from < deviceCount; from += 1_000) {
    await observe(
      Array.from({ length: 1_000 }, (_, at) => {
        const number = from + at;
        const ip = `10.${1 + Math.floor(number / 250 / 250)}.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`;
        return {
          occurredAt: Date.UTC(2026, 5, 1) + number,
          observations: [aDevice({ ip, hostname: `host-${number}` })],
        };
      }),
    );
  }
  launched = await launchChromium();
}, 120_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

async function observe(records: readonly Omit<JournalRecord, 'tenantId'>[]): Promise<void> {
  await gateway.store.database.commit(
    aJournalGroup(records.map((record) => ({ tenantId: gateway.tenantId, ...record }))),
  );
}

/** Has a sensor report a host, by the door that sensors use. */
async function discover(ip: string, hostname: string): Promise<void> {
  const event = { kind: 'discovery', timestamp: new Date().toISOString(), data: { ip, hostname } };
  const input = { format: 'EDGE', events: [event] };
  const document = 'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { failed } }';
  expect((await gateway.graphql(document, { input })).data).toEqual({ ingestEvents: { failed: 0 } });
}

/** A test in a page of the console, which must have nothing to complain of. */
function inConsole(name: string, path: string, test: (page: Page, open: ConsolePage) => Promise<void>): void {
  it(name, async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await using open = await openConsole(launched.browser, gateway, path);
    await test(open.page, open);
    expect(open.complaints).toEqual([]);
  });
}

const row = (page: Page, text: string) => page.locator('.table-row', { hasText: text });

describe('the inventory of devices', () => {
  inConsole('holds 10,000 in at most 200 rows of the page, and finds one among them', '/devices', async (page) => {
    await page.getByText('10,000 devices', { exact: true }).waitFor();
    expect(await page.locator('.table').getAttribute('aria-rowcount')).toBe(String(deviceCount + 1));
    for (const share of [0.25, 0.5, 1]) {
      await page.locator('.table').evaluate((table, at) => {
        table.scrollTop = table.scrollHeight * at;
      }, share);
      expect(await page.locator('.table-row').count()).toBeLessThanOrEqual(200);
    }
    await row(page, 'host-0').first().waitFor();

    await page.getByRole('searchbox').fill('host-7777');
    await page.getByText('1 of 10,000 devices').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('host-7777');
  });

  inConsole(
    'names a device, takes the name back, and shows a new one at once',
    '/devices?q=host-4242',
    async (page) => {
      await row(page, 'host-4242').click();
      await page.getByLabel('Name', { exact: true }).fill('Printer <b>');
      await page.getByRole('button', { name: 'Save' }).click();
      await row(page, 'Printer <b>').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('It has its old name again.').waitFor();
      expect(await row(page, 'Printer').count()).toBe(0);

      await page.getByRole('searchbox').fill('intruder');
      await page.getByText('Nothing fits').waitFor();
      await discover('10.99.0.1', 'intruder');
      await row(page, 'intruder').getByText('New').waitFor();
    },
  );
});

describe('networks', () => {
  inConsole('are made, corrected by what the server says, and deleted', '/networks', async (page) => {
    await page.getByText('No network named yet').waitFor();
    await page.getByRole('button', { name: 'New network' }).click();
    await page.getByLabel('Name').fill('Lab');
    await page.getByLabel('Range').fill('10.1.0.0');
    await page.getByRole('button', { name: 'Make the network' }).click();
    await page.locator('.field-error', { hasText: 'Write a range of addresses such as' }).waitFor();
    await page.getByLabel('Range').fill('10.1.0.0/24');
    await page.getByRole('button', { name: 'Make the network' }).click();

    await row(page, 'Lab').getByText('250').waitFor();
    await page.getByRole('link', { name: 'Show its 250 devices' }).click();
    await row(page, 'host-249').waitFor();
    expect(await row(page, 'host-250').count()).toBe(0);

    await page.goBack();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the network' }).click();
    await page.getByText('No network named yet').waitFor();
  });
});

describe('services', () => {
  inConsole('are authorised one by one or by a rule, and each can be taken back', '/services', async (page) => {
    await observe([
      { observations: [aService({ ip: '10.1.0.1', port: 4444 }), aService({ ip: '10.1.0.2', port: 22 })] },
    ]);
    await page.reload();
    await page.getByText('2 ports to look at').waitFor();
    await row(page, 'tcp/4444').click();
    await page.getByRole('button', { name: 'Authorise tcp/4444' }).click();
    await page.getByText('1 port to look at').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2 ports to look at').waitFor();

    await page.getByRole('button', { name: 'Rules' }).click();
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Port', { exact: true }).fill('22');
    await page.getByRole('button', { name: 'Make the rule' }).click();
    await page.locator('.rule-item').waitFor();
    await page.getByRole('button', { name: 'Hosts' }).click();
    await page.getByText('1 port to look at').waitFor();
  });
});

describe('events', () => {
  inConsole('come in live, stand still while paused, and show what senders hide', '/events', async (page) => {
    await page.locator('.state-panel, .table-row').first().waitFor();
    await gateway.ingestWazuh(aWazuhAlert({ rule: { id: '1', level: 5, description: hostile } }));
    await row(page, '‹202E›gnp.exe').waitFor();
    expect(await page.locator('.table img').count()).toBe(0);

    await page.getByRole('button', { name: 'Pause' }).click();
    await gateway.ingestWazuh(
      [1, 2, 3].map((at) => aWazuhAlert({ id: `paused-${at}`, full_log: `while paused ${at}` })),
    );
    await page.getByRole('button', { name: '3 new events' }).waitFor();
    expect(await row(page, 'while paused').count()).toBe(0);
    await page.getByRole('button', { name: '3 new events' }).click();
    await row(page, 'while paused 3').waitFor();
    expect(await row(page, 'while paused').count()).toBe(3);
  });

  inConsole('fold a line of a megabyte, and hand out the raw text whole', '/events?q=enormous', async (page) => {
    const line = `enormous ${'x'.repeat(1_000_000)}`;
    await gateway.ingestWazuh(
      aWazuhAlert({ id: 'enormous', rule: { id: '2', level: 3, description: 'enormous' }, full_log: line }),
    );
    await row(page, 'enormous').first().click();
    const raw = page.locator('.panel-section', { has: page.getByRole('heading', { name: 'As it was sent' }) });
    await raw.waitFor();
    expect((await raw.innerText()).length).toBeLessThan(3_000);
    await raw.getByRole('button', { name: 'Copy' }).click();
    await raw.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(line);
  });

  inConsole('say in the words of the server what cannot be searched for', '/events?q=hots%3Aweb', async (page) => {
    await page.getByText('there is no field "hots": did you mean host?').waitFor();
    await page.locator('.state-panel').getByRole('button', { name: 'Clear filters' }).click();
    await page.locator('.table-row').first().waitFor();
  });
});

describe('rejected input', () => {
  inConsole('is taken in again, and says why where it cannot be read', '/rejected', async (page) => {
    await gateway.ingestWazuh([{ hello: 'there', host: 'web-09' }]);
    await page.getByRole('button', { name: 'Reload' }).click();
    await row(page, 'hello').click();
    await page.locator('.side-panel .select').click();
    await page.getByRole('option', { name: 'Edge report' }).click();
    await page.getByRole('button', { name: 'Take it in again' }).click();
    await page.getByText('Rejected again: ').waitFor();
    await page.locator('.side-panel .select').click();
    await page.getByRole('option', { name: 'Whatever it looks like' }).click();
    await page.getByRole('button', { name: 'Take it in again' }).click();
    await page.getByRole('link', { name: 'Show the event' }).click();
    await page.locator('.side-panel', { hasText: 'web-09' }).waitFor();
  });
});

describe('traffic', () => {
  inConsole('is found by range and name, and saved as a file without formulas', '/traffic', async (page) => {
    await observe([
      { observations: [aLookup({ query: '=cmd|calc.example.com', sourceIp: '10.7.0.9' }), aConnection()] },
      { observations: [aLookup({ query: 'other.example.org', sourceIp: '10.7.1.9' })] },
    ]);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('searchbox', { name: 'Address or range' }).fill('10.7.0.0/24');
    await page.getByText('1 record', { exact: true }).waitFor();
    await row(page, 'calc.example.com').waitFor();

    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the file' }).click(),
    ]);
    const [header, first, ...rest] = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(header).toContain('Name asked for');
    expect(first).toContain(",'=cmd|calc.example.com,");
    expect(rest).toEqual(['']);

    await page.getByRole('searchbox', { name: 'Address or range' }).fill('nonsense');
    await page.getByText('must be addresses, or ranges such as').waitFor();
  });
});

describe('somebody who may only look', () => {
  it('is told what is not for them, and offered nothing that they may not do', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    const permissions: readonly Permission[] = ['DEVICES_READ', 'EVENTS_READ'];
    const { secret } = await gateway.createCredential('API_TOKEN', { permissions });
    await using open = await openConsole(launched.browser, gateway, '/devices?q=host-1', { token: secret });
    await row(open.page, 'host-1').first().click();
    await open.page.getByRole('heading', { name: 'Addresses' }).waitFor();
    expect(await open.page.getByLabel('Name', { exact: true }).count()).toBe(0);
    await open.goTo('/traffic');
    await open.page.getByText('Not for you to see').waitFor();
    expect(await open.page.getByRole('link', { name: 'Traffic' }).count()).toBe(0);
  });
});

describe('how long data is kept', () => {
  inConsole('is set once it was said what that deletes', '/data', async (page) => {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Change: Events').click();
    await page.getByLabel('At most so much').fill('0.0005');
    await button('Count what would go').click();
    await page.getByText(/^[\d,]+ rows will be deleted now, from \S/).waitFor();
    await button('Set the rule and delete').waitFor();
    await page.getByLabel('At most so much').fill('');
    await button('Count what would go').waitFor();
    await button('Cancel').click();

    await button('Change: Rejected events').click();
    await page.getByLabel('At most so many days').fill('x');
    await button('Count what would go').click();
    await page.getByText('A whole number, at least 1.').waitFor();
    await page.getByLabel('At most so many days').fill('30');
    await page.getByLabel('At most so much').fill('1.5');
    await button('Count what would go').click();
    await page.getByText('Nothing is deleted now.').waitFor();
    await button('Set the rule').click();
    await page.getByRole('row', { name: 'Rejected events' }).getByText('30 days, at most 1.5 GB').waitFor();

    const { data } = await gateway.graphql('{ retention { dataSet keepDays keepBytes isDefault } }');
    const rule = { dataSet: 'REJECTED_EVENTS', keepDays: 30, keepBytes: 1_500_000_000, isDefault: false };
    expect(data.retention).toContainEqual(rule);
    expect(data.retention).toContainEqual({ dataSet: 'EVENTS', keepDays: null, keepBytes: null, isDefault: true });
  });
});
