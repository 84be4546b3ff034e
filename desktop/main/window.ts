import { isOwnPage } from './app-protocol.ts';
import { isAllowedOutside } from './links.ts';

/** How the one window is made; the web preferences are items 2 to 10 of Electron's security checklist, spelled out. */
export function windowOptions(preload: string, dark: boolean) {
  return {
    title: 'Tocsin',
    width: 1100,
    height: 760,
    minWidth: 360,
    minHeight: 400,
    show: false,
    backgroundColor: dark ? '#12161c' : '#f5f6f8',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The release has no menu for it, and a page cannot open it.
      devTools: false,
    },
  };
}

export type WindowOptions = ReturnType<typeof windowOptions>;

interface Preventable {
  preventDefault(): void;
}

interface Navigation extends Preventable {
  readonly url: string;
}

/** The part of Electron's WebContents that the guard needs. */
export interface GuardedContents {
  on(event: 'will-navigate', listener: (event: Navigation) => void): unknown;
  on(event: 'will-redirect', listener: (event: Navigation) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
}

/**
 * Holds a page to this app: no way to another site, no new windows, no webviews. What it wants opened in a new window is opened by
 * the person's browser where `isAllowedOutside` knows the site, and by nobody otherwise.
 */
export function guardContents(contents: GuardedContents, openOutside: (url: string) => void): void {
  const stayHome = (event: Navigation): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHome);
  contents.on('will-redirect', stayHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
}

/**
 * What the page may use: notifications, and the way to the server on this machine, for which Chromium asks too
 * (`loopback-network`). Electron grants everything unless told otherwise.
 */
const grantedPermissions: readonly string[] = ['notifications', 'loopback-network'];

/** What Chromium asks for before a page reaches a server elsewhere in the office. */
const networkPermissions: readonly string[] = ['local-network', 'local-network-access'];

/** The part of Electron's Session that the guard needs. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      callback: (granted: boolean) => void,
      details: { readonly requestingUrl: string },
    ) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
}

/** Denies every permission but the granted few, and those to any page but ours; the office's network only while `isRemote`. */
export function guardPermissions(session: GuardedSession, isRemote: () => boolean): void {
  const isGranted = (permission: string): boolean =>
    grantedPermissions.includes(permission) || (isRemote() && networkPermissions.includes(permission));

  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) => {
    callback(isGranted(permission) && isOwnPage(requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => {
    return isGranted(permission) && isOwnPage(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
}
