import { useState } from 'react';
import { TextInput } from '../components/field.tsx';
import { FilterMenu } from '../components/filter-bar.tsx';
import { FormDialog } from '../components/form-dialog.tsx';
import { timeSpan } from '../format/time.ts';
import { useLocale } from '../i18n/use-locale.ts';
import { useWords } from '../i18n/words.ts';
import { useSearch } from '../router/router.ts';
import { instantOf, isSkipped, localTime, spanNames, spanOf, timeFaultOf, timeRangeOf } from './time-range.ts';
import { listWords } from './words.ts';

/** The condition on when something happened. */
export function TimeFilter() {
  const words = useWords(listWords).time;
  const locale = useLocale();
  const [search, change] = useSearch();
  const [isAsking, setAsking] = useState(false);
  const isCustom = search.has('from') || search.has('until');
  const name = spanOf(search);
  const { from, to } = (isCustom && timeRangeOf(search)) || {};
  const shown = timeSpan(from, to, locale);
  return (
    <>
      <FilterMenu
        label={words.label}
        isSingle
        choices={[...spanNames, 'custom' as const].map((value) => ({ value, label: words[value] }))}
        chosen={isCustom ? ['custom' as const] : name ? [name] : []}
        {...(shown && { shown })}
        onChange={([chosen]) => {
          if (chosen === 'custom' || (chosen === undefined && isCustom)) setAsking(true);
          else change({ time: chosen, from: undefined, until: undefined });
        }}
      />
      {isAsking && (
        <TimeDialog
          from={search.get('from')}
          until={search.get('until')}
          onApply={(begin, end) => {
            setAsking(false);
            change({ time: undefined, from: begin, until: end });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** What is wrong with the time in the address, in words; undefined where nothing is. */
export function useTimeFault(): string | undefined {
  const words = useWords(listWords).time;
  const [search] = useSearch();
  const fault = timeFaultOf(search);
  return fault && words[fault];
}

interface TimeDialogProps {
  readonly from: string | null;
  readonly until: string | null;
  readonly onApply: (from: string | undefined, until: string | undefined) => void;
  readonly onClose: () => void;
}

function TimeDialog({ from, until, onApply, onClose }: TimeDialogProps) {
  const words = useWords(listWords).time;
  const [begin, setBegin] = useState(localTime(from));
  const [end, setEnd] = useState(localTime(until));
  const [first, last] = [instantOf(begin), instantOf(end)];
  const isBackwards = first !== undefined && last !== undefined && first >= last;
  const beginError = isSkipped(begin) ? words.skipped : undefined;
  const endError = isSkipped(end) ? words.skipped : isBackwards ? words.backwards : undefined;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <FormDialog
      title={words.title}
      action={words.apply}
      isPending={false}
      isDisabled={(beginError ?? endError) !== undefined}
      onSubmit={() => onApply(first, last)}
      onClose={onClose}
    >
      <TextInput
        label={words.from}
        type="datetime-local"
        value={begin}
        onChange={setBegin}
        error={beginError}
        autoFocus
      />
      <TextInput
        label={words.to}
        type="datetime-local"
        value={end}
        onChange={setEnd}
        hint={words.hint(timeZone)}
        error={endError}
      />
    </FormDialog>
  );
}
