import { severities } from '../../components/severities.ts';
import { type EventFilter, EventFormatValues } from '../../generated/schema.ts';
import { timeNames, timeRangeOf } from '../../lists/time-range.ts';

/** The conditions of the list that are chosen from a menu, by the name that they have in the address. */
export const choices = {
  severity: severities.toReversed(),
  format: EventFormatValues,
  alert: ['yes', 'no'],
} as const;

/** Conditions that a click on a value of an event sets. */
export const exact = ['host', 'app', 'intake'] as const;

/** Every name that filters have in the address. */
export const filterNames = ['q', ...Object.keys(choices), ...exact, ...timeNames];

/** The chosen values of a menu. */
export function chosenIn(search: URLSearchParams, name: keyof typeof choices): string[] {
  const values: readonly string[] = choices[name];
  return (search.get(name) ?? '').split(',').filter((value) => values.includes(value));
}

/** The API's filter for an address. */
export function eventFilterFor(search: URLSearchParams): EventFilter {
  const [alert, ...both] = chosenIn(search, 'alert');
  const occurredAt = timeRangeOf(search);
  const list = (name: 'severity' | 'format') => {
    const chosen = chosenIn(search, name);
    return chosen.length > 0 ? { [name]: chosen } : {};
  };
  const text = search.get('q');
  return {
    ...(text && { search: text }),
    ...list('severity'),
    ...list('format'),
    ...(alert !== undefined && both.length === 0 && { isAlert: alert === 'yes' }),
    ...Object.fromEntries(exact.flatMap((name) => (search.get(name) ? [[name, [search.get(name)]]] : []))),
    ...(occurredAt && { occurredAt }),
  } as EventFilter;
}
