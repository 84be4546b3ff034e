import type { IpcNotices } from '../ipc-contract.ts';
import type { IpcPort } from './ipc.ts';
import type { ForkServer } from './server-child.ts';
import type { UpdateFeed } from './updater.ts';
import type { GuardedContents, GuardedSession, WindowOptions } from './window.ts';

/** A line of a menu; a line without a label is a rule between others. */
export interface MenuLine {
  readonly label?: string;
  readonly role?: 'quit' | 'editMenu' | 'viewMenu' | 'windowMenu' | 'appMenu';
  readonly accelerator?: string;
  readonly isEnabled?: boolean;
  readonly isChecked?: boolean;
  readonly onClick?: () => void;
  readonly lines?: readonly MenuLine[];
}

export interface DesktopWindow {
  readonly contentsId: number;
  load(url: string): void;
  send<Channel extends keyof IpcNotices>(channel: Channel, ...args: Parameters<IpcNotices[Channel]>): void;
  /** Brings it to the front, from wherever it is. */
  show(): void;
  onReadyToShow(listener: () => void): void;
  onClosed(listener: () => void): void;
  /** The process that draws the page has died; `reason` is Electron's word for how. */
  onPageGone(listener: (reason: string) => void): void;
}

export interface TrayView {
  /** A PNG of 32 by 32 pixels. */
  readonly image: Buffer;
  /** Beside the image, where the system has room for it. */
  readonly title: string;
  readonly tooltip: string;
  readonly menu: readonly MenuLine[];
}

export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  /** Labels of buttons, for systems that show them. */
  readonly actions: readonly string[];
  readonly isUrgent: boolean;
  /** Shown without the sound that the system makes for others. */
  readonly isSilent?: boolean;
  readonly onClick: () => void;
  /** Gets the index of the button. */
  readonly onAction: (index: number) => void;
}

export interface Question {
  readonly kind: 'error' | 'warning' | 'question';
  readonly message: string;
  readonly detail: string;
  /** The first is the one that is meant. */
  readonly buttons: readonly string[];
  /** Index of the button that closing the question stands for. */
  readonly cancel: number;
}

/** What one run of a program of ours came to. */
export interface ToolResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * All that the app asks of Electron and, through it, of the operating system. The adapter in `electron/` is the one that people
 * run; tests give another, so that everything behind this is tested on plain Node.
 */
export interface DesktopPort {
  readonly platform: NodeJS.Platform;
  /** BCP 47, of the person's system. */
  readonly locale: string;
  readonly version: string;
  /** The app's own folder for data and settings. */
  readonly userData: string;
  /** What starts this app anew. */
  readonly launch: { readonly program: string; readonly args: readonly string[] };
  /** The arguments of this start. */
  readonly args: readonly string[];
  /** Folder of the desktop's autostart entries; only Linux has one. */
  readonly autostartFolder: string;

  /** False: another instance runs, and has been told of this one. */
  claimSingleInstance(): boolean;
  onSecondInstance(listener: (args: readonly string[]) => void): void;
  onActivate(listener: () => void): void;
  onOpenUrl(listener: (url: string) => void): void;
  onAllWindowsClosed(listener: () => void): void;
  onBeforeQuit(listener: (event: { preventDefault(): void }) => void): void;
  whenReady(): Promise<void>;
  quit(): void;

  readonly ipc: IpcPort;
  /** Of the pages' one session; there is one once the app is ready. */
  session(): GuardedSession;
  /** Calls `guard` for the contents of every window and frame there will ever be. */
  guardContents(guard: (contents: GuardedContents) => void): void;
  serveApp(handler: (request: Request) => Promise<Response>): void;
  openWindow(options: WindowOptions): DesktopWindow;
  isDark(): boolean;

  readonly forkServer: ForkServer;
  /** Runs a program of ours to its end. */
  runTool(entry: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<ToolResult>;

  /** Shows the tray, or shows it anew. */
  showTray(view: TrayView): void;
  onTrayClick(listener: () => void): void;
  setMenu(lines: readonly MenuLine[]): void;
  setBadge(count: number): void;
  notify(notice: DesktopNotice): void;
  /** Answers the index of the button. */
  ask(question: Question): Promise<number>;

  /** Calls back at once where the system says that its person does not want to be disturbed, and at every change. */
  onDoNotDisturb(listener: (isOn: boolean) => void): void;
  onSuspend(listener: () => void): void;
  onResume(listener: () => void): void;
  /** Starts the app with the session, or no longer; for systems that have a list of their own. */
  setLoginItem(isOn: boolean, args: readonly string[]): void;
  readonly vault: SecretVault;
  /** Undefined in a build that is not signed: updates are off then. */
  readonly updateFeed: UpdateFeed | undefined;
  /** Starts an installer, or shows it where it has to be started by hand. */
  installUpdate(file: string): void;
  openOutside(url: string): void;
  openFolder(path: string): void;
}

/** Where the system keeps secrets; not every Linux session has such a place. */
export interface SecretVault {
  isSafe(): boolean;
  seal(secret: string): Buffer;
  /** Throws when it was sealed by another user, or on another machine. */
  open(sealed: Buffer): string;
}
