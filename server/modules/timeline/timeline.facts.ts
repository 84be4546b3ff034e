import type { TimelineFact } from '../../../schema/timeline/timeline-entry.type.ts';
import type { TimelineFactName } from '../../../schema/timeline/timeline-fact.enum.ts';

type Value = string | number | null | undefined;

/** Facts in the order given; what is not known is left out, and a list makes as many facts as it has values. */
export function factsOf(known: { readonly [Name in TimelineFactName]?: Value | readonly string[] }): TimelineFact[] {
  return Object.entries(known).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).flatMap((value: Value) =>
      value === null || value === undefined ? [] : [{ name: name as TimelineFactName, value: String(value) }],
    ),
  );
}
