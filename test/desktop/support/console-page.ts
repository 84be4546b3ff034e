import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { TestGateway } from '../../support/test-gateway.ts';
import { bridgeScript } from './desktop-page.ts';

/** How a person has set the console. */
export interface Setting {
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'de' | 'en-XA' | 'ar-XB';
  readonly width?: number;
  readonly height?: number;
  /** An API token to be signed in with; else one that may do everything. */
  readonly token?: string;
  /** Where the gateway is reached, if not directly. */
  readonly server?: string;
  /** A browser that nobody has signed in with, in place of the desktop's window. */
  readonly isVisitor?: boolean;
}

export interface ConsolePage extends AsyncDisposable {
  readonly page: Page;
  /** What the page threw, and what the browser complained of, such as a breach of the content security policy. */
  readonly complaints: string[];
  goTo(path: string): Promise<void>;
}

/** A page of the console as the gateway serves it, signed in. */
export async function openConsole(
  browser: Browser,
  gateway: TestGateway,
  path: string,
  {
    theme = 'light',
    language = 'en',
    width = 1280,
    height = 800,
    token,
    server = gateway.url,
    isVisitor = false,
  }: Setting = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  // Less than a test has: its failure then names the element that did not come.
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  if (!isVisitor) {
    const bearer = token ?? (await gateway.key('API_TOKEN'));
    await page.addInitScript(bridgeScript({ kind: 'ready', url: server, token: bearer, dataDir: '/data' }));
  }
  await page.addInitScript(`localStorage.setItem('tocsin.preferences', '${JSON.stringify({ language })}')`);
  const goTo = async (to: string): Promise<void> => {
    await page.goto(server + to);
  };
  await goTo(path);
  return { page, complaints, goTo, [Symbol.asyncDispose]: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it is drawn now, by these of its rules: rule, element, and what to do. */
export async function axeViolations(page: Page, rules: readonly string[] = allRules): Promise<string[]> {
  // Evaluated and not added to the page: no policy of the page is loosened for it.
  await page.evaluate(axe);
  return page.evaluate(`(async () => {
    const isSmallOnlyWhereItIsCutOff = async ([selector]) => {
      const element = document.querySelector(selector);
      element.scrollIntoView({ block: 'center' });
      return (await axe.run(element, { runOnly: ['target-size'] })).violations.length === 0;
    };
    const found = [];
    for (const { id, nodes } of (await axe.run(document, { runOnly: ${JSON.stringify(rules)} })).violations) {
      for (const { html, failureSummary, target } of nodes) {
        // The edge of a part that scrolls cuts off what lies under it.
        if (id === 'target-size' && (await isSmallOnlyWhereItIsCutOff(target))) continue;
        found.push(id + ': ' + html.slice(0, 200) + ' ' + failureSummary);
      }
    }
    return found;
  })()`);
}

/** Elements to press that are smaller than 24 by 24 pixels, unless they stand in a line of text. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('button, a[href], input, select, [role=tab], [role=switch]')]
    .filter((element) => element.checkVisibility() && !element.closest('p, td, dd, .hidden-text') && !element.matches('[type=checkbox], [tabindex="-1"]'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24) && box.bottom > 0)
    .map(({ element, box }) => element.outerHTML.slice(0, 120) + ' ' + box.width + ' x ' + box.height)`);
}

/** What to press or to read that stands beyond a side of the window, or is cut off without a sign of it. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth + 1) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('button, a[href], input, label, h1, h2, h3, th, legend, [role=tab], [role=columnheader], .pill, .button > span')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden-text, .skip, [aria-hidden=true]'))
      .flatMap((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const { overflowX, textOverflow } = getComputedStyle(element);
        const isBeyond = width > 1 && (left < -1 || right > innerWidth + 1) && !scrolls(element);
        const isClipped = overflowX === 'hidden' && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
        const why = isBeyond ? 'beyond ' + Math.round(left) + ' ' + Math.round(right) : isClipped ? 'clipped' : '';
        return why ? [why + ' ' + element.outerHTML.slice(0, 140)] : [];
      });
  })()`);
}

/** Where the page shows a character that hides, or turns the reading direction, in place of its code. */
export function hiddenCharacters(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const hidden = /[\\u200b\\u202a-\\u202e\\u2066-\\u2069]/;
    const texts = [['document.title', document.title]];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push([walker.currentNode.parentElement.outerHTML.slice(0, 160), walker.currentNode.data]);
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push([element.outerHTML.slice(0, 160), element.getAttribute(name) ?? '']);
    }
    return [...new Set(texts.filter(([, text]) => hidden.test(text)).map(([place]) => place))];
  })()`);
}

/** How far the page can be scrolled sideways, in pixels: nothing, at any width. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
