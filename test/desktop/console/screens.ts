import type { Page } from 'playwright-core';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { aJournalGroup } from '../../support/journal-rows.ts';
import { aConnection, aDevice, aLease, aLookup, aRequest, aService } from '../../support/observations.ts';
import type { TestGateway } from '../../support/test-gateway.ts';

/** A screen, or a state of one, that every check of `screens.test.ts` is made on. */
export interface CheckedScreen {
  readonly name: string;
  readonly path: string;
  /** Waits until it is drawn in full, and opens what the check is about, whatever the language. */
  readonly ready: (page: Page) => Promise<unknown>;
}

/** Fills the gateway, once for all screens. */
export async function fill(gateway: TestGateway): Promise<void> {
  const severities = [3, 5, 7, 12, 15];
  await gateway.ingestWazuh([
    ...severities.map((level, at) =>
      aWazuhAlert({
        id: `host-${level}`,
        rule: { id: String(level), level, description: `Rule ${level} fired ${at}` },
      }),
    ),
    aNetworkAlert({ id: 'net-1', rule: { id: '31101', level: 12, description: 'Scan from outside' } }),
    aWazuhAlert({
      id: 'hostile',
      rule: { id: '9', level: 9, description: '<img src=x onerror=alert(1)> \u202Egnp.exe' },
    }),
  ]);
  await fillInventory(gateway);
}

/** Devices, services, records of traffic of every kind, a network, a rule, and input that was rejected. */
async function fillInventory(gateway: TestGateway): Promise<void> {
  const seen = { tenantId: gateway.tenantId, occurredAt: Date.now() };
  const mac = 'B8:27:EB:00:00:01';
  await gateway.store.database.commit(
    aJournalGroup([
      { ...seen, observations: [aDevice({ mac, ip: '10.0.0.25', hostname: 'workstation-01' })] },
      { ...seen, observations: [aDevice({ ip: '10.0.0.1', hostname: '<b>\u202Ekcah' })] },
      { ...seen, observations: [aService(), aService({ ip: '10.0.0.1', port: 23 })] },
      { ...seen, observations: [aLookup(), aConnection(), aLease(), aRequest()] },
    ]),
  );
  const input = { name: 'Office', cidr: '10.0.0.0/24', gatewayIp: '10.0.0.1', newDeviceLevel: 20 };
  await gateway.graphql('mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }', { input });
  await gateway.graphql('mutation { createServiceRule(input: { effect: ALLOW, port: 443 }) { id } }');
  await gateway.ingestWazuh([{ hello: 'there' }, 1]);
}

/** The first row of a list with its details beside it. */
async function openFirst(page: Page, inside: string): Promise<void> {
  await page.locator('.table-row').first().click();
  await page.locator('.side-panel', { has: page.locator(inside) }).waitFor();
}

const rowsShown = (page: Page) => page.locator('.table-row').first().waitFor();

/** The list of alerts, its first row chosen, after a key. */
const afterKeys =
  (keys: readonly string[], shown: string) =>
  async (page: Page): Promise<void> => {
    await rowsShown(page);
    for (const key of keys) await page.keyboard.press(key);
    await page.locator(shown).first().waitFor();
  };

export const checkedScreens: readonly CheckedScreen[] = [
  { name: 'alerts', path: '/alerts', ready: rowsShown },
  { name: 'alert details', path: '/alerts', ready: afterKeys(['j', 'Enter'], '.alert-item pre') },
  { name: 'closing an alert', path: '/alerts', ready: afterKeys(['j', 'c'], '[role=dialog] textarea') },
  { name: 'silencing an alert', path: '/alerts', ready: afterKeys(['j', 's'], '[role=dialog] input') },
  { name: 'many alerts selected', path: '/alerts', ready: afterKeys(['j', 'x'], '.bulk-bar') },
  {
    name: 'no alert fits',
    path: '/alerts?status=ARCHIVED',
    ready: (page) => page.locator('.state-panel .button').waitFor(),
  },
  { name: 'all keys', path: '/alerts', ready: afterKeys(['?'], '[role=dialog] .key-row') },
  { name: 'command palette', path: '/alerts', ready: afterKeys(['Control+k'], '[role=dialog] [role=menuitem]') },
  { name: 'no such page', path: '/alerts/a/b', ready: (page) => page.locator('.state-panel .button').waitFor() },
  { name: 'devices', path: '/devices', ready: (page) => openFirst(page, '.facts') },
  {
    name: 'a new network',
    path: '/networks',
    ready: async (page) => {
      await page.locator('.table-row').first().waitFor();
      await page.locator('.filter-aside .button.primary').click();
      await page.locator('#network-form').waitFor();
    },
  },
  { name: 'services', path: '/services', ready: (page) => openFirst(page, '.port-item') },
  { name: 'rules about services', path: '/services?view=rules', ready: (page) => page.locator('.rule-item').waitFor() },
  { name: 'events', path: '/events', ready: (page) => openFirst(page, '.field-list') },
  { name: 'rejected', path: '/rejected', ready: (page) => openFirst(page, '.untrusted-lines') },
  { name: 'traffic', path: '/traffic?kind=TCP', ready: (page) => openFirst(page, '.facts') },
];
