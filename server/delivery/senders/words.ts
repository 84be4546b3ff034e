import { Severity, severityNames } from '../../../schema/severity.enum.ts';
import type { Notification } from '../notification.ts';

/**
 * The longest beginning of a text, with a note that says it was cut, that `lengthOf` finds no longer than `most`; the text itself
 * where it fits. `lengthOf` never falls as a text grows, and is at least the text's length.
 */
export function cut(text: string, most: number, lengthOf: (text: string) => number = (whole) => whole.length): string {
  const whole = text.length > most ? undefined : text.toWellFormed();
  if (whole !== undefined && lengthOf(whole) <= most) return whole;
  const note = `… [cut, ${text.length} characters]`;
  const cutAt = (length: number) =>
    text
      .slice(0, length)
      .replace(/[\uD800-\uDBFF]$/, '')
      .toWellFormed() + note;
  let fits = 0;
  for (let tooLong = Math.min(text.length, most) + 1; tooLong - fits > 1; ) {
    const middle = (fits + tooLong) >> 1;
    if (lengthOf(cutAt(middle)) <= most) fits = middle;
    else tooLong = middle;
  }
  return cutAt(fits);
}

/** A text without line ends and other control characters, nor the marks that turn the direction of reading. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
    .toWellFormed();
}

/** The same for a text of several lines, whose ends are kept. */
export function plainLines(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?:(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069])+/gu, ' ')
    .trim()
    .toWellFormed();
}

/** OCSF's name of a severity: `High`. */
export function severityName(severity: Severity): string {
  const name = severityNames.find((each) => Severity[each] === severity) ?? '';
  return name.charAt(0) + name.slice(1).toLowerCase();
}

/** What a subject or a heading says, in one line. */
export function headline({ reason, group, alertCount }: Notification): string {
  const title = oneLine(group.title);
  const line = `[${severityName(group.severity)}] ${title}`;
  if (reason === 'TEST') return `[Test] ${title}`;
  if (reason === 'DIGEST') return `${line} (${counted(alertCount, 'more ')})`;
  return alertCount > 1 ? `${line} (${counted(alertCount)})` : line;
}

/** Why this is told, in one sentence. */
export function sentence({ reason, group, alertCount }: Notification): string {
  const sofar = `${counted(group.count)} so far`;
  if (reason === 'TEST') return 'Somebody tries out whether Tocsin reaches you. There is nothing to do.';
  if (reason === 'ESCALATED') return `This got worse: ${counted(alertCount)} since you were last told, ${sofar}.`;
  if (reason === 'DIGEST') return `This goes on: ${counted(alertCount)} since you were last told, ${sofar}.`;
  return `This is new: ${counted(alertCount)}.`;
}

function counted(alerts: number, which = ''): string {
  return `${alerts.toLocaleString('en-US')} ${which}${alerts === 1 ? 'alert' : 'alerts'}`;
}

export interface Fact {
  readonly label: string;
  /** An instant is written as each receiver likes it. */
  readonly value: string | Date;
}

/** What is worth reading at a glance, most important first. */
export function factsOf({ group, alert }: Notification): readonly Fact[] {
  const ports = 'sourcePort' in alert ? alert : undefined;
  const host = 'hostname' in alert ? alert.hostname : null;
  const facts: readonly (readonly [string, string | Date | null])[] = [
    ['Severity', severityName(group.severity)],
    ['Type', group.type],
    ['Source', withPort(alert.sourceIp, ports?.sourcePort)],
    ['Destination', withPort(alert.destinationIp, ports?.destinationPort)],
    ['Host', host],
    ['Agent', alert.agentName ?? alert.agent],
    ['First seen', group.firstSeen],
    ['Last seen', group.lastSeen],
  ];
  return facts.flatMap(([label, value]) => {
    if (value instanceof Date) return { label, value };
    const text = oneLine(value ?? '');
    return text === '' ? [] : { label, value: cut(text, 300) };
  });
}

function withPort(ip: string | null, port: number | null | undefined): string | null {
  if (ip === null || port === null || port === undefined) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** `2026-11-21 15:41:17 UTC`. */
export function inUtc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
