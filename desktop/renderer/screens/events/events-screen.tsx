import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { FilterBar, FilterMenu, SearchInput } from '../../components/filter-bar.tsx';
import { componentWords } from '../../components/words.ts';
import { mostRows, type RowsView } from '../../data/paged-rows.ts';
import { Signal, useSignal } from '../../data/signal.ts';
import { useConnection } from '../../data/use-data.ts';
import { wholeNumber } from '../../format/number.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { EventRow } from '../../generated/events.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { NothingYet } from '../../lists/nothing-yet.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { useSearchText } from '../../lists/search-text.ts';
import { TimeFilter, useTimeFault } from '../../lists/time-filter.tsx';
import { listWords } from '../../lists/words.ts';
import { useSearch } from '../../router/router.ts';
import { useEventColumns } from './event-columns.tsx';
import { choices, chosenIn, eventFilterFor, exact, filterNames } from './event-filters.ts';
import { EventPanel } from './event-panel.tsx';
import { EventTail, type TailState } from './event-tail.ts';
import { formatNames } from './format-names.ts';
import { eventWords } from './words.ts';
import './events.css';

const noView = new Signal<RowsView<EventRow>>({
  rows: undefined,
  failure: undefined,
  total: { count: 0, isLowerBound: false },
  hasMore: false,
  isLoading: true,
});
const noTail = new Signal<TailState>({ waiting: 0, sampled: { shown: 0, outOf: 0 } });

/** Every event, searched and as it comes in. */
export function Screen() {
  const words = useWords(eventWords);
  const { loaded } = useWords(listWords);
  const locale = useLocale();
  const [search, change] = useSearch();
  const [isPaused, setPaused] = useState(false);
  const [isAway, setAway] = useState(false);
  const tail = useEventTail(filterNames.map((name) => search.get(name) ?? '').join('\n'), search);
  const view = useSignal(tail?.list.view ?? noView);
  const { waiting, sampled } = useSignal(tail?.state ?? noTail);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => setAway(false), [tail]);
  useEffect(() => tail?.hold(isPaused || isAway), [tail, isPaused, isAway]);
  const columns = useEventColumns();
  const { rows = [], total } = view;
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ids, [
    { key: 'p', label: words.pauseKey, run: () => setPaused(!isPaused) },
  ]);
  const isFiltered = filterNames.some((name) => search.has(name));
  const clear = (): void => change(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  const reread = (): void => void tail?.list.read();
  const fault = useTimeFault();
  const isSampled = sampled.outOf > 0;
  return (
    <div className="list-screen">
      <EventFilters
        onClear={isFiltered ? clear : undefined}
        aside={
          <>
            <span className="quiet">{view.rows && !fault && words.total(total.count, total.isLowerBound)}</span>
            <Button icon={isPaused ? 'play' : 'pause'} isOn={isPaused} onPress={() => setPaused(!isPaused)}>
              {isPaused ? words.resume : words.pause}
            </Button>
          </>
        }
      />
      <div className="list-split">
        <div className="list-column">
          {isSampled && (
            <div className="list-notice" role="status">
              <span>
                {words.sampled(
                  wholeNumber(sampled.outOf / sampled.shown, locale),
                  wholeNumber(sampled.outOf - sampled.shown, locale),
                )}
              </span>
              <Button look="quiet" icon="refresh" onPress={reread}>
                {words.sampledAction}
              </Button>
            </div>
          )}
          {rows.length >= mostRows && (
            <div className="list-notice" role="status">
              {loaded(wholeNumber(mostRows, locale))}
            </div>
          )}
          {waiting > 0 && (isPaused || isAway) && (
            <div className="new-rows" role="status">
              <Button
                look="primary"
                onPress={() => {
                  setPaused(false);
                  setAway(false);
                  tail?.hold(false);
                  document.querySelector('.list-column .table')?.scrollTo({ top: 0 });
                }}
              >
                {words.waiting(waiting)}
              </Button>
            </div>
          )}
          <ListBody
            count={view.rows?.length}
            failure={view.failure}
            fault={fault}
            onRetry={reread}
            onClear={isFiltered ? clear : undefined}
            empty={<NothingYet icon="events" words={words.empty} />}
          >
            <DataTable
              label={words.list}
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ id }) => open(id)}
              totalCount={total.count}
              {...(tail && { onEnd: tail.list.readMore })}
              onScrollAway={setAway}
            />
          </ListBody>
        </div>
        {openKey !== undefined && <EventPanel key={openKey} id={openKey} onClose={close} />}
      </div>
    </div>
  );
}

function keyOf({ id }: EventRow): string {
  return id;
}

/** The list of this screen, for as long as it is open and its filters stay. */
function useEventTail(filters: string, search: URLSearchParams): EventTail | undefined {
  const connection = useConnection();
  const [tail, setTail] = useState<EventTail>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the address only the filters make another list
  useEffect(() => {
    const made = new EventTail(connection, eventFilterFor(search));
    setTail(made);
    return () => made.close();
  }, [connection, filters]);
  return tail;
}

interface EventFiltersProps {
  readonly onClear: (() => void) | undefined;
  readonly aside: React.ReactNode;
}

function EventFilters({ onClear, aside }: EventFiltersProps) {
  const words = useWords(eventWords);
  const { severity } = useWords(componentWords);
  const [search, change] = useSearch();
  const [text, write, submit] = useSearchText('q');
  const labels: Record<keyof typeof choices, Readonly<Record<string, string>>> = {
    severity,
    format: formatNames,
    alert: words.alert,
  };
  return (
    <FilterBar onClear={onClear} aside={aside}>
      <SearchInput
        label={words.search}
        placeholder={words.searchHint}
        value={text}
        onChange={write}
        onSubmit={submit}
      />
      {(['severity', 'format', 'alert'] as const).map((name) => (
        <FilterMenu
          key={name}
          label={words.filters[name]}
          choices={choices[name].map((value) => ({ value: value as string, label: labels[name][value] ?? value }))}
          chosen={chosenIn(search, name)}
          onChange={(chosen) => change({ [name]: chosen.join(',') })}
          isSingle={name === 'alert'}
        />
      ))}
      <TimeFilter />
      {exact.map((name) => {
        const value = search.get(name);
        if (!value) return null;
        return (
          <Button key={name} icon="close" onPress={() => change({ [name]: undefined })}>
            {name === 'intake' ? words.filters.intake : `${words.filters[name]}: ${visibleText(value)}`}
          </Button>
        );
      })}
    </FilterBar>
  );
}
