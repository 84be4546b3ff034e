import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { InvalidInput } from '../../errors.ts';

type Condition = Exclude<keyof AlertGroupFilter, 'search'>;
type Values = Readonly<Record<Condition, (group: AlertGroupType) => unknown>>;

/** For every condition of the filter what it is compared with: one without an entry does not compile. */
const comparedBy: Values = {
  ids: ({ id }) => id,
  severity: ({ severity }) => severity,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  type: ({ type }) => type,
  verdict: ({ verdict }) => verdict,
  assigneeId: ({ assigneeId }) => assigneeId,
};

/**
 * The filter of a list as a test of one live group, as it is now. A search looks at all alerts of a group, which only the database
 * can: InvalidInput says so.
 */
export function groupMatcherOf(filter: AlertGroupFilter): (group: AlertGroupType) => boolean {
  if (filter.search?.trim()) {
    throw new InvalidInput(
      'search',
      'groups cannot be followed by a search: follow them without, and list anew what changed',
    );
  }
  const conditions = (Object.keys(comparedBy) as Condition[]).flatMap((name) => {
    const wanted: readonly unknown[] | null | undefined = filter[name];
    return wanted?.length ? [{ wanted, of: comparedBy[name] }] : [];
  });
  return (group) => conditions.every(({ wanted, of }) => wanted.includes(of(group)));
}
