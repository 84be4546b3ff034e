import type { AlertSeverity, AwaySummary, GatewayProblem } from '../ipc-contract.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** A problem that a person can do something about at once. */
export type Rescuable = Exclude<GatewayProblem, 'UNREACHABLE' | 'NOT_TOCSIN'> | 'KEEPS_CRASHING';

/** Every word that the main process shows: tray, menus, notifications, questions. */
export interface Messages {
  readonly severity: Readonly<Record<AlertSeverity, string>>;
  readonly tray: {
    readonly open: string;
    readonly settings: string;
    readonly pause: string;
    readonly resume: string;
    readonly backUp: string;
    readonly dataFolder: string;
    readonly quit: string;
    readonly noServer: string;
    readonly calm: string;
    readonly count: (groups: number, worst: string) => string;
  };
  readonly menu: { readonly file: string; readonly restore: string };
  readonly notice: {
    readonly acknowledge: string;
    readonly open: string;
    readonly from: (source: string) => string;
    readonly more: (alerts: number, groups: number) => string;
    readonly worst: (severity: string, title: string) => string;
    readonly away: (summary: AwaySummary) => { readonly title: string; readonly body: string };
    readonly notAcknowledged: string;
    readonly backedUp: string;
    readonly notBackedUp: string;
  };
  readonly rescue: Readonly<Record<Rescuable, { readonly message: string; readonly detail: (what: string) => string }>>;
  readonly rescueButton: {
    readonly retry: string;
    readonly openFolder: string;
    readonly restore: (when: string) => string;
    readonly useOwn: string;
    readonly quit: string;
  };
  readonly restore: {
    readonly message: string;
    readonly detail: (file: string) => string;
    readonly confirm: string;
    readonly cancel: string;
    readonly failed: string;
    readonly none: string;
  };
  readonly update: {
    readonly ready: (version: string) => string;
    readonly click: string;
    readonly detail: string;
    readonly install: string;
    readonly later: string;
    readonly failed: string;
  };
  /** Asked before the own server starts anew with other listeners. */
  readonly listen: {
    readonly message: string;
    /** The ports that other machines reach from then on; empty: none. */
    readonly detail: (ports: { readonly intake: number | undefined; readonly syslog: number | undefined }) => string;
    readonly confirm: string;
    readonly cancel: string;
  };
  readonly pageGone: { readonly message: string; readonly detail: (reason: string) => string; readonly reload: string };
}

/** The catalogue of a person's language: German where that is theirs, English otherwise. */
export function messagesFor(locale: string): Messages {
  return /^de\b/i.test(locale) ? german : english;
}
