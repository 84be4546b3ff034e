/** Why the desktop gave up on its server; the window offers a retry. */
export type GatewayFailure = 'NOT_READY_IN_TIME' | 'KEEPS_CRASHING' | 'REFUSED';

/** What exactly is in the way, where that is known: the first four of a server of our own, the others of a remote one. */
export type GatewayProblem =
  | 'FOLDER_IN_USE'
  | 'FOLDER_BLOCKED'
  | 'DATABASE_DAMAGED'
  | 'DATABASE_NEWER'
  | 'UNREACHABLE'
  | 'TOKEN_REFUSED'
  | 'NOT_TOCSIN';

/** What became of a listener for senders on other machines that was asked for. */
export type SenderListener =
  | { readonly isOpen: true; readonly port: number }
  | { readonly isOpen: false; readonly problem: 'PORT_TAKEN' | 'PORT_BLOCKED' };

/** What the window knows of the server that the desktop runs for it, or is connected to. */
export type GatewayState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly recentCrashes: number }
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly token: string;
      /** Folder of the database on this machine; empty when the server is a remote one. */
      readonly dataDir: string;
      readonly isRemote?: boolean;
      /** Of the own server, those that the settings ask for. */
      readonly listeners?: { readonly intake?: SenderListener; readonly syslog?: SenderListener };
    }
  | {
      readonly kind: 'failed';
      readonly reason: GatewayFailure;
      readonly log: readonly string[];
      readonly problem?: GatewayProblem;
    };

/** The severities of alerts, mildest first. */
export const severities = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'] as const;
export type AlertSeverity = (typeof severities)[number];

/** What a person sets in the desktop app; it belongs to this machine and its user, not to the server. */
export interface DesktopSettings {
  readonly notifications: {
    readonly isOn: boolean;
    /** Alerts below it are not notified of. */
    readonly minSeverity: AlertSeverity;
  };
  /** Times of day, `HH:MM`, by the clock of this machine; from 22:00 to 06:00 passes midnight, the end is no longer quiet. */
  readonly quietHours: {
    readonly isOn: boolean;
    readonly from: string;
    readonly to: string;
    /** Whether alerts of CRITICAL and FATAL are notified of all the same. */
    readonly isCriticalLoud: boolean;
  };
  /** Whether the own server takes what senders on other machines send over HTTP, with the keys they were given, and on which port. */
  readonly intake: { readonly isOn: boolean; readonly port: number };
  /** The same for syslog over UDP and TCP, which knows no keys. */
  readonly syslog: { readonly isOn: boolean; readonly port: number };
  readonly startsAtLogin: boolean;
  /** Whether closing the window leaves the app running in the tray. */
  readonly staysInTray: boolean;
  readonly gateway: { readonly kind: 'local' } | { readonly kind: 'remote'; readonly url: string };
}

/** What may be changed of the settings; which server it is goes by `connectGateway` and `useOwnGateway`. */
export interface DesktopSettingsChange {
  readonly notifications?: Partial<DesktopSettings['notifications']>;
  readonly quietHours?: Partial<DesktopSettings['quietHours']>;
  readonly intake?: Partial<DesktopSettings['intake']>;
  readonly syslog?: Partial<DesktopSettings['syslog']>;
  readonly startsAtLogin?: boolean;
  readonly staysInTray?: boolean;
}

/**
 * `field` is the first that does not fit, as `quietHours.from`: nothing was changed. Empty: it holds, but only until the app ends, for
 * it could not be written. With `isDeclined` the person was asked whether the server may start anew for it, and said no.
 */
export type SettingsOutcome =
  | { readonly isSaved: true; readonly settings: DesktopSettings }
  | { readonly isSaved: false; readonly field: string; readonly isDeclined?: boolean };

export interface GatewayAddress {
  /** `https://soc.example`, or `http://` where the address is this machine's. */
  readonly url: string;
  /** An API token of that server. */
  readonly token: string;
  /** Set once the person has been told that `http://` shows the token to everybody on the way, and wants it still. */
  readonly isInsecureAccepted?: boolean;
}

/**
 * `INSECURE`: ask, and come again with `isInsecureAccepted`. `BAD_URL`, `BAD_TOKEN`: not even tried. Only with `isConnected` has
 * anything changed; `isTokenKept` is false where the system has no safe place, and the token is asked for at the next start.
 */
export type ConnectOutcome =
  | { readonly isConnected: true; readonly isTokenKept: boolean }
  | {
      readonly isConnected: false;
      readonly problem: 'BAD_URL' | 'BAD_TOKEN' | 'INSECURE' | 'UNREACHABLE' | 'TOKEN_REFUSED' | 'NOT_TOCSIN';
    };

/** `problem` is in words, for a person. */
export type BackupOutcome =
  | { readonly isDone: true; readonly file: string; readonly bytes: number; readonly events: number }
  | { readonly isDone: false; readonly problem: string };

/** What was raised while this machine slept, the app was not running, or it was quiet. */
export interface AwaySummary {
  /** `OS_DND`: the system itself was set not to disturb. */
  readonly reason: 'AWAY' | 'QUIET_HOURS' | 'OS_DND';
  /** ISO 8601. */
  readonly since: string;
  readonly until: string;
  /** All of them, counted; `bySeverity` leaves out the severities that did not occur. */
  readonly alerts: number;
  readonly bySeverity: Readonly<Partial<Record<AlertSeverity, number>>>;
  /** The worst and then the latest first, ten at most. */
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: AlertSeverity;
    readonly alerts: number;
  }[];
  /** How many groups there are beyond `groups`. */
  readonly moreGroups: number;
}

/** What the window may ask of the main process: channel -> signature. */
export interface IpcRequests {
  'gateway:state': () => GatewayState;
  'gateway:retry': () => void;
  'gateway:connect': (address: GatewayAddress) => ConnectOutcome;
  'gateway:use-own': () => void;
  'settings:read': () => DesktopSettings;
  'settings:change': (change: DesktopSettingsChange) => SettingsOutcome;
  'backup:make': () => BackupOutcome;
  'folder:open': () => void;
  'away:read': () => AwaySummary | null;
  'away:dismiss': () => void;
  'link:take': () => string | null;
}

/** What the main process tells the window unasked: channel -> signature. */
export interface IpcNotices {
  'gateway:changed': (state: GatewayState) => void;
  'settings:changed': (settings: DesktopSettings) => void;
  'away:changed': (summary: AwaySummary | null) => void;
  'link:opened': (path: string) => void;
}

/**
 * `window.tocsin`: all that the preload script hands to the page. Each `on...` calls its listener at every change from now on;
 * the function it returns ends that. No call fails for what the page passes: an outcome says what is wrong with it.
 */
export interface TocsinBridge {
  gatewayState(): Promise<GatewayState>;
  /** Starts the server, or the attempt to reach it, anew after it failed. */
  retryGateway(): Promise<void>;
  onGatewayState(listener: (state: GatewayState) => void): () => void;

  /** Goes over to a server elsewhere, once it has shown that it is there and knows the token. The window is loaded anew. */
  connectGateway(address: GatewayAddress): Promise<ConnectOutcome>;
  /** Goes back to the server of this machine and forgets the token of the other. The window is loaded anew. */
  useOwnGateway(): Promise<void>;

  desktopSettings(): Promise<DesktopSettings>;
  changeDesktopSettings(change: DesktopSettingsChange): Promise<SettingsOutcome>;
  onDesktopSettings(listener: (settings: DesktopSettings) => void): () => void;

  /** Copies the database of the own server into the backups folder; the call takes as long as that does. */
  backUpNow(): Promise<BackupOutcome>;
  /** Shows the own server's data folder in the system's file manager. */
  openDataFolder(): Promise<void>;

  /** What was missed and has not been dismissed yet; null: nothing. */
  awaySummary(): Promise<AwaySummary | null>;
  dismissAwaySummary(): Promise<void>;
  onAwaySummary(listener: (summary: AwaySummary | null) => void): () => void;

  /** A path of the console, as `/alerts/<group id>`, that a notification or the tray asked for before the page was there. */
  takeDeepLink(): Promise<string | null>;
  /** The same for a page that is there: it is to go to that path. */
  onDeepLink(listener: (path: string) => void): () => void;
}
