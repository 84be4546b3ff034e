import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FilterBar, FilterMenu } from '../../components/filter-bar.tsx';
import { componentWords } from '../../components/words.ts';
import { visibleText } from '../../format/visible-text.ts';
import { useWords } from '../../i18n/words.ts';
import { TimeFilter, useTimeFault } from '../../lists/time-filter.tsx';
import { useSearch } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import {
  type ConditionName,
  chosenIn,
  conditions,
  isFiltered,
  noConditions,
  unknownIn,
  writeChosen,
} from './filters.ts';
import { NarrowDialog } from './narrow-dialog.tsx';
import { SavedViews } from './saved-views.tsx';
import { SearchWords } from './search-words.tsx';
import { alertWords } from './words.ts';

interface AlertFiltersProps {
  readonly aside: ReactNode;
  /** What is wrong with the search, in the words of the server. */
  readonly searchError: string | undefined;
}

/** Why nothing can be looked for with the conditions of the address, in words; undefined where it can. */
export function useFault(): string | undefined {
  const words = useWords(alertWords);
  const [search] = useSearch();
  const unknown = unknownIn(search);
  const timeFault = useTimeFault();
  return unknown ? words.unknownValue(words.filters[unknown.name], visibleText(unknown.value)) : timeFault;
}

/** The conditions of the list, which stand in the address. */
export function AlertFilters({ aside, searchError }: AlertFiltersProps) {
  const words = useWords(alertWords);
  const { severity } = useWords(componentWords);
  const { userId } = useAccess();
  const [search, change] = useSearch();
  const [isNarrowing, setNarrowing] = useState(false);
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
      {...(name === 'status' && !search.has('status') && { shown: words.openOnly })}
      onChange={(chosen) => change({ [name]: writeChosen(name, chosen) })}
    />
  );
  const clear = (): void => change(noConditions);
  const chip = (name: 'type' | 'agent' | 'about') => {
    const value = search.get(name);
    return (
      value && (
        <Button key={name} icon="close" onPress={() => change({ [name]: undefined })}>
          {`${words.filters[name]}: ${visibleText(value)}`}
        </Button>
      )
    );
  };
  return (
    <FilterBar aside={aside} onClear={isFiltered(search) ? clear : undefined}>
      <SearchWords error={searchError} />
      {(['status', 'severity'] as const).map(menu)}
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
      <TimeFilter />
      {(['kind', 'verdict'] as const).filter((name) => chosenIn(search, name).length > 0).map(menu)}
      {(['agent', 'type', 'about'] as const).map(chip)}
      <Button look="quiet" icon="filter" onPress={() => setNarrowing(true)}>
        {words.narrow.open}
      </Button>
      {isNarrowing && <NarrowDialog onClose={() => setNarrowing(false)} />}
      <SavedViews />
    </FilterBar>
  );
}
