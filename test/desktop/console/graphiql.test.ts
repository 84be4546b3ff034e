import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../../support/browser.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { type Launched, launchChromium } from '../support/chromium.ts';

const password = 'correct horse battery';
let launched: Launched;
let gateway: TestGateway;

beforeAll(async () => {
  // A person may introspect where nobody else may.
  gateway = await startTestGateway({ config: { introspection: false } });
  launched = await launchChromium();
}, 60_000);

afterAll(async () => {
  if (launched?.reason === undefined) await launched?.browser.close();
  await gateway?.close();
});

const get = (headers: Record<string, string>) => fetch(`${gateway.url}/graphiql`, { headers, redirect: 'manual' });

describe('GET /graphiql', () => {
  it('leads a browser that is not signed in to the sign-in, and refuses what is no browser', async () => {
    const browsers = await get({ Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([browsers.status, browsers.headers.get('location')]).toEqual([302, '/sign-in?next=/graphiql']);

    const token = await gateway.key('API_TOKEN');
    for (const headers of [{}, { Authorization: `Bearer ${token}` }, { Cookie: 'tocsin_session=nothing' }]) {
      const refused = await get({ Accept: '*/*', ...headers } as Record<string, string>);
      expect([refused.status, await refused.json()]).toEqual([
        401,
        { error: 'GraphiQL is for people who are signed in' },
      ]);
    }
  });

  it('is a page of this server alone for who is signed in, and kept nowhere', async () => {
    const { browser } = await Browser.of(gateway, 'page@example.org', { roleId: 'VIEWER' });
    const page = await get({ Accept: 'text/html', Cookie: `tocsin_session=${browser.cookie}` });

    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    const html = await page.text();
    expect(html.match(/(?:src|href)="[^"]*"/g)?.every((link) => /="\/graphiql\/assets\//.test(link))).toBe(true);
  });
});

describe('introspection where it is turned off', () => {
  const document = '{ __schema { queryType { name } } }';

  it('is answered to who is signed in', async () => {
    const { browser } = await Browser.of(gateway, 'reader@example.org', { roleId: 'VIEWER' });
    expect((await browser.graphql(document)).errors).toBeUndefined();
  });
});

/** The steps of one person, each from where the last one ended. */
describe('a person with GraphiQL', () => {
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (launched.reason !== undefined) return;
    page = await launched.browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== gateway.url) complaints.push(`asked ${request.url()}`);
    });
  });

  it('comes to it by the sign-in, and from the menu of the console', async ({ skip }) => {
    // skipped: there is no Chromium that runs on this machine; the reason says what was tried.
    if (launched.reason !== undefined) skip(launched.reason);
    const link = await gateway.store.setupLinks.forFirst();
    const person = new Browser(gateway);
    const account = { token: link?.secret, email: 'ada@example.org', name: 'Ada', password };
    expect((await person.auth('setup', account)).status).toBe(204);

    await page.goto(`${gateway.url}/graphiql`);
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');

    await page.waitForURL(`${gateway.url}/graphiql`);
    await page.locator('.graphiql-container').waitFor();
    await page.goto(gateway.url);
    await page.getByRole('button', { name: 'Your menu' }).click();
    await page.getByRole('button', { name: 'Try the API' }).click();
    await page.waitForURL(`${gateway.url}/graphiql`);
    await page.locator('.graphiql-container').waitFor();
  });

  it('runs a query', async ({ skip }) => {
    if (launched.reason !== undefined) skip(launched.reason);
    await write('{ me { user { email } } }');
    await page.getByRole('button', { name: /^Execute query/ }).click();

    await page.locator('.result-window', { hasText: '"email": "ada@example.org"' }).waitFor();
  });

  it('reads the documentation of the schema', async ({ skip }) => {
    if (launched.reason !== undefined) skip(launched.reason);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer', { hasText: 'Query' }).waitFor();
  });

  it('follows a subscription until it is stopped', async ({ skip }) => {
    if (launched.reason !== undefined) skip(launched.reason);
    await write('subscription { statsTick { at openGroups { count } } }');
    await page.getByRole('button', { name: /^Execute query/ }).click();

    await page.locator('.result-window', { hasText: '"statsTick"' }).waitFor();
    await page.getByRole('button', { name: /^Stop query/ }).click();
  });

  it('sees no breach of the content security policy, and nothing from elsewhere', ({ skip }) => {
    if (launched.reason !== undefined) skip(launched.reason);
    expect(complaints).toEqual([]);
  });

  async function write(text: string): Promise<void> {
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  }
});
