import type { EventSinkFilterInput, EventSinkRulesInput } from '../../../schema/event-sink/event-sink.input.ts';
import type { EventSinkFilterType } from '../../../schema/event-sink/event-sink.type.ts';
import { parseCidr } from '../../cidr.ts';
import { InvalidInput } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import type { EventSinkValues } from './event-sink.repository.ts';

export type SinkRules = Pick<
  EventSinkValues,
  'isEnabled' | 'switchedOffReason' | 'minSeverity' | 'filter' | 'digestSeconds' | 'maxPerHour'
>;

const mostValues = 100;
const longestValue = 500;

/** Those of the rules that the input gives, checked; throws InvalidInput. */
export function rulesOf(input: EventSinkRulesInput): Partial<SinkRules> {
  const { isEnabled, minSeverity, filter, digestSeconds, maxPerHour } = input;
  return {
    // Whoever switches it on or off has seen why the server did.
    ...(isEnabled != null && { isEnabled, switchedOffReason: null }),
    ...(minSeverity != null && { minSeverity }),
    ...(filter != null && { filter: filterOf(filter) }),
    ...(digestSeconds != null && { digestSeconds: within('digestSeconds', digestSeconds, 10, 86_400) }),
    ...(maxPerHour != null && { maxPerHour: within('maxPerHour', maxPerHour, 0, 10_000) || null }),
  };
}

/** A filter with all its conditions; one left out lets any alert through. Throws InvalidInput. */
export function filterOf(input: EventSinkFilterInput): EventSinkFilterType {
  return {
    kinds: [...new Set(input.kinds)],
    types: valuesOf('types', input.types),
    agents: valuesOf('agents', input.agents),
    intakes: valuesOf('intakes', input.intakes),
    addresses: valuesOf('addresses', input.addresses).map(addressOf),
  };
}

function valuesOf(name: string, given: readonly string[] | null | undefined): string[] {
  const values = [...new Set(given)];
  if (values.length > mostValues) throw new InvalidInput('filter', `at most ${mostValues} ${name}`);
  if (values.some((value) => value.length > longestValue || value.includes('\0') || !value.isWellFormed())) {
    throw new InvalidInput('filter', `${name} must be texts of at most ${longestValue} characters`);
  }
  return values;
}

function addressOf(text: string): string {
  const address = canonicalIp(text.trim()) ?? parseCidr(text)?.cidr;
  if (address === undefined) {
    throw new InvalidInput('filter', 'addresses must be addresses, or ranges such as 10.0.0.0/24');
  }
  return address;
}

function within(field: string, value: number, least: number, most: number): number {
  if (value < least || value > most) throw new InvalidInput(field, `must be from ${least} to ${most}`);
  return value;
}
