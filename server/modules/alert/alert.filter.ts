import type { AlertFilter } from '../../../schema/alert/alert.input.ts';
import { canonicalIp } from '../../ip-address.ts';
import { isAny, isWithin, wordsMatcher } from '../../persistence/live-match.ts';
import { type Candidate, finds } from '../../search/evaluate.ts';
import type { Search } from '../../search/query.ts';
import { firstLine } from './alert.node.ts';
import type { AlertStep, AlertStepRow } from './alert.repository.ts';

/** The filter of a list as a test of one live alert: what it lets through, a query with the same filter would have found. */
export function matcherOf(filter: AlertFilter, search: Search | null = null): (step: AlertStep) => boolean {
  const { severity, kind, type, agent, address, sourceIp, destinationIp, occurredAt, status } =
    withCanonicalAddresses(filter);
  const holdsWords = wordsMatcher(filter.text);
  return ({ alert, status: groupStatus, row }) =>
    isAny(severity, alert.severity) &&
    isAny(kind, alert.kind) &&
    isAny(type, alert.type) &&
    isAny(status, groupStatus) &&
    isAny(agent, alert.agent, alert.agentName) &&
    isAny(address, alert.sourceIp, alert.destinationIp) &&
    isAny(sourceIp, alert.sourceIp) &&
    isAny(destinationIp, alert.destinationIp) &&
    isWithin(occurredAt, alert.occurredAt) &&
    holdsWords(`${alert.title} ${alert.message}`) &&
    (search === null || finds(search, candidateOf(row)));
}

/** A live alert as a search looks at it. */
function candidateOf(row: AlertStepRow): Candidate {
  const group = { 'g.status': row.status, 'g.verdict': row.verdict, 'g.assignee_id': row.assignee_id };
  const alert = {
    'a.severity': row.severity,
    'a.kind': row.kind,
    'a.type': row.type,
    'a.agent': row.agent,
    'a.agent_name': row.agent_name,
    'a.source_port': row.source_port,
    'a.destination_port': row.destination_port,
    'a.source_mac': row.source_mac,
    'a.destination_mac': row.destination_mac,
    'a.occurred_at': row.occurred_at,
    'a.shown_title': row.title ?? firstLine(row.message),
  };
  const event = {
    'e.host': row.host,
    'e.app': row.app,
    'e.source_key': row.source_key,
    'e.destination_key': row.destination_key,
    'e.intake_id': row.intake_id,
    'e.format': row.format,
    'e.title': row.title,
    'e.message': row.message,
    'e.received_at': row.received_at,
  };
  return { group, members: [{ ...alert, ...event }] };
}

/** The filter with every address in the spelling that is stored. */
export function withCanonicalAddresses(filter: AlertFilter): AlertFilter {
  const { address, sourceIp, destinationIp } = filter;
  return {
    ...filter,
    address: address?.map(canonical) ?? null,
    sourceIp: sourceIp?.map(canonical) ?? null,
    destinationIp: destinationIp?.map(canonical) ?? null,
  };
}

function canonical(address: string): string {
  return canonicalIp(address) ?? address;
}
