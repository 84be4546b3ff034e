import type { Page } from 'playwright-core';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
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
}

export const checkedScreens: readonly CheckedScreen[] = [
  { name: 'alerts', path: '/alerts', ready: (page) => page.locator('.table-row').first().waitFor() },
];
