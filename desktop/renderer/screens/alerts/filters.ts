import { severities } from '../../components/severities.ts';
import { type AlertGroupFilter, AlertKindValues, type AlertStatus, VerdictValues } from '../../generated/schema.ts';
import { searchOf, termNames } from './search-terms.ts';

const statuses = ['NEW', 'IN_PROGRESS', 'SUPPRESSED', 'RESOLVED', 'ARCHIVED'] as const satisfies readonly AlertStatus[];

/** The conditions of the list by the name that they have in the address. */
export const conditions = {
  severity: severities.toReversed(),
  status: statuses,
  kind: AlertKindValues,
  verdict: VerdictValues,
} as const;

export type ConditionName = keyof typeof conditions;

/** What is open, unless the address says otherwise: what there is to do. */
const openStatuses = ['NEW', 'IN_PROGRESS'] as const;
/** Stands in the address for a condition that is deliberately not there. */
const any = 'any';

/** The chosen values of a condition; `status` is that of open groups until somebody chooses. */
export function chosenIn(search: URLSearchParams, name: ConditionName): string[] {
  const text = search.get(name);
  if (text === null) return name === 'status' ? [...openStatuses] : [];
  const values: readonly string[] = conditions[name];
  return text.split(',').filter((value) => values.includes(value));
}

/** How chosen values stand in the address. */
export function writeChosen(name: ConditionName, chosen: readonly string[]): string | undefined {
  if (name !== 'status') return chosen.join(',');
  if (chosen.length === 0) return any;
  const isUsual = chosen.length === openStatuses.length && openStatuses.every((status) => chosen.includes(status));
  return isUsual ? undefined : chosen.join(',');
}

/** Whether the address asks for other than what is open. */
export function isFiltered(search: URLSearchParams): boolean {
  return viewNames.some((name) => search.has(name));
}

/** The API's filter for an address. */
export function filterFor(search: URLSearchParams, userId: string | undefined): AlertGroupFilter {
  const list = (name: ConditionName): Record<string, string[]> => {
    const chosen = chosenIn(search, name);
    return chosen.length > 0 ? { [name]: chosen } : {};
  };
  const type = search.get('type');
  const words = searchOf(search);
  return {
    ...list('severity'),
    ...list('status'),
    ...list('kind'),
    ...list('verdict'),
    ...(type && { type: [type] }),
    ...(words && { search: words }),
    ...(search.has('mine') && userId !== undefined && { assigneeId: [userId] }),
  } as AlertGroupFilter;
}

/** The names that a view of this screen may hold. */
const viewNames: readonly string[] = [...Object.keys(conditions), 'type', 'mine', 'search', ...termNames];

/** An address without any condition, as `useSearch` changes it. */
export const noConditions: Readonly<Record<string, undefined>> = Object.fromEntries(
  viewNames.map((name) => [name, undefined]),
);

/** A value of the address that its condition does not have. */
export function unknownIn(
  search: URLSearchParams,
): { readonly name: ConditionName; readonly value: string } | undefined {
  for (const name of Object.keys(conditions) as ConditionName[]) {
    const known: readonly string[] = [...conditions[name], ...(name === 'status' ? [any] : [])];
    const value = search
      .get(name)
      ?.split(',')
      .find((each) => !known.includes(each));
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** What is saved of an address: the conditions, as JSON. */
export function viewOf(search: URLSearchParams): string {
  return JSON.stringify(
    Object.fromEntries(viewNames.flatMap((name) => (search.has(name) ? [[name, search.get(name)]] : []))),
  );
}

/** The address of a saved view, or the conditions in it that this screen does not have; undefined where it cannot be read at all. */
export function addressOf(query: string): string | { readonly unknown: readonly string[] } | undefined {
  const view = conditionsOf(query);
  if (!view) return undefined;
  const unknown = Object.keys(view).filter((name) => !viewNames.includes(name));
  if (unknown.length > 0) return { unknown };
  const text = new URLSearchParams(view).toString();
  return text === '' ? '/alerts' : `/alerts?${text}`;
}

/** The conditions of a view by their names; undefined for what is none. */
export function conditionsOf(query: string): Record<string, string> | undefined {
  try {
    const view: unknown = JSON.parse(query);
    const isView = typeof view === 'object' && view !== null && !Array.isArray(view);
    return isView && Object.values(view).every((value) => typeof value === 'string')
      ? (view as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}
