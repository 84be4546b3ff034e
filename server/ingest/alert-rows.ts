import { AlertKind } from '../../schema/alert/alert.enum.ts';
import type { AlertRow } from '../persistence/journal/journal-group.ts';
import type { Draft } from './draft.ts';

/** A detection that names a source and a destination address is between them; any other comes from a host's log. */
export function kindOf(draft: Draft): AlertKind {
  return draft.source.ip !== null && draft.destination.ip !== null ? AlertKind.NETWORK : AlertKind.SERVER;
}

/** The alert an event raises; the journal's writer fills in its number and its group. */
export function alertRow(draft: Draft, tenantId: string, occurredAt: number): AlertRow {
  const { severity, type, agent, agentName, source, destination } = draft;
  return [
    null,
    null,
    tenantId,
    kindOf(draft),
    occurredAt,
    severity,
    type,
    agent,
    agentName,
    source.ip,
    source.mac,
    source.port,
    destination.ip,
    destination.mac,
    destination.port,
  ];
}

const longestFingerprint = 500;

/**
 * What alike alerts have in common, in words that people can read: the rule (or, where the sender names none, the message with
 * its numbers struck out), where it was seen, and the addresses.
 */
export function fingerprintOf(draft: Draft): string {
  const what = draft.rule === null ? draft.message.slice(0, 200).replace(/\d+/g, '#') : `rule ${draft.rule}`;
  const where = draft.agent ?? draft.host ?? '-';
  const { source, destination } = draft;
  const path = source.ip === null && destination.ip === null ? '' : ` | ${source.ip ?? '-'} > ${destination.ip ?? '-'}`;
  return `${draft.format} ${what} | ${where}${path}`.slice(0, longestFingerprint).toWellFormed();
}
