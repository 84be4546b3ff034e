import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { type ConsolePage, openConsole, type Setting } from '../support/console-page.ts';

/** Until something shows: other tests keep the machine busy. */
export const patience = { timeout: 10_000 };

/** A gateway and a browser for the tests of a file about alerts; before each of them no group is open. */
export interface AlertsConsole {
  readonly gateway: TestGateway;
  /** A page of the console; that of another gateway where one is given. */
  open(path?: string, setting?: Setting, of?: TestGateway): Promise<ConsolePage>;
  openCount(): Promise<number>;
  /** The status, verdict and history of the group of that title. */
  groupTitled(title: string): Promise<{ readonly status: string } | undefined>;
  /** Sends alerts that fall into groups of their own, one after the other; answers nothing before they are stored. */
  send(...titles: string[]): Promise<void>;
}

/** Has the tests of a file start and end with a gateway and a browser; they are skipped where no Chromium runs. */
export function alertsConsole(): AlertsConsole {
  let launched: Launched;
  let gateway: TestGateway;
  let sent = 0;

  beforeAll(async () => {
    gateway = await startTestGateway();
    launched = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    if (launched?.reason === undefined) await launched?.browser.close();
    await gateway?.close();
  });

  beforeEach(async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    await gateway.graphql('mutation { updateAlertGroups(filter: {}, change: { status: ARCHIVED }) { id } }');
    await expect.poll(openCount, patience).toBe(0);
  });

  async function openCount(): Promise<number> {
    const { data } = await gateway.graphql('{ alertGroups(filter: { status: [NEW, IN_PROGRESS] }) { totalCount } }');
    return data.alertGroups.totalCount;
  }

  return {
    get gateway() {
      return gateway;
    },
    open(path = '/alerts', setting = {}, of = gateway) {
      if (launched.reason !== undefined) throw new Error(launched.reason);
      return openConsole(launched.browser, of, path, setting);
    },
    openCount,
    async groupTitled(wanted) {
      const { data } = await gateway.graphql(
        '{ alertGroups(first: 200) { nodes { title status verdict history { note } } } }',
      );
      return data.alertGroups.nodes.find(({ title }: { title: string }) => title === wanted);
    },
    async send(...titles) {
      const alerts = titles.map((description) => {
        sent += 1;
        return aWazuhAlert({ id: String(sent), rule: { id: `r${sent}`, level: 12, description } });
      });
      expect(await gateway.ingestWazuh(alerts)).toMatchObject({ indexed: titles.length });
    },
  };
}

export const titles = ({ page }: ConsolePage) => page.locator('.group-title').allTextContents();
export const row = ({ page }: ConsolePage, title: string) => page.locator('.table-row', { hasText: title });

/** Whether the bar above a list has not wrapped. */
export async function isOneLine({ page }: ConsolePage): Promise<boolean> {
  return ((await page.locator('.filter-bar').boundingBox())?.height ?? 99) < 60;
}
