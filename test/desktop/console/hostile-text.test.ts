import { describe, expect, it } from 'vitest';
import { visibleBlock, visibleText } from '../../../desktop/renderer/format/visible-text.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { alertsConsole, patience, titles } from './alerts-console.ts';

const desk = alertsConsole();

/** Of the kinds that the Big List of Naughty Strings gathers: what has broken programs that show text of strangers. */
const naughty = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  'javascript:window.ran=1;\'"',
  '<svg/onload=window.ran=1>&#60;b&#62;',
  '${7*7} {{7*7}} <%= 7*7 %> #{7*7}',
  '\u202Etxt.exe\u202C and \u2066isolated\u2069',
  'zero\u200Bwidth\u200Cand\uFEFFmarks',
  'tag\u{E0041}\u{E0042} and filler\u3164',
  'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤',
  '👩🏽 👨‍👩‍👦 🏳️‍🌈 ☎️',
  'ﷺ בְּרֵאשִׁית الكل في المجمو عة',
  '社會科學院語學研究所',
  "'; DROP TABLE alert; --",
  'undefined null NaN true [object Object] __proto__ constructor',
  '\u001b[31mred\u0007 bell',
  'a tab\tand another\t.',
  '%s %n %x ../../../etc/passwd C:\\nul',
  'line\u2028and\u2029paragraph',
];

describe('a sender’s text', () => {
  it('is shown as it is, wherever it stands, and its hidden characters by their codes', async () => {
    await desk.gateway.ingestWazuh(
      naughty.map((text, at) =>
        aWazuhAlert({
          id: `naughty-${at}`,
          agent: { id: `a${at}`, name: text },
          rule: { id: `naughty-${at}`, level: 12, description: text, groups: [text] },
          full_log: `${text} in its log`,
        }),
      ),
    );
    await using console = await desk.open('/alerts', { width: 1600 });
    const { page } = console;
    const isClean = async () => {
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await page.locator('main :is(script, img, iframe, svg:not(.icon, .severity-mark))').count()).toBe(0);
      expect(await page.title()).toMatch(/^(?:\(\d+\) )?(?:Alerts|Events) · Tocsin$/);
    };
    await expect.poll(() => page.locator('.table-row').count(), patience).toBe(naughty.length);
    expect((await titles(console)).toSorted()).toEqual(naughty.map(visibleText).toSorted());
    await isClean();
    for (const at of [1, 5, 7]) {
      const [text = '', shown] = [naughty[at], visibleText(naughty[at] ?? '')];
      await page
        .locator('.table-row', { has: page.getByText(shown, { exact: true }) })
        .first()
        .click();
      const panel = page.getByRole('complementary');
      await panel.getByRole('heading', { name: shown }).waitFor();
      await panel.getByRole('button', { name: 'Show the raw event' }).first().click();
      const raw = (await panel.locator('.untrusted-lines').first().textContent()) ?? '';
      expect(raw).toContain(visibleBlock(JSON.stringify(`${text} in its log`), 2_000).slice(1, -1));
      await isClean();
    }
    await console.goTo('/events');
    await expect.poll(() => page.locator('.table-row').count(), patience).toBe(naughty.length);
    const all = (await page.locator('.table').textContent()) ?? '';
    for (const text of naughty) expect(all).toContain(visibleText(text));
    await isClean();

    expect(console.complaints).toEqual([]);
  });
});
