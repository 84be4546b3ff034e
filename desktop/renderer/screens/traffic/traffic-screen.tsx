import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterBar, SearchInput } from '../../components/filter-bar.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { usePagedRows } from '../../data/paged-rows.ts';
import { type FlowKind, FlowKindValues } from '../../generated/schema.ts';
import { TrafficList, type TrafficListVariables, type TrafficRow } from '../../generated/traffic.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { NothingYet } from '../../lists/nothing-yet.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { useSearchText } from '../../lists/search-text.ts';
import { TimeFilter, useTimeFault } from '../../lists/time-filter.tsx';
import { timeNames, timeRangeOf } from '../../lists/time-range.ts';
import { useSearch } from '../../router/router.ts';
import { ExportDialog } from './export-dialog.tsx';
import { columnsOf, monoFields, numericFields, shownValue, threatsOf } from './traffic-fields.ts';
import { TrafficPanel } from './traffic-panel.tsx';
import { trafficWords } from './words.ts';
import './traffic.css';

const kinds = ['DNS', 'TCP', 'DHCP', 'HTTP'] as const satisfies readonly FlowKind[];
const filterNames = ['address', 'name', ...timeNames] as const;

/** What sensors recorded of the traffic, one kind at a time. */
export function Screen() {
  const words = useWords(trafficWords);
  const [search, change] = useSearch();
  const kind = FlowKindValues.find((each) => each === search.get('kind')) ?? 'DNS';
  const [isExporting, setExporting] = useState(false);
  const conditions = filterNames.map((name) => search.get(name) ?? '').join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the address only the conditions make another list
  const variables = useMemo(() => ({ kind, filter: filterFor(search) }), [kind, conditions]);
  const { rows, total, failure, list } = usePagedRows(TrafficList, variables, ({ flowRecords }) => flowRecords);
  const columns = useColumns(kind);
  const ids = useMemo(() => (rows ?? []).map(({ id }) => id), [rows]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ids);
  const isFiltered = filterNames.some((name) => search.has(name));
  const fault = useTimeFault();
  const clear = (): void => change(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  const shown = rows?.find(({ id }) => id === openKey);
  return (
    <div className="list-screen">
      <TrafficFilters
        kind={kind}
        onClear={isFiltered ? clear : undefined}
        aside={
          <>
            <span className="quiet">{rows && !fault && words.total(total.count, total.isLowerBound)}</span>
            <Button icon="refresh" isIconOnly look="quiet" onPress={() => void list.read()}>
              {words.refresh}
            </Button>
            <Button
              icon="download"
              isDisabled={!rows?.length || fault !== undefined}
              onPress={() => setExporting(true)}
            >
              {words.export.action}
            </Button>
          </>
        }
      />
      <div className="list-split">
        <div className="list-column">
          <ListBody
            count={rows?.length}
            failure={failure}
            fault={fault}
            onRetry={() => void list.read()}
            onClear={isFiltered ? clear : undefined}
            empty={<NothingYet icon="traffic" words={{ ...words.empty, title: words.empty.title(words.kind[kind]) }} />}
          >
            <DataTable
              key={kind}
              label={words.list(words.kind[kind])}
              columns={columns}
              rows={rows ?? []}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ id }) => open(id)}
              totalCount={total.count}
              onEnd={list.readMore}
            />
          </ListBody>
        </div>
        {shown && <TrafficPanel key={shown.id} row={shown} onClose={close} />}
      </div>
      {isExporting && <ExportDialog kind={kind} list={list} onClose={() => setExporting(false)} />}
    </div>
  );
}

function keyOf({ id }: TrafficRow): string {
  return id;
}

/** The API's filter for an address. */
function filterFor(search: URLSearchParams): NonNullable<TrafficListVariables['filter']> {
  const addresses = (search.get('address') ?? '').split(/[\s,;]+/).filter(Boolean);
  const name = search.get('name');
  const occurredAt = timeRangeOf(search);
  return {
    ...(addresses.length > 0 && { address: addresses }),
    ...(name && { name }),
    ...(occurredAt && { occurredAt }),
  };
}

function useColumns(kind: FlowKind): readonly Column<TrafficRow>[] {
  const words = useWords(trafficWords);
  const locale = useLocale();
  return useMemo(
    () =>
      columnsOf[kind].map(
        ([name, width, minTable]): Column<TrafficRow> => ({
          key: name,
          header: words.columns[name],
          width,
          ...(minTable !== undefined && { minTable }),
          ...(numericFields.has(name) && { align: 'end' as const }),
          cell: (row) => {
            if (name === 'occurredAt') return <Moment at={row.occurredAt} />;
            if (name === 'threats') return <ThreatMark row={row} />;
            return (
              <span className={monoFields.has(name) ? 'mono' : ''}>
                <UntrustedText>{shownValue(row, name, locale)}</UntrustedText>
              </span>
            );
          },
        }),
      ),
    [kind, words, locale],
  );
}

function ThreatMark({ row }: { readonly row: TrafficRow }) {
  const words = useWords(trafficWords);
  const [first] = threatsOf(row);
  if (!first) return null;
  return (
    <Pill tone="bad" icon="warning">
      <span className="hidden-text">{words.threat}: </span>
      {words.threats[first.kind]}
    </Pill>
  );
}

interface TrafficFiltersProps {
  readonly kind: FlowKind;
  readonly onClear: (() => void) | undefined;
  readonly aside: React.ReactNode;
}

function TrafficFilters({ kind, onClear, aside }: TrafficFiltersProps) {
  const words = useWords(trafficWords);
  const [, change] = useSearch();
  const [address, writeAddress, submitAddress] = useSearchText('address');
  const [name, writeName, submitName] = useSearchText('name');
  return (
    <FilterBar onClear={onClear} aside={aside}>
      <fieldset className="kind-choice">
        <legend className="hidden-text">{words.kinds}</legend>
        {kinds.map((each) => (
          <Button
            key={each}
            look="quiet"
            isOn={each === kind}
            aria-pressed={each === kind}
            onPress={() => change({ kind: each, open: undefined, ...(each === 'TCP' && { name: undefined }) })}
          >
            {words.kind[each]}
          </Button>
        ))}
      </fieldset>
      <SearchInput
        label={words.address}
        placeholder={words.addressHint}
        value={address}
        onChange={writeAddress}
        onSubmit={submitAddress}
      />
      {kind !== 'TCP' && (
        <SearchInput
          label={words.name}
          placeholder={words.nameHint}
          value={name}
          onChange={writeName}
          onSubmit={submitName}
        />
      )}
      <TimeFilter />
    </FilterBar>
  );
}
