import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../desktop/main/app-protocol.ts';
import {
  type GuardedContents,
  type GuardedSession,
  guardContents,
  guardPermissions,
  windowOptions,
} from '../../../desktop/main/window.ts';

const webPreferences: Record<string, unknown> = windowOptions('/app/preload.cjs', false).webPreferences;

/** Electron's checklist (docs/tutorial/security.md), as far as it is a matter of how a window is made. */
const checklist: readonly [item: number, rule: string, preference: string, value: unknown][] = [
  [2, 'no Node.js in the page', 'nodeIntegration', false],
  [2, "no Node.js in the page's workers", 'nodeIntegrationInWorker', false],
  [2, "no Node.js in the page's frames", 'nodeIntegrationInSubFrames', false],
  [3, 'the page and the preload script are apart', 'contextIsolation', true],
  [4, 'the page is sandboxed', 'sandbox', true],
  [6, 'web security is on', 'webSecurity', true],
  [8, 'no insecure content', 'allowRunningInsecureContent', false],
  [9, 'no experimental features', 'experimentalFeatures', false],
  [10, 'no Blink features switched on', 'enableBlinkFeatures', undefined],
  [11, 'no webview tag', 'webviewTag', false],
  [13, 'nothing dropped on the window is opened', 'navigateOnDragDrop', false],
];

describe('windowOptions', () => {
  it.each(checklist)('checklist item %i: %s', (_item, _rule, preference, value) => {
    expect(webPreferences[preference]).toBe(value);
  });

  it('gives the window the preload script, and no developer tools', () => {
    expect(webPreferences.preload).toBe('/app/preload.cjs');
    expect(webPreferences.devTools).toBe(false);
  });

  it.each([
    [true, '#12161c'],
    [false, '#f5f6f8'],
  ])('starts in the colour of the page (dark: %s), so that nothing flashes', (dark, colour) => {
    expect(windowOptions('', dark).backgroundColor).toBe(colour);
  });
});

describe('the content security policy', () => {
  it('item 7: allows the own files and the server on this machine, nothing else', () => {
    const sources = new Set(contentSecurityPolicy.split('; ').flatMap((directive) => directive.split(' ').slice(1)));
    expect(sources).toEqual(new Set(["'none'", "'self'", 'data:', 'ws://127.0.0.1:*', "'script'"]));
    expect(contentSecurityPolicy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  });
});

type Listener = (event: { url: string; preventDefault(): void }) => void;

/** What Electron would do with the guard's listeners. */
function guarded(url = '') {
  const outside: string[] = [];
  const listeners = new Map<string, Listener>();
  let opened: string | undefined;
  const contents: GuardedContents = {
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    setWindowOpenHandler: (handler) => {
      opened = handler({ url }).action;
    },
  };
  guardContents(contents, (address) => outside.push(address));
  const isPrevented = (event: string, url: string) => {
    const prevented: string[] = [];
    listeners.get(event)?.({ url, preventDefault: () => prevented.push(url) });
    return prevented.length > 0;
  };
  return { isPrevented, opened, outside };
}

describe('guardContents', () => {
  it.each(['will-navigate', 'will-redirect'])('item 13: on %s lets the own pages pass and no other', (event) => {
    const { isPrevented } = guarded();
    expect(isPrevented(event, 'app://tocsin/index.html')).toBe(false);
    expect(isPrevented(event, 'http://x.example/?next=app://tocsin')).toBe(true);
    expect(isPrevented(event, 'http://127.0.0.1:4000/')).toBe(true);
    expect(isPrevented(event, 'javascript:alert(1)')).toBe(true);
  });

  it('item 12: attaches no webview', () => {
    expect(guarded().isPrevented('will-attach-webview', '')).toBe(true);
  });

  it('item 14: opens no window', () => {
    expect(guarded().opened).toBe('deny');
  });
});

describe('guardPermissions', () => {
  type Request = Parameters<GuardedSession['setPermissionRequestHandler']>[0];
  type Check = Parameters<GuardedSession['setPermissionCheckHandler']>[0];
  const handlers: { request?: Request; check?: Check; device?: () => boolean } = {};
  let isRemote = false;
  const session: GuardedSession = {
    setPermissionRequestHandler: (request) => Object.assign(handlers, { request }),
    setPermissionCheckHandler: (check) => Object.assign(handlers, { check }),
    setDevicePermissionHandler: (device) => Object.assign(handlers, { device }),
  };
  guardPermissions(session, () => isRemote);
  const isGranted = (permission: string, url: string) => {
    let granted: boolean | undefined;
    const answer = (given: boolean) => {
      granted = given;
    };
    handlers.request?.(null, permission, answer, { requestingUrl: url });
    return [granted, handlers.check?.(null, permission, url)];
  };

  it.each(['notifications', 'loopback-network'])('item 5: grants %s to the own page alone', (permission) => {
    expect(isGranted(permission, 'app://tocsin/')).toEqual([true, true]);
    expect(isGranted(permission, 'https://x.example/')).toEqual([false, false]);
    expect(isGranted(permission, '')).toEqual([false, false]);
  });

  it.each(['media', 'geolocation', 'openExternal', 'clipboard-read', 'fileSystem', 'hid', 'local-network', 'unknown'])(
    'item 5: denies %s',
    (permission) => {
      expect(isGranted(permission, 'app://tocsin/')).toEqual([false, false]);
    },
  );

  it("item 5: grants the office's network to the own page, while its server is a remote one", () => {
    isRemote = true;
    expect(isGranted('local-network', 'app://tocsin/')).toEqual([true, true]);
    expect(isGranted('local-network', 'https://x.example/')).toEqual([false, false]);
    expect(isGranted('media', 'app://tocsin/')).toEqual([false, false]);
    isRemote = false;
  });

  it('item 5: denies every device', () => {
    expect(handlers.device?.()).toBe(false);
  });
});
