import { type ReactNode, useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { useData } from '../../data/use-data.ts';
import { CountGroups } from '../../generated/alerts.ts';
import type { AlertGroupFilter } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { WrongPanel } from '../../lists/list-body.tsx';
import type { GroupsView } from './live-groups.ts';
import { NothingOpen } from './nothing-open.tsx';
import { alertWords } from './words.ts';

interface WaitingProps {
  readonly count: number;
  readonly isMore: boolean;
  readonly onShow: () => void;
}

/** That groups have news which are not shown yet, and how to see them. */
export function Waiting({ count, isMore, onShow }: WaitingProps) {
  const words = useWords(alertWords);
  return (
    <div className="waiting-bar" role="status">
      <Button look="primary" onPress={onShow}>
        {words.waiting(count, isMore)}
      </Button>
    </div>
  );
}

interface ListProps {
  readonly view: GroupsView | undefined;
  /** What is wrong with the conditions themselves. */
  readonly fault: string | undefined;
  readonly filter: AlertGroupFilter;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly onAll: () => void;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** The table, or why there is none. */
export function List({ view, fault, filter, isFiltered, onClear, onAll, onRetry, children }: ListProps) {
  const { badSearch } = useWords(alertWords);
  if (fault !== undefined) return <WrongPanel onClear={onClear}>{fault}</WrongPanel>;
  // What is wrong with it is said at the field.
  if (view?.failure?.field === 'search') {
    return (
      <StatePanel icon="search" title={badSearch.title}>
        {badSearch.text}
      </StatePanel>
    );
  }
  if (view?.failure) return <FailedPanel failure={view.failure} onRetry={onRetry} />;
  if (!view?.rows) return <LoadingPanel rows={12} />;
  if (view.rows.length > 0) return children;
  return isFiltered ? <NothingFits filter={filter} onClear={onClear} onAll={onAll} /> : <NothingOpen onAll={onAll} />;
}

type NothingFitsProps = Pick<ListProps, 'filter' | 'onClear' | 'onAll'>;

/** That nothing meets the conditions, and whether something would in another status. */
function NothingFits({ filter, onClear, onAll }: NothingFitsProps) {
  const { none, besides } = useWords(alertWords);
  const elsewhere = useMemo(() => ({ filter: { ...filter, status: null } }), [filter]);
  const { data, isLoading } = useData(CountGroups, elsewhere, { pause: !filter.status });
  if (isLoading) return <LoadingPanel rows={12} />;
  const { totalCount: count = 0, totalCountIsLowerBound: isMore = false } = data?.alertGroups ?? {};
  if (count > 0) {
    return (
      <StatePanel
        icon="filter"
        title={besides.title}
        action={
          <div className="cluster">
            <Button look="primary" onPress={onAll}>
              {besides.action(count)}
            </Button>
            <Button onPress={onClear}>{none.action}</Button>
          </div>
        }
      >
        {besides.text(count, isMore)}
      </StatePanel>
    );
  }
  return (
    <StatePanel icon="filter" title={none.title} action={<Button onPress={onClear}>{none.action}</Button>}>
      {none.text}
    </StatePanel>
  );
}
