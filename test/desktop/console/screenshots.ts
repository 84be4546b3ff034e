import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { openConsole } from '../support/console-page.ts';
import { checkedScreens, fillInventory, fillOperation, fillPeople } from './screens.ts';
import { fillShowcase } from './showcase.ts';

const folder = join(import.meta.dirname, '../../../docs/screenshots');
/** Pictures are read on the way to something else: none may be heavy. */
const mostBytes = 200_000;

let launched: Launched;
let gateway: TestGateway;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  gateway = await startTestGateway({ config: { backupEveryMs: 86_400_000 } });
  await fillPeople(gateway);
  await fillOperation(gateway);
  await fillShowcase(gateway);
  await fillInventory(gateway);
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

const table = checkedScreens.flatMap((screen) => (['light', 'dark'] as const).map((theme) => ({ screen, theme })));

describe('a picture', () => {
  it.for(table)('of $screen.name, $theme', async ({ screen, theme }) => {
    if (launched.reason !== undefined) throw new Error(launched.reason);
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(gateway);
    const { isVisitor = false } = screen;
    await using open = await openConsole(launched.browser, gateway, path, { theme, isVisitor, height: 900 });
    await screen.ready(open.page);
    // Fonts and the chart's own chunk come after the elements that are waited for.
    await open.page.waitForLoadState('networkidle');
    const file = join(folder, `${screen.name.replaceAll(/[^a-z0-9]+/g, '-')}-${theme}.png`);
    await open.page.screenshot({ path: file });
    expect(statSync(file).size).toBeLessThan(mostBytes);
  });
});
