import { Button } from '../../components/button.tsx';
import { useNow } from '../../format/clock.ts';
import type { BulkState } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { triageWords } from './triage-words.ts';
import { alertWords } from './words.ts';

/** What is selected: rows by their ids, or all that match the filter, loaded or not. */
export type Selection = { readonly keys: ReadonlySet<string>; readonly isAll: boolean };

interface BulkBarProps {
  readonly selection: Selection;
  readonly total: { readonly count: number; readonly isLowerBound: boolean };
  readonly onAll: () => void;
  readonly onClear: () => void;
  readonly onAcknowledge: () => void;
  readonly onClose: () => void;
  readonly onAssign: () => void;
}

/** What can be done with the selected groups; it takes the place of the filters while some are. */
export function BulkBar({ selection, total, onAll, onClear, onAcknowledge, onClose, onAssign }: BulkBarProps) {
  const words = useWords(alertWords);
  const { bulk: bulkWords } = useWords(triageWords);
  const { keys, isAll } = selection;
  const isMore = total.count > keys.size;
  return (
    <div className="filter-bar bulk-bar" role="toolbar" aria-label={bulkWords.selected(keys.size)}>
      <strong>{isAll ? bulkWords.allSelected(total.count, total.isLowerBound) : bulkWords.selected(keys.size)}</strong>
      {!isAll && isMore && (
        <Button look="quiet" onPress={onAll}>
          {bulkWords.all(total.count, total.isLowerBound)}
        </Button>
      )}
      <Button look="quiet" icon="close" onPress={onClear}>
        {bulkWords.clear}
      </Button>
      <div className="filter-aside">
        <Button icon="check" keyHint="a" onPress={onAcknowledge}>
          {words.acknowledge}
        </Button>
        <Button keyHint="c" onPress={onClose}>
          {words.close}
        </Button>
        <Button onPress={onAssign}>{words.assign}</Button>
      </div>
    </div>
  );
}

interface BulkProgressBarProps {
  readonly bulk: BulkState;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** How far a change of many groups is, and the way back for ten minutes. */
export function BulkProgressBar({ bulk, onUndo, onDismiss }: BulkProgressBarProps) {
  const { bulk: bulkWords } = useWords(triageWords);
  const now = useNow();
  const { status, total, changed, undone, kept, undoUntil } = bulk;
  const minutes = undoUntil === null ? 0 : Math.ceil((Date.parse(undoUntil) - now.getTime()) / 60_000);
  const isUndo = status === 'UNDOING' || status === 'UNDONE';
  const texts = {
    RUNNING: bulkWords.running(changed, total),
    DONE: bulkWords.done(changed),
    UNDOING: bulkWords.undoing(undone, changed),
    UNDONE: bulkWords.undone(undone, kept),
  };
  return (
    <div className="bulk-progress">
      <span role="status">{texts[status]}</span>
      {(status === 'RUNNING' || status === 'UNDOING') && (
        <progress
          aria-label={texts[status]}
          value={isUndo ? undone : changed}
          max={Math.max(isUndo ? changed : total, 1)}
        />
      )}
      {minutes > 0 && status === 'DONE' && (
        <Button icon="undo" onPress={onUndo}>
          {bulkWords.undo(minutes)}
        </Button>
      )}
      {(status === 'DONE' || status === 'UNDONE') && (
        <Button look="quiet" icon="close" isIconOnly onPress={onDismiss}>
          {bulkWords.dismiss}
        </Button>
      )}
    </div>
  );
}
