import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
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
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly onAll: () => void;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** The table, or why there is none. */
export function List({ view, fault, isFiltered, onClear, onAll, onRetry, children }: ListProps) {
  const words = useWords(alertWords);
  if (fault !== undefined) return <WrongPanel onClear={onClear}>{fault}</WrongPanel>;
  if (view?.failure) return <FailedPanel failure={view.failure} onRetry={onRetry} />;
  if (!view?.rows) return <LoadingPanel rows={12} />;
  if (view.rows.length > 0) return children;
  return isFiltered ? (
    <StatePanel icon="filter" title={words.none.title} action={<Button onPress={onClear}>{words.none.action}</Button>}>
      {words.none.text}
    </StatePanel>
  ) : (
    <NothingOpen onAll={onAll} />
  );
}
