import { Severity } from '../../../schema/severity.enum.ts';
import { textOf } from '../fields.ts';
import { severityOf } from './syslog-record.ts';

/** By the last three bits of a syslog priority: emergency 0 to debug 7. */
const bySyslog: readonly Severity[] = [
  Severity.CRITICAL,
  Severity.CRITICAL,
  Severity.CRITICAL,
  Severity.HIGH,
  Severity.MEDIUM,
  Severity.LOW,
  Severity.INFORMATIONAL,
  Severity.INFORMATIONAL,
];

/** The severity of a syslog level 0 (emergency) to 7 (debug). */
export function severityOfSyslog(level: number): Severity {
  return bySyslog[level] ?? Severity.INFORMATIONAL;
}

/** Words for levels that are not syslog's own. */
const words = new Map<string, Severity>(
  Object.entries({
    fatal: Severity.CRITICAL,
    severe: Severity.HIGH,
    'very-high': Severity.CRITICAL,
    moderate: Severity.MEDIUM,
    'audit failure': Severity.LOW,
  }),
);

/** CEF's scale and QRadar's: 0, 1-3, 4-6, 7-8, 9-10 are OCSF severities 1 to 5; CEF also allows words. */
export function severityOfTen(value: unknown): Severity {
  const text = textOf(value, 32)?.toLowerCase() ?? '';
  if (text === '') return Severity.INFORMATIONAL;
  const number = Number(text);
  if (Number.isNaN(number)) return severityOfWord(text) ?? Severity.INFORMATIONAL;
  if (number <= 0 || number > 10) return Severity.INFORMATIONAL;
  if (number <= 3) return Severity.LOW;
  if (number <= 6) return Severity.MEDIUM;
  return number <= 8 ? Severity.HIGH : Severity.CRITICAL;
}

const known = new Set(
  'emerg emergency panic alert crit critical err error high warning warn medium notice low info information informational debug'.split(
    ' ',
  ),
);
const quiet = new Set(['trace', 'verbose', 'fine', 'unknown', 'none', 'ok', 'success']);

/** A word for a level, in any case; undefined when it is none. */
export function severityOfWord(value: unknown): Severity | undefined {
  const text = textOf(value, 32)?.toLowerCase() ?? '';
  if (known.has(text)) return severityOf(text);
  return words.get(text) ?? (quiet.has(text) ? Severity.INFORMATIONAL : undefined);
}

/** A level as programs write it: a word, syslog's 0 to 7, or the 10 to 60 of Bunyan, Pino and Python. */
export function severityOfLevel(value: unknown): Severity | undefined {
  const word = severityOfWord(value);
  if (word !== undefined) return word;
  const text = textOf(value, 8);
  const number = text === null ? Number.NaN : Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 60) return undefined;
  if (number <= 7) return severityOfSyslog(number);
  if (number >= 60) return Severity.CRITICAL;
  if (number >= 50) return Severity.HIGH;
  return number >= 40 ? Severity.MEDIUM : Severity.INFORMATIONAL;
}
