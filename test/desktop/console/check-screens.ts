import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';
import {
  axeViolations,
  cutOff,
  hiddenCharacters,
  openConsole,
  type Setting,
  sidewaysScroll,
  smallTargets,
} from '../support/console-page.ts';
import { type CheckedScreen, checkedScreens, fill } from './screens.ts';

/** Declares the checks of screens and states of the console as a person who set it so sees them, in each of these themes. */
export function checkScreens(
  setting: Setting,
  themes: readonly NonNullable<Setting['theme']>[],
  screens: readonly CheckedScreen[] = checkedScreens,
): void {
  let launched: Launched;
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ config: { backupEveryMs: 86_400_000 } });
    await fill(gateway);
    launched = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    if (launched?.reason === undefined) await launched?.browser.close();
    await gateway?.close();
  });

  describe(`a screen of the console, ${JSON.stringify(setting)}`, () => {
    it.for(screens)('$name is accessible', async (screen, { skip }) => {
      // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
      if (launched.reason !== undefined) return skip(launched.reason);
      const path = typeof screen.path === 'string' ? screen.path : await screen.path(gateway);
      const { isVisitor = false } = screen;
      await using open = await openConsole(launched.browser, gateway, path, { ...setting, isVisitor });
      await screen.ready(open.page);

      for (const [place, colorScheme] of themes.entries()) {
        await open.page.emulateMedia({ colorScheme });
        // Themes differ in their colours alone.
        expect(await axeViolations(open.page, place === 0 ? undefined : ['color-contrast'])).toEqual([]);
      }
      expect(await smallTargets(open.page)).toEqual([]);
      expect(await sidewaysScroll(open.page)).toBe(0);
      expect(await cutOff(open.page)).toEqual([]);
      // The words of the mirrored language turn the direction themselves.
      if (setting.language !== 'ar-XB') expect(await hiddenCharacters(open.page)).toEqual([]);
      expect(await open.page.locator('#made').count()).toBe(0);
      expect(open.complaints).toEqual([]);
    });
  });
}
