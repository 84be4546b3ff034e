import { severityNames } from '../../../schema/severity.enum.ts';
import { SilenceField, SilenceOperator } from '../../../schema/silence/silence.enum.ts';
import type { SilenceMatcherType, SilenceRecurrenceType } from '../../../schema/silence/silence.type.ts';
import { rangeKeys } from '../../cidr.ts';
import { canonicalIp, ipKey } from '../../ip-address.ts';
import type { AlertNode } from '../alert/alert.node.ts';
import { turnAt } from './recurrence.ts';

/** What decides whether notifications of an alert are held back; times are epoch milliseconds. */
export interface SilenceRule {
  readonly matchers: readonly SilenceMatcherType[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly recurrence: SilenceRecurrenceType | null;
  /** The IANA zone by whose clocks it recurs. */
  readonly timeZone: string;
}

/** Whether notifications of the alert are held back at an instant, in epoch milliseconds. */
export function silences(silence: SilenceRule, alert: AlertNode, atMs: number): boolean {
  return isInForce(silence, atMs) && silence.matchers.every((matcher) => meets(matcher, alert));
}

/** Whether the silence holds anything back at an instant. */
export function isInForce({ startsAt, endsAt, recurrence, timeZone }: SilenceRule, atMs: number): boolean {
  if (atMs < startsAt || atMs >= endsAt) return false;
  return recurrence === null || turnAt(recurrence, startsAt, timeZone, atMs) !== undefined;
}

function meets({ field, operator, value }: SilenceMatcherType, alert: AlertNode): boolean {
  const found = fieldsOf[field](alert).filter((each) => each !== null && each !== '') as string[];
  switch (operator) {
    case SilenceOperator.EQUALS:
      return found.includes(spelled(field, value));
    case SilenceOperator.NOT_EQUALS:
      return !found.includes(spelled(field, value));
    case SilenceOperator.MATCHES:
      return found.some((text) => fitsPattern(text, value));
    case SilenceOperator.IN_CIDR:
      return isInRange(found, value);
  }
}

const fieldsOf: Readonly<Record<SilenceField, (alert: AlertNode) => (string | null)[]>> = {
  TITLE: ({ title }) => [title],
  MESSAGE: ({ message }) => [message],
  TYPE: ({ type }) => [type],
  KIND: ({ kind }) => [kind],
  SEVERITY: ({ severity }) => [severityNames[severity - 1] ?? null],
  AGENT: ({ agent, agentName }) => [agent, agentName],
  HOSTNAME: (alert) => ['hostname' in alert ? alert.hostname : null],
  INTAKE: ({ intakeId }) => [intakeId],
  GROUP: ({ groupId }) => [groupId],
  SOURCE_IP: ({ sourceIp }) => [sourceIp],
  DESTINATION_IP: ({ destinationIp }) => [destinationIp],
  ADDRESS: ({ sourceIp, destinationIp }) => [sourceIp, destinationIp],
};

/** The fields that hold addresses. */
export const addressFields: readonly SilenceField[] = [
  SilenceField.SOURCE_IP,
  SilenceField.DESTINATION_IP,
  SilenceField.ADDRESS,
];

/** Addresses are kept in one spelling. */
function spelled(field: SilenceField, value: string): string {
  return addressFields.includes(field) ? (canonicalIp(value.trim()) ?? value) : value;
}

function isInRange(found: readonly string[], value: string): boolean {
  const range = rangeKeys(value);
  if (range === null) return false;
  return found.some((ip) => {
    const key = ipKey(ip);
    return range.lowKey <= key && key <= range.highKey;
  });
}

/**
 * Whether the whole text fits a pattern, in which `*` stands for any text and a letter of A to Z for itself in either case. Goes
 * through the text once, without turning back: the pattern comes from outside.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const parts = foldCase(pattern).split('*');
  const folded = foldCase(text);
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return folded === first;
  if (!folded.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = folded.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return folded.length - last.length >= at && folded.endsWith(last);
}

function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
