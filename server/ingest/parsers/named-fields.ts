import { endpointOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { ecsNameOf } from '../ecs/names.ts';
import { textOf } from '../fields.ts';

/** Values under the field names of the Elastic Common Schema; the first that fits a name stays. */
export type NamedFields = ReadonlyMap<string, string>;

/** How devices write that there is no value. */
const nothing = new Set(['', '-', 'N/A', 'n/a', '(null)', 'undefined']);

/** Sorts what a sender calls by its own names under common ones; what has no common name is left out. */
export function nameFields(pairs: Iterable<readonly [name: string, value: string]>): NamedFields {
  const named = new Map<string, string>();
  for (const [name, value] of pairs) {
    const field = nothing.has(value) ? null : ecsNameOf(name);
    if (field === null || named.has(field)) continue;
    if (field.endsWith('.ip') && addressOf(value) === null) continue;
    named.set(field, field.endsWith('.ip') ? plainAddress(value) : value);
  }
  return named;
}

/** The parts of a draft that common names give. */
export function partsOf(named: NamedFields): Pick<Draft, 'host' | 'source' | 'destination'> {
  return {
    host: textOf(named.get('host.name')),
    source: endpointOf(named.get('source.ip'), named.get('source.port'), named.get('source.mac')),
    destination: endpointOf(named.get('destination.ip'), named.get('destination.port'), named.get('destination.mac')),
  };
}

/** SonicWall writes `10.1.1.5:41234:X0`: address, port, interface. */
const withInterface = /^(\d{1,3}(?:\.\d{1,3}){3})(:\d{1,5})?:{1,2}[A-Za-z][\w .-]*$/;

function plainAddress(value: string): string {
  const match = value.length <= 64 ? withInterface.exec(value) : null;
  return match ? `${match[1]}${match[2] ?? ''}` : value;
}

function addressOf(value: string): string | null {
  return endpointOf(plainAddress(value), null, undefined).ip;
}
