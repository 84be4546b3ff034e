import type { AlertFilter } from '../../../schema/alert/alert.input.ts';
import { canonicalIp } from '../../ip-address.ts';
import { foldWord, searchWords, wordsOf } from '../../persistence/words.ts';
import type { AlertStep } from './alert.repository.ts';

/** The filter of a list as a test of one live alert: what it lets through, a query with the same filter would have found. */
export function matcherOf(filter: AlertFilter): (step: AlertStep) => boolean {
  const { severity, kind, type, agent, address, sourceIp, destinationIp, occurredAt, status } =
    withCanonicalAddresses(filter);
  const wanted = searchWords(filter.text).map(foldWord);
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
    holdsWords(wanted, `${alert.title} ${alert.message}`);
}

function isAny<Value>(wanted: readonly Value[] | null | undefined, ...found: readonly (Value | null)[]): boolean {
  return !wanted?.length || found.some((value) => value !== null && wanted.includes(value));
}

function isWithin(span: AlertFilter['occurredAt'], time: Date): boolean {
  return !(span?.from && time < span.from) && !(span?.to && time >= span.to);
}

function holdsWords(wanted: readonly string[], text: string): boolean {
  if (wanted.length === 0) return true;
  const words = wordsOf(text).map(foldWord);
  return wanted.every((word) => words.some((candidate) => candidate.startsWith(word)));
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
