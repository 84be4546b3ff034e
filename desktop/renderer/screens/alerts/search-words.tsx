import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { SearchInput } from '../../components/filter-bar.tsx';
import { useData } from '../../data/use-data.ts';
import { AlertSearchFields } from '../../generated/alerts.ts';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { type Completion, completionsOf } from './search-terms.ts';
import { alertWords } from './words.ts';

/** How long nothing is typed before it is searched for. */
const restMs = 300;

/** The search of the list, which is asked for as it is written and says how it may go on. */
export function SearchWords({ error }: { readonly error: string | undefined }) {
  const words = useWords(alertWords);
  const [search, change] = useSearch();
  const { data } = useData(AlertSearchFields, {});
  const given = search.get('search') ?? '';
  const [text, setText] = useState(given);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  // What stands in the address may come from elsewhere: a saved view, or the way back.
  useEffect(() => setText(given), [given]);
  useEffect(() => {
    if (text.trimEnd() === given.trimEnd()) return undefined;
    const timer = setTimeout(() => change({ search: text.trimEnd() }), restMs);
    return () => clearTimeout(timer);
  }, [text, given, change]);
  const found = useMemo(() => completionsOf(text, data?.searchFields ?? []), [text, data]);
  const shown = isOpen ? found : [];
  const chosen = shown[active];

  const take = ({ result }: Completion): void => {
    setText(result);
    setActive(-1);
    // What follows the name of a field is its value.
    setOpen(result.endsWith(':'));
  };
  const onKey = (event: KeyboardEvent): void => {
    const use = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      use();
      setOpen(true);
      const count = found.length + 1;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place beyond the last is the field itself.
      setActive((((isOpen ? active : -1) + 1 + step + count) % count) - 1);
    } else if (event.key === 'Escape' && shown.length > 0) {
      use();
      setOpen(false);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      use();
      take(chosen);
    } else if (event.key === 'Enter') setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field within
    <div className="search-words" onKeyDownCapture={onKey} onBlur={() => setOpen(false)}>
      <SearchInput
        label={words.search}
        placeholder={words.searchHint}
        value={text}
        onChange={(value) => {
          setText(value);
          setActive(-1);
          setOpen(value !== '');
        }}
        onSubmit={(value) => change({ search: value.trimEnd() })}
        error={shown.length > 0 ? undefined : error}
        completion={{ listId, activeId: chosen && `${listId}-${active}`, isShown: shown.length > 0 }}
      />
      {shown.length > 0 && (
        <div className="completions" role="listbox" id={listId} aria-label={words.completions}>
          {shown.map((each, at) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active one
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
            <div
              key={each.text}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === active}
              className="completion"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(each)}
            >
              <code>{each.text}</code>
              {each.detail && <span className="quiet truncate">{each.detail}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
