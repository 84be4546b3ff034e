import { useEffect, useMemo, useState } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { FilterBar, FilterMenu, SearchInput } from '../../components/filter-bar.tsx';
import { Signal, useSignal } from '../../data/signal.ts';
import { useConnection } from '../../data/use-data.ts';
import { useNow } from '../../format/clock.ts';
import { wholeNumber } from '../../format/number.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { DeviceRow } from '../../generated/devices.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { NothingYet } from '../../lists/nothing-yet.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { useSearchText } from '../../lists/search-text.ts';
import { useSearch } from '../../router/router.ts';
import { useDeviceColumns } from './device-columns.tsx';
import { filterDevices, filterNames, isNew, kindChoices, seenChoices, sortDevices, sortOf } from './device-filters.ts';
import { DeviceList, type DevicesView, mostDevices } from './device-list.ts';
import { DevicePanel } from './device-panel.tsx';
import { deviceWords } from './words.ts';
import './devices.css';

const noView = new Signal<DevicesView>({ devices: undefined, failure: undefined, total: 0, isReading: true });

/** What is on the network: the inventory of devices, the newest first, live. */
export function Screen() {
  const words = useWords(deviceWords);
  const locale = useLocale();
  const [search, change] = useSearch();
  const list = useDeviceList();
  const view = useSignal(list?.view ?? noView);
  const now = useNow();
  const columns = useDeviceColumns();
  const { devices } = view;
  const text = search.toString();
  const rows = useMemo(() => {
    const params = new URLSearchParams(text);
    return sortDevices(filterDevices(devices ?? [], params, now), sortOf(params), locale);
  }, [devices, text, now, locale]);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ids);
  const isFiltered = filterNames.some((name) => search.has(name));
  const clear = (): void => change(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  const total = wholeNumber(view.total, locale);
  const shown = wholeNumber(rows.length, locale);
  return (
    <div className="list-screen">
      <DeviceFilters
        devices={devices ?? []}
        onClear={isFiltered ? clear : undefined}
        aside={
          <span className="quiet" role="status">
            {devices === undefined
              ? ''
              : view.isReading
                ? words.reading(shown)
                : isFiltered
                  ? words.shown(shown, total)
                  : words.total(view.total)}
          </span>
        }
      />
      <div className="list-split">
        <div className="list-column">
          {view.total > mostDevices && (
            <div className="list-notice">{words.most(wholeNumber(mostDevices, locale), total)}</div>
          )}
          <ListBody
            count={devices && rows.length}
            failure={view.failure}
            onRetry={() => void list?.read()}
            onClear={isFiltered ? clear : undefined}
            empty={<NothingYet icon="devices" words={words.empty} />}
          >
            <DataTable
              label={words.list}
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ id }) => open(id)}
              markOf={(device) => (isNew(device, now) ? 'new' : undefined)}
            />
          </ListBody>
        </div>
        {openKey !== undefined && (
          <DevicePanel key={openKey} id={openKey} onRenamed={(device) => list?.replace(device)} onClose={close} />
        )}
      </div>
    </div>
  );
}

function keyOf({ id }: DeviceRow): string {
  return id;
}

/** The inventory, for as long as the screen is open. */
function useDeviceList(): DeviceList | undefined {
  const connection = useConnection();
  const [list, setList] = useState<DeviceList>();
  useEffect(() => {
    const made = new DeviceList(connection);
    setList(made);
    return () => made.close();
  }, [connection]);
  return list;
}

interface DeviceFiltersProps {
  readonly devices: readonly DeviceRow[];
  readonly onClear: (() => void) | undefined;
  readonly aside: React.ReactNode;
}

function DeviceFilters({ devices, onClear, aside }: DeviceFiltersProps) {
  const words = useWords(deviceWords);
  const [search, change] = useSearch();
  const [text, write, submit] = useSearchText('q');
  const networks = useMemo(() => {
    const found = new Map(devices.flatMap(({ network }) => (network ? [[network.id, network.name] as const] : [])));
    return [...found].map(([value, name]) => ({ value, label: visibleText(name) }));
  }, [devices]);
  const single = (name: 'seen' | 'kind', choices: readonly string[], labels: Readonly<Record<string, string>>) => (
    <FilterMenu
      label={words.filters[name]}
      isSingle
      choices={choices.map((value) => ({ value, label: labels[value] ?? value }))}
      chosen={choices.filter((value) => value === search.get(name))}
      onChange={([value]) => change({ [name]: value })}
    />
  );
  return (
    <FilterBar onClear={onClear} aside={aside}>
      <SearchInput
        label={words.search}
        placeholder={words.searchHint}
        value={text}
        onChange={write}
        onSubmit={submit}
      />
      {networks.length > 0 && (
        <FilterMenu
          label={words.filters.network}
          choices={[...networks, { value: 'none', label: words.noNetwork }]}
          chosen={(search.get('network') ?? '').split(',')}
          onChange={(chosen) => change({ network: chosen.join(',') })}
        />
      )}
      {single('seen', seenChoices, words.seen)}
      {single('kind', kindChoices, words.kind)}
    </FilterBar>
  );
}
