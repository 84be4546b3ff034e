import type { Page } from 'playwright-core';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { aJournalGroup } from '../../support/journal-rows.ts';
import { aConnection, aDevice, aLease, aLookup, aRequest, aService } from '../../support/observations.ts';
import type { TestGateway } from '../../support/test-gateway.ts';

/** A screen, or a state of one, that every check of `check-screens.ts` is made on. */
export interface CheckedScreen {
  readonly name: string;
  readonly path: string | ((gateway: TestGateway) => Promise<string>);
  /** It is shown to those who are not signed in. */
  readonly isVisitor?: boolean;
  /** Waits until it is drawn in full, and opens what the check is about, whatever the language. */
  readonly ready: (page: Page) => Promise<unknown>;
}

/** Somebody who can sign in: without, the console would set itself up. */
export async function fillPeople(gateway: TestGateway): Promise<void> {
  await gateway.store.users.create(gateway.tenantId, {
    email: 'ana@example.com',
    name: 'Ana Ruiz',
    roleId: 'ADMINISTRATOR',
    password: 'correct horse battery',
  });
}

/** A name that turns the reading direction, hides a letter and would be an element: wherever a name is shown, it is shown as text. */
const hostile = '<b id=made>\u202Egnp.\u200Bexe\u2066';

/** Gives everything that can be named that name: by colleagues, and by senders. */
async function fillHostile(gateway: TestGateway): Promise<void> {
  const { errors } = await gateway.graphql(
    `mutation ($name: String!, $email: String!) {
      createEventSink(input: { name: $name, webhook: { url: "http://127.0.0.1:9/hook" } }) { sink { id } }
      createSilence(input: { reason: $name, endsAt: "2999-01-01T00:00:00Z",
        matchers: [{ field: TITLE, operator: EQUALS, value: $name }] }) { id }
      createUser(input: { email: $email, name: $name, roleId: "OPERATOR" }) { id }
      createRole(input: { name: $name, permissions: [ALERTS_READ] }) { id }
      createIntake(input: { name: $name, kind: HTTPS_INTAKE }) { secret }
      createApiToken(input: { name: $name, permissions: [DATA_READ] }) { secret }
      createNetwork(input: { name: $name, cidr: "10.9.0.0/24" }) { id }
      createSavedView(input: { name: $name, screen: "alerts", query: "{}" }) { id }
    }`,
    { name: hostile, email: 'mallory@example.org' },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  await gateway.ingestWazuh([
    aNetworkAlert({
      id: 'hostile-names',
      agent: { id: hostile, name: hostile, ip: '10.0.0.9' },
      rule: { id: hostile, level: 15, description: hostile, groups: [hostile] },
      full_log: hostile.repeat(3),
    }),
    { [hostile]: hostile },
  ]);
}

/** Fills the gateway, once for all screens. */
export async function fill(gateway: TestGateway): Promise<void> {
  await fillPeople(gateway);
  await fillOperation(gateway);
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
  await fillHostile(gateway);
}

/** Devices, services, records of traffic of every kind, a network, a rule, and input that was rejected. */
export async function fillInventory(gateway: TestGateway): Promise<void> {
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

/** The list of alerts after a press of one of the quiet buttons above it: the first narrows, the second has the saved views. */
const afterButton =
  (index: number, shown: string) =>
  async (page: Page): Promise<void> => {
    await rowsShown(page);
    await page.locator('.filter-bar > .button.quiet').nth(index).click();
    await page.locator(shown).first().waitFor();
  };

/** A link by which somebody who was invited comes in. */
async function invitationLink({ store, tenantId }: TestGateway): Promise<string> {
  const description = { email: `${crypto.randomUUID()}@example.com`, name: 'Ben Okafor', roleId: 'VIEWER' };
  const { secret } = await store.setupLinks.forUser(await store.users.create(tenantId, description));
  return `/setup#token=${secret}`;
}

let sourcesMade = 0;

/** Makes a source of a name of its own, which shows its configuration. */
async function makeKey(page: Page): Promise<void> {
  const name = page.locator('form input').first();
  await name.waitFor();
  sourcesMade += 1;
  await name.fill(`office-${sourcesMade}`);
  await page.locator('form button[type=submit]').click();
  await page.locator('.snippet').first().waitFor();
}

/** Somebody to be told, things to keep quiet, people and keys. The alerts that come after are told of, in vain. */
export async function fillOperation(gateway: TestGateway): Promise<void> {
  const { errors } = await gateway.graphql(`mutation {
    chat: createEventSink(input: { name: "Chat", webhook: { url: "http://127.0.0.1:9/hook" } }) { sink { id } }
    silence: createSilence(input: { reason: "Patch night", endsAt: "2999-01-01T00:00:00Z",
      matchers: [{ field: TITLE, operator: MATCHES, value: "*patch*" }] }) { id }
    person: createUser(input: { email: "grace@example.org", name: "Grace", roleId: "OPERATOR" }) { id }
    role: createRole(input: { name: "Night watch", permissions: [ALERTS_READ] }) { id }
    source: createIntake(input: { name: "Firewall", kind: HTTPS_INTAKE }) { secret }
    token: createApiToken(input: { name: "export", permissions: [DATA_READ] }) { secret }
  }`);
  if (errors) throw new Error(JSON.stringify(errors));
}

export const checkedScreens: readonly CheckedScreen[] = [
  { name: 'sign-in', path: '/sign-in', isVisitor: true, ready: (page) => page.locator('[type=password]').waitFor() },
  { name: 'setup', path: invitationLink, isVisitor: true, ready: (page) => page.locator('[type=password]').waitFor() },
  {
    name: 'setup without a link',
    path: '/setup',
    isVisitor: true,
    ready: (page) => page.locator('.copy-box').waitFor(),
  },
  { name: 'overview', path: '/', ready: (page) => page.locator('.open-row, canvas').nth(1).waitFor() },
  { name: 'connect', path: '/connect', ready: (page) => page.locator('.sender-card').first().waitFor() },
  { name: 'connect: network', path: '/connect/network', ready: (page) => page.locator('form').waitFor() },
  { name: 'connect: key', path: '/connect/wazuh', ready: (page) => page.locator('.local-notice').waitFor() },
  { name: 'connect: configuration', path: '/connect/rsyslog', ready: makeKey },
  {
    name: 'connect: test event',
    path: '/connect/curl',
    ready: async (page) => {
      await makeKey(page);
      await page.locator('.arrival-test button').click();
      await page.locator('.arrived').waitFor();
    },
  },
  { name: 'alerts', path: '/alerts', ready: rowsShown },
  { name: 'alert details', path: '/alerts', ready: afterKeys(['j', 'Enter'], '.alert-item .field-list') },
  { name: 'closing an alert', path: '/alerts', ready: afterKeys(['j', 'c'], '[role=dialog] textarea') },
  { name: 'silencing an alert', path: '/alerts', ready: afterKeys(['j', 's'], '[role=dialog] input') },
  { name: 'many alerts selected', path: '/alerts', ready: afterKeys(['j', 'x'], '.bulk-bar') },
  {
    name: 'no alert fits',
    path: '/alerts?status=ARCHIVED',
    ready: (page) => page.locator('.state-panel .button').first().waitFor(),
  },
  {
    name: 'ways to complete a search',
    path: '/alerts',
    ready: async (page) => {
      await afterKeys(['/'], '[data-search]:focus')(page);
      await page.keyboard.type('sev');
      await page.locator('.completion').first().waitFor();
    },
  },
  { name: 'narrowing alerts', path: '/alerts', ready: afterButton(0, '[role=dialog] input') },
  {
    name: 'saved views',
    path: '/alerts',
    ready: async (page) => {
      await afterButton(1, '[role=menuitem]')(page);
      await page.locator('[role=menuitem]').last().click();
      await page.locator('[role=dialog] .item').waitFor();
    },
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
  { name: 'sinks', path: '/delivery', ready: (page) => page.locator('.item .pill').nth(1).waitFor() },
  {
    name: 'a new sink',
    path: '/delivery',
    ready: async (page) => {
      await page.locator('.sinks-page .button.primary').click();
      await page.locator('.dialog textarea').first().waitFor();
    },
  },
  {
    name: 'a delivery',
    path: '/delivery/log',
    ready: async (page) => {
      await page.locator('.table-row').first().click();
      await page.locator('.side-panel').waitFor();
    },
  },
  {
    name: 'a silence',
    path: '/silences',
    ready: async (page) => {
      await page.locator('.item-actions .button').first().click();
      await page.locator('.preview > p:not(.quiet)').waitFor();
    },
  },
  { name: 'data', path: '/data', ready: (page) => page.locator('.item .button').first().waitFor() },
  {
    name: 'how long data is kept',
    path: '/data',
    ready: async (page) => {
      await page.locator('.retention-table .button').first().click();
      await page.locator('.dialog .retention-size').waitFor();
    },
  },
  {
    name: 'the app on this computer',
    path: '/settings/computer',
    ready: async (page) => {
      await page.locator('form .toggle').first().click();
      await page.locator('input[inputmode=numeric]').first().waitFor();
    },
  },
  { name: 'people', path: '/settings/people', ready: (page) => page.locator('.item').nth(4).waitFor() },
  { name: 'sources', path: '/settings/sources', ready: (page) => page.locator('.item').first().waitFor() },
  {
    name: 'a new API token',
    path: '/settings/tokens',
    ready: async (page) => {
      await page.locator('.settings-section .button.primary').click();
      await page.locator('.dialog .toggle').first().waitFor();
    },
  },
  { name: 'audit log', path: '/settings/audit', ready: (page) => page.locator('.table-row').first().waitFor() },
  { name: 'about', path: '/settings/about', ready: (page) => page.locator('.metric').first().waitFor() },
];
