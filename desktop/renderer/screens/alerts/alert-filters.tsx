import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FilterBar, FilterMenu, SearchInput } from '../../components/filter-bar.tsx';
import { componentWords } from '../../components/words.ts';
import { visibleText } from '../../format/visible-text.ts';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { type ConditionName, chosenIn, conditions, isFiltered, writeChosen } from './filters.ts';
import { SavedViews } from './saved-views.tsx';
import { alertWords } from './words.ts';

interface AlertFiltersProps {
  readonly aside: ReactNode;
  /** What is wrong with the search, in the words of the server. */
  readonly searchError: string | undefined;
}

/** How long nothing is typed before it is searched for. */
const restMs = 300;

/** The conditions of the list, which stand in the address. */
export function AlertFilters({ aside, searchError }: AlertFiltersProps) {
  const words = useWords(alertWords);
  const { severity } = useWords(componentWords);
  const { userId } = useAccess();
  const [search, change] = useSearch();
  const type = search.get('type');
  const labels: Record<ConditionName, Readonly<Record<string, string>>> = {
    severity,
    status: words.status,
    kind: words.kind,
    verdict: words.verdict,
  };
  const menu = (name: ConditionName) => (
    <FilterMenu
      key={name}
      label={words.filters[name]}
      choices={conditions[name].map((value) => ({ value, label: labels[name][value] ?? value }))}
      chosen={chosenIn(search, name)}
      onChange={(chosen) => change({ [name]: writeChosen(name, chosen) })}
    />
  );
  const clear = (): void =>
    change({
      severity: undefined,
      status: undefined,
      kind: undefined,
      verdict: undefined,
      mine: undefined,
      type: undefined,
      search: undefined,
    });
  return (
    <FilterBar aside={aside} onClear={isFiltered(search) ? clear : undefined}>
      <SearchWords error={searchError} />
      {(['status', 'severity', 'kind', 'verdict'] as const).map(menu)}
      {userId !== undefined && (
        <Button
          look="quiet"
          icon="user"
          isOn={search.has('mine')}
          aria-pressed={search.has('mine')}
          onPress={() => change({ mine: search.has('mine') ? undefined : 'yes' })}
        >
          {words.filters.mine}
        </Button>
      )}
      {type !== null && (
        <Button icon="close" onPress={() => change({ type: undefined })}>
          {`${words.filters.type}: ${visibleText(type)}`}
        </Button>
      )}
      <SavedViews />
    </FilterBar>
  );
}

function SearchWords({ error }: { readonly error: string | undefined }) {
  const words = useWords(alertWords);
  const [search, change] = useSearch();
  const given = search.get('search') ?? '';
  const [text, setText] = useState(given);
  // What stands in the address may come from elsewhere: a saved view, or the way back.
  useEffect(() => setText(given), [given]);
  useEffect(() => {
    if (text === given) return undefined;
    const timer = setTimeout(() => change({ search: text }), restMs);
    return () => clearTimeout(timer);
  }, [text, given, change]);
  return (
    <SearchInput
      label={words.search}
      placeholder={words.searchHint}
      value={text}
      onChange={setText}
      onSubmit={(value) => change({ search: value })}
      error={error}
    />
  );
}
