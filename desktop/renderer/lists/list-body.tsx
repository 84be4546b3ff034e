import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../components/state-panel.tsx';
import { componentWords } from '../components/words.ts';
import type { Failure } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { listWords } from './words.ts';
import './lists.css';

interface ListBodyProps {
  /** Undefined while nothing has been answered. */
  readonly count: number | undefined;
  readonly failure: Failure | undefined;
  /** What is wrong with the conditions themselves, so that nothing can be looked for. */
  readonly fault?: string | undefined;
  readonly onRetry: () => void;
  /** Given while any filter is set. */
  readonly onClear: (() => void) | undefined;
  /** What there is to see, and to do, where there is nothing at all. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A table, or why there is none: on its way, failed, nothing fits, nothing there. */
export function ListBody({ count, failure, fault, onRetry, onClear, empty, children }: ListBodyProps) {
  const words = useWords(listWords);
  const { clearFilters } = useWords(componentWords);
  const refused = failure?.code === 'BAD_USER_INPUT' ? failure.message.replace(`${failure.field}: `, '') : undefined;
  const wrong = fault ?? refused;
  if (wrong !== undefined && onClear) return <WrongPanel onClear={onClear}>{wrong}</WrongPanel>;
  if (failure) return <FailedPanel failure={failure} onRetry={onRetry} />;
  if (count === undefined) return <LoadingPanel rows={12} />;
  if (count > 0) return children;
  if (!onClear) return empty;
  return (
    <StatePanel icon="filter" title={words.none.title} action={<Button onPress={onClear}>{clearFilters}</Button>}>
      {words.none.text}
    </StatePanel>
  );
}

/** In place of a list: why it cannot be looked for. */
export function WrongPanel({ onClear, children }: { readonly onClear: () => void; readonly children: string }) {
  const { wrong } = useWords(listWords);
  const { clearFilters } = useWords(componentWords);
  return (
    <StatePanel icon="search" title={wrong} action={<Button onPress={onClear}>{clearFilters}</Button>}>
      {children}
    </StatePanel>
  );
}

/** In a panel: what was open does not exist any more. */
export function GonePanel({ onClose }: { readonly onClose: () => void }) {
  const { gone } = useWords(listWords);
  return (
    <StatePanel icon="info" title={gone.title} action={<Button onPress={onClose}>{gone.action}</Button>}>
      {gone.text}
    </StatePanel>
  );
}
