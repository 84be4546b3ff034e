import type { IngestFormat, IntakeKind, Severity } from '../../../generated/schema.ts';

/** What a configuration is made for. */
export interface Place {
  /** Of this server, as the sender comes to it, without a slash at its end. */
  readonly url: string;
  readonly key: string;
}

/** One text to copy: a file of the sender, or a command. */
export interface Snippet {
  /** The file's path; undefined: it is typed into a terminal. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Something that can send events, and all that connecting it takes. */
export interface Sender {
  readonly id: string;
  /** What its makers call it; not translated. Undefined: the catalogue has a name for it. */
  readonly product: string | undefined;
  readonly intakeKind: IntakeKind;
  /** How it writes a severity; undefined: nobody sees it write one. */
  readonly levelOf?: (severity: Severity) => string;
  readonly snippets: (place: Place) => readonly Snippet[];
  /** A harmless record as this sender would write it, which raises an alert. */
  readonly test: { readonly format: IngestFormat; readonly event: (at: Date) => unknown };
}

/** The text that every test event carries; the server and people know it by that. */
export const testTitle = 'Tocsin test event: this source can raise alerts';

/** Text fit for single quotes of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The test record of all that send syslog. */
export const syslogTest: Sender['test'] = {
  format: 'SYSLOG_RECORD',
  event: (at) => ({
    timestamp: at.toISOString(),
    hostname: 'tocsin-test',
    app: 'tocsin',
    severity: 'warning',
    full_log: testTitle,
    id: `tocsin-test-${at.getTime()}`,
  }),
};

/** The least of syslog's levels that counts as a severity, as the server reads them. */
export function syslogLevelOf(severity: Severity): string {
  const levels = {
    INFORMATIONAL: 'debug',
    LOW: 'notice',
    MEDIUM: 'warning',
    HIGH: 'err',
    CRITICAL: 'crit',
    FATAL: 'emerg',
  };
  return levels[severity];
}

/** Where syslog records go. */
export const syslogPath = '/api/v1/webhooks/syslog';
