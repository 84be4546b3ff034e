import type { AlertFilter } from '../../../schema/alert/alert.input.ts';
import { canonicalIp } from '../../ip-address.ts';
import { isAny, isWithin, wordsMatcher } from '../../persistence/live-match.ts';
import type { AlertStep } from './alert.repository.ts';

/** The filter of a list as a test of one live alert: what it lets through, a query with the same filter would have found. */
export function matcherOf(filter: AlertFilter): (step: AlertStep) => boolean {
  const { severity, kind, type, agent, address, sourceIp, destinationIp, occurredAt, status } =
    withCanonicalAddresses(filter);
  const holdsWords = wordsMatcher(filter.text);
  return ({ alert, status: groupStatus }) =>
    isAny(severity, alert.severity) &&
    isAny(kind, alert.kind) &&
    isAny(type, alert.type) &&
    isAny(status, groupStatus) &&
    isAny(agent, alert.agent, alert.agentName) &&
    isAny(address, alert.sourceIp, alert.destinationIp) &&
    isAny(sourceIp, alert.sourceIp) &&
    isAny(destinationIp, alert.destinationIp) &&
    isWithin(occurredAt, alert.occurredAt) &&
    holdsWords(`${alert.title} ${alert.message}`);
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
