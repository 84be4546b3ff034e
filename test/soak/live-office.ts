import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { bridgeScript } from '../desktop/support/desktop-page.ts';
import { aWazuhAlert } from '../support/builders.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const perPost = 50;

export interface Inflow {
  readonly perSecond: number;
  readonly seconds: number;
  /** The group that an alert falls into, by how many alerts were sent before it. */
  readonly groupOf: (sent: number) => number;
}

/** A server of its own with a sender of Wazuh alerts and a console that is signed in. */
export class LiveOffice implements AsyncDisposable {
  readonly server: ServerProcess;
  readonly #folder: string;
  readonly #key: string;
  readonly #token: string;
  #sent = 0;

  private constructor(server: ServerProcess, folder: string, key: string, token: string) {
    this.server = server;
    this.#folder = folder;
    this.#key = key;
    this.#token = token;
  }

  static async open(): Promise<LiveOffice> {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
    const env: Environment = { PORT: '0', TOCSIN_DATA_DIR: folder };
    const server = await startServer(env);
    const secretOf = async (kind: string): Promise<string> => {
      const made = await runTocsin(['credential', 'create', '--kind', kind, '--name', `soak ${kind}`, '--json'], env);
      return JSON.parse(made.stdout).secret;
    };
    return new LiveOffice(server, folder, await secretOf('ingest-key'), await secretOf('api-token'));
  }

  /** Sends alerts at a rate, as a clock would; answers how many a second that came to. */
  async load({ perSecond, seconds, groupOf }: Inflow): Promise<number> {
    const startedAt = performance.now();
    const posts = new Set<Promise<void>>();
    for (let post = 0; post < (seconds * perSecond) / perPost; post++) {
      await sleep(Math.max(0, startedAt + (post * 1000 * perPost) / perSecond - performance.now()));
      const sending = this.#post(groupOf).finally(() => posts.delete(sending));
      posts.add(sending);
    }
    await Promise.all(posts);
    return (seconds * perSecond * 1000) / (performance.now() - startedAt);
  }

  /** How many groups the server counts as open. */
  async openGroups(): Promise<number> {
    const query = '{ alertGroups(filter: { status: [NEW, IN_PROGRESS] }) { totalCount } }';
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const reply = await fetch(`${this.server.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return ((await reply.json()) as { data: { alertGroups: { totalCount: number } } }).data.alertGroups.totalCount;
  }

  /** A page of the console whose rows are there. */
  async openPage(browser: Browser, path: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
    const { url } = this.server;
    await page.addInitScript(bridgeScript({ kind: 'ready', url, token: this.#token, dataDir: this.#folder }));
    await page.goto(`${url}${path}`);
    await page.locator('.table-row').first().waitFor();
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #post(groupOf: Inflow['groupOf']): Promise<void> {
    const alerts = Array.from({ length: perPost }, () => {
      this.#sent += 1;
      const id = `live-${groupOf(this.#sent)}`;
      const rule = { id, level: 4 + (this.#sent % 10), description: `Alert ${id}` };
      return aWazuhAlert({ id: String(this.#sent), rule });
    });
    const headers = { 'x-api-key': this.#key, 'content-type': 'application/json' };
    const url = `${this.server.url}/api/v1/webhooks/wazuh`;
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(alerts) });
    expect(reply.status).toBe(200);
    await reply.arrayBuffer();
  }
}
