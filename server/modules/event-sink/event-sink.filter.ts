import type { EventSinkFilterType } from '../../../schema/event-sink/event-sink.type.ts';
import { rangeKeys } from '../../cidr.ts';
import { ipKey } from '../../ip-address.ts';
import type { AlertNode } from '../alert/alert.node.ts';

type Keys = NonNullable<ReturnType<typeof rangeKeys>>;

/** Reading a range costs more than comparing with it, and the same filter is asked about every alert. */
const rangesOf = new WeakMap<EventSinkFilterType, readonly Keys[]>();

/** Whether a sink with the filter is to be told of the alert: any of the values of a condition, and all conditions at once. */
export function letsThrough(filter: EventSinkFilterType, alert: AlertNode): boolean {
  return (
    isAny(filter.kinds, alert.kind) &&
    isAny(filter.types, alert.type) &&
    isAny(filter.agents, alert.agent, alert.agentName) &&
    isAny(filter.intakes, alert.intakeId) &&
    isAnywhere(filter, alert.sourceIp, alert.destinationIp)
  );
}

function isAny(wanted: readonly string[], ...found: readonly (string | null)[]): boolean {
  return wanted.length === 0 || found.some((value) => value !== null && wanted.includes(value));
}

function isAnywhere(filter: EventSinkFilterType, ...found: readonly (string | null)[]): boolean {
  if (filter.addresses.length === 0) return true;
  let ranges = rangesOf.get(filter);
  if (!ranges) {
    ranges = filter.addresses.flatMap((text) => rangeKeys(text) ?? []);
    rangesOf.set(filter, ranges);
  }
  const keys = found.flatMap((ip) => (ip ? [ipKey(ip)] : []));
  return ranges.some(({ lowKey, highKey }) => keys.some((key) => lowKey <= key && key <= highKey));
}
