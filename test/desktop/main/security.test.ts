import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyFor } from '../../../desktop/main/app-protocol.ts';
import { isAllowedOutside, pathOfLink } from '../../../desktop/main/links.ts';
import type { defaultSettings } from '../../../desktop/main/settings.ts';
import type { GuardedContents } from '../../../desktop/main/window.ts';
import type { FakeWindow } from '../support/fake-port.ts';
import { RunningDesktop } from '../support/running-desktop.ts';
import { spoofedUrls } from '../support/spoofed-urls.ts';

const root = join(import.meta.dirname, '../../..');
let app: RunningDesktop;
let window: FakeWindow;

beforeAll(() => {
  // No child: what is looked at here does not need one.
  const forkServer = () => {
    let exit = () => {};
    const onExit = (listener: (code: number | null) => void) => {
      exit = () => listener(0);
    };
    return { onMessage() {}, onOutput() {}, onExit, terminate: () => exit(), kill: () => exit() };
  };
  const runTool = async () => ({ code: 1, output: 'no' });
  app = new RunningDesktop({}, { forkServer, runTool });
});

afterAll(() => app[Symbol.asyncDispose]());

const preference = (name: string) => {
  window ??= app.port.windows[0] as FakeWindow;
  return (window.options.webPreferences as Record<string, unknown>)[name];
};
const granted = (permission: string, url = 'app://tocsin/') => {
  const asked: boolean[] = [];
  const answer = (isGranted: boolean) => void asked.push(isGranted);
  const { setPermissionRequestHandler: request, setPermissionCheckHandler: check } = app.port.guardedBy;
  request?.(...([null, permission, answer, { requestingUrl: url }] as never[]));
  return [...asked, check?.(...([null, permission, url] as never[]))];
};
/** What a page is let do by the guard that the app has put on the contents of every window. */
const contents = () => {
  const heard = new Map<string, (event: { url: string; preventDefault(): void }) => void>();
  let open: ((details: { url: string }) => { action: string }) | undefined;
  const guarded: GuardedContents = {
    on: (event: string, listener: (event: { url: string; preventDefault(): void }) => void) =>
      heard.set(event, listener),
    setWindowOpenHandler: (handler) => {
      open = handler;
    },
  };
  for (const guard of app.port.guards) guard(guarded);
  const isPrevented = (event: string, url: string) => {
    let prevented = false;
    heard.get(event)?.({
      url,
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  };
  return { isPrevented, open: (url: string) => open?.({ url }).action };
};
const refusal = (channel: string) => {
  try {
    return app.port.channels.get(channel)?.({
      sender: { id: 99 },
      senderFrame: { url: 'app://tocsin/', parent: null },
    });
  } catch (cause) {
    return (cause as Error).message;
  }
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Electron's security checklist (docs/tutorial/security.md there), held against what the app asked of its port. */
const checklist: readonly [item: number, rule: string, found: () => unknown, wanted: unknown][] = [
  [1, 'loads secure content only: its own files', () => window.loaded, ['app://tocsin/']],
  [1, 'and a policy that lets the page reach no plain http', () => /http:/.test(policyFor()), false],
  [2, 'no Node.js in the page', () => preference('nodeIntegration'), false],
  [2, "nor in the page's workers", () => preference('nodeIntegrationInWorker'), false],
  [2, "nor in the page's frames", () => preference('nodeIntegrationInSubFrames'), false],
  [3, 'the page and the preload script are apart', () => preference('contextIsolation'), true],
  [4, 'the page is sandboxed', () => preference('sandbox'), true],
  [5, 'notifications are granted', () => granted('notifications'), [true, true]],
  [5, 'to no other page', () => granted('notifications', 'https://x.example/'), [false, false]],
  [5, 'no camera', () => granted('media'), [false, false]],
  [5, 'no place', () => granted('geolocation'), [false, false]],
  [5, 'no clipboard', () => granted('clipboard-read'), [false, false]],
  [5, 'no device', () => app.port.guardedBy.setDevicePermissionHandler?.(), false],
  [6, 'web security is on', () => preference('webSecurity'), true],
  [7, 'a content security policy that begins with nothing', () => policyFor().startsWith("default-src 'none'; "), true],
  [7, 'and lets no script in but the own', () => /script-src 'self'(?:;|$)/.test(policyFor()), true],
  [7, 'nor unsafe ways of making one', () => /unsafe/.test(policyFor()), false],
  [8, 'no insecure content', () => preference('allowRunningInsecureContent'), false],
  [9, 'no experimental features', () => preference('experimentalFeatures'), false],
  [10, 'no Blink features switched on', () => preference('enableBlinkFeatures'), undefined],
  [11, 'no webview tag', () => preference('webviewTag'), false],
  [12, 'no webview is attached', () => contents().isPrevented('will-attach-webview', ''), true],
  [13, 'no way to another page', () => contents().isPrevented('will-navigate', 'https://x.example/'), true],
  [13, 'nor by a redirect', () => contents().isPrevented('will-redirect', 'https://x.example/'), true],
  [13, 'its own pages are free', () => contents().isPrevented('will-navigate', 'app://tocsin/alerts'), false],
  [14, 'no new window', () => contents().open('app://tocsin/'), 'deny'],
  [15, 'nothing unknown goes to the browser', () => isAllowedOutside('https://x.example/'), false],
  [16, 'a current version of Electron', () => Number.parseInt(manifest.devDependencies.electron, 10) >= 45, true],
  [17, 'a stranger is not answered', () => refusal('settings:read'), 'settings:read: this sender is refused'],
];

describe("Electron's security checklist", () => {
  it('has 17 items, and every one is looked at', () => {
    expect([...new Set(checklist.map(([item]) => item))]).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  });

  it.each(checklist)('item %i: %s', (_item, _rule, found, wanted) => {
    window ??= app.port.windows[0] as FakeWindow;
    expect(found()).toEqual(wanted);
  });

  it('item 17: no channel answers a frame in the page, another window or another page', () => {
    const own = { url: 'app://tocsin/', parent: null };
    const { contentsId: id } = window;
    const strangers = [
      { sender: { id }, senderFrame: { ...own, parent: own } },
      { sender: { id: id + 1 }, senderFrame: own },
      { sender: { id }, senderFrame: { ...own, url: 'https://x.example/' } },
      { sender: { id }, senderFrame: null },
    ];
    for (const [channel, answer] of app.port.channels) {
      for (const stranger of strangers) expect(() => answer(stranger)).toThrow(`${channel}: this sender is refused`);
    }
  });
});

describe('a page that wants to go elsewhere', () => {
  it('is stopped at each of 50 spoofed addresses, and none of them reaches the browser', () => {
    const { isPrevented, open } = contents();
    const before = app.port.openedOutside.length;
    const passed = spoofedUrls.filter(
      (url) => !isPrevented('will-navigate', url) || !isPrevented('will-redirect', url) || open(url) !== 'deny',
    );
    expect(spoofedUrls.length).toBeGreaterThanOrEqual(40);
    expect(passed).toEqual([]);
    expect(app.port.openedOutside.slice(before)).toEqual([]);
  });

  it.each(['https://attack.mitre.org/techniques/T1110/', 'https://nvd.nist.gov/vuln/detail/CVE-2024-3094'])(
    'sees %s opened by the browser',
    (url) => {
      expect(contents().open(url)).toBe('deny');
      expect(app.port.openedOutside.at(-1)).toBe(url);
    },
  );
});

describe('a link of the scheme tocsin', () => {
  const id = '019a0000-0000-7000-8000-000000000001';

  it.each([`tocsin://alerts/${id}`, `tocsin://alerts/${id}/`])('%s leads to the group', (link) => {
    expect(pathOfLink(link)).toBe(`/alerts/${id}`);
  });

  it.each([
    'tocsin://alerts/1',
    `tocsin://alerts/${id}/../../settings`,
    `tocsin://alerts/${id}?x=<script>`,
    'tocsin://settings/users',
    'tocsin:alerts',
    `TOCSIN://alerts/${id}`,
    `app://tocsin/alerts/${id}`,
    `tocsin://alerts//${id}`,
    '--hidden',
    '',
  ])('%s leads nowhere', (link) => {
    expect(pathOfLink(link)).toBeUndefined();
  });
});

describe('the channels', () => {
  it('throw at nothing that a page passes: 1,000 calls with anything at all', async () => {
    const channels = [...app.port.channels.keys()];
    const near = fc.record(
      {
        url: fc.oneof(fc.string(), fc.constant('http://127.0.0.1:9'), fc.constant('https://user@x.example')),
        token: fc.string({ minLength: 0, maxLength: 40 }),
        quietHours: fc.oneof(fc.anything(), fc.record({ from: fc.string(), to: fc.anything() })),
        notifications: fc.anything(),
        intake: fc.oneof(fc.anything(), fc.record({ isOn: fc.boolean(), port: fc.oneof(fc.integer(), fc.anything()) })),
        startsAtLogin: fc.oneof(fc.boolean(), fc.anything()),
        gateway: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const call = fc.tuple(fc.constantFrom(...channels), fc.array(fc.oneof(near, fc.anything()), { maxLength: 3 }));
    const failures: unknown[] = [];
    for (const [channel, args] of fc.sample(call, { numRuns: 1_000, seed: 7 })) {
      await app.port.call(channel, ...args).catch((cause: unknown) => failures.push([channel, args, cause]));
    }

    expect(failures).toEqual([]);
    const { gateway, quietHours, ...settings } = (await app.port.call('settings:read')) as typeof defaultSettings;
    expect(gateway).toEqual({ kind: 'local' });
    expect(quietHours.from).toMatch(/^\d\d:\d\d$/);
    expect(settings).toMatchObject({ intake: { isOn: false, port: 4000 }, syslog: { isOn: false, port: 5514 } });
    expect(Object.keys(settings).sort()).toEqual([
      ...['intake', 'notifications', 'startsAtLogin', 'staysInTray', 'syslog'],
    ]);
    expect(Object.prototype).not.toHaveProperty('isOn');
    expect(app.port.openedFolders.every((folder) => folder === join(app.userData, 'data'))).toBe(true);
  });
});
