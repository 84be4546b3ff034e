import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextInput } from '../components/field.tsx';
import { FilterMenu } from '../components/filter-bar.tsx';
import { useWords } from '../i18n/words.ts';
import { useSearch } from '../router/router.ts';
import { listWords } from './words.ts';

const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
type SpanName = keyof typeof spans;
const names = Object.keys(spans) as SpanName[];

/** The time that an address asks for: `?time=24h`, or `?from=…&until=…`; undefined: any. */
export function timeRangeOf(search: URLSearchParams): { from?: string; to?: string } | undefined {
  const name = names.find((each) => each === search.get('time'));
  if (name) return { from: new Date(Date.now() - spans[name]).toISOString() };
  const from = instantOf(search.get('from'));
  const to = instantOf(search.get('until'));
  return from || to ? { ...(from && { from }), ...(to && { to }) } : undefined;
}

/** The names under which a time stands in the address. */
export const timeNames = ['time', 'from', 'until'] as const;

function instantOf(text: string | null): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The condition on when something happened. */
export function TimeFilter() {
  const words = useWords(listWords).time;
  const [search, change] = useSearch();
  const [isAsking, setAsking] = useState(false);
  const isCustom = search.has('from') || search.has('until');
  const chosen = isCustom ? ['custom' as const] : names.filter((name) => name === search.get('time'));
  return (
    <>
      <FilterMenu
        label={words.label}
        isSingle
        choices={[...names, 'custom' as const].map((value) => ({ value, label: words[value] }))}
        chosen={chosen}
        onChange={([name]) => {
          if (name === 'custom' || (name === undefined && isCustom)) setAsking(true);
          else change({ time: name, from: undefined, until: undefined });
        }}
      />
      {isAsking && (
        <TimeDialog
          from={search.get('from')}
          until={search.get('until')}
          onApply={(from, until) => {
            setAsking(false);
            change({ time: undefined, from, until });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
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
  const isWrong = begin !== '' && end !== '' && begin >= end;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <Button look="primary" isDisabled={isWrong} onPress={() => onApply(instantOf(begin), instantOf(end))}>
          {words.apply}
        </Button>
      }
    >
      <div className="stack">
        <TextInput label={words.from} type="datetime-local" value={begin} onChange={setBegin} autoFocus />
        <TextInput
          label={words.to}
          type="datetime-local"
          value={end}
          onChange={setEnd}
          hint={words.hint(timeZone)}
          error={isWrong ? words.wrong : undefined}
        />
      </div>
    </Dialog>
  );
}

/** An instant as the browser's own field for a date and a time takes it. */
function localTime(text: string | null): string {
  const instant = new Date(text ?? '');
  if (Number.isNaN(instant.getTime())) return '';
  const shifted = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
