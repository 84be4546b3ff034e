import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import { axeViolations, openConsole, type Setting, sidewaysScroll, smallTargets } from '../support/console-page.ts';
import { checkedScreens, fill } from './screens.ts';

let launched: Launched;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  await fill(gateway);
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

const settings: readonly Setting[] = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'de' },
  { theme: 'dark', language: 'en' },
  { theme: 'light', language: 'de' },
  // A window of 1280 pixels at a zoom of 400 %, with texts two fifths longer.
  { theme: 'light', language: 'en-XA', width: 320, height: 640 },
];
const table = checkedScreens.flatMap((screen) => settings.map((setting) => ({ screen, setting })));

describe('a screen of the console', () => {
  it.for(table)('$screen.name is accessible: $setting', async ({ screen, setting }, { skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) return skip(launched.reason);
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(gateway);
    const { isVisitor = false } = screen;
    await using open = await openConsole(launched.browser, gateway, path, { ...setting, isVisitor });
    await screen.ready(open.page);

    expect(await axeViolations(open.page)).toEqual([]);
    expect(await smallTargets(open.page)).toEqual([]);
    expect(await sidewaysScroll(open.page)).toBe(0);
    expect(open.complaints).toEqual([]);
  });
});
