import { useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { FilterBar, FilterMenu } from '../../components/filter-bar.tsx';
import { Moment } from '../../components/moment.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { componentWords } from '../../components/words.ts';
import { usePagedRows } from '../../data/paged-rows.ts';
import { useData, useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { DeliveryLog, type DeliveryRow, SendAllAgain } from '../../generated/deliveries.ts';
import { Sinks } from '../../generated/delivery.ts';
import { type DeliveryFilter, DeliveryStatusValues } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { navigate, useSearch } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { DeliveryPanel } from './delivery-panel.tsx';
import { StatusPill } from './status-pill.tsx';
import { useDeliveryFeed } from './use-delivery-feed.ts';
import { deliveryWords } from './words.ts';

const noChanges: ReadonlyMap<string, DeliveryRow> = new Map();

/** Every notification with its attempts, the latest first, as they happen. */
export function DeliveryLogPage() {
  const words = useWords(deliveryWords);
  const { clearFilters } = useWords(componentWords);
  const [search, change] = useSearch();
  const filter = useMemo(() => filterOf(search), [search]);
  const variables = useMemo(() => ({ filter }), [filter]);
  const { rows, total, failure, list } = usePagedRows(DeliveryLog, variables, ({ deliveries }) => deliveries);
  const sinks = useData(Sinks, {});
  const [changed, setChanged] = useState(noChanges);
  const [active, setActive] = useState<string>();
  const [openId, setOpenId] = useState<string>();
  const take = (delivery: DeliveryRow): void => {
    if (!fits(delivery, filter)) {
      list.remove(delivery.id);
      return;
    }
    setChanged((before) => new Map(before).set(delivery.id, delivery));
    list.prepend([delivery]);
  };
  useDeliveryFeed({ onChange: take, onGap: () => void list.read() });
  // What was read anew is newer than the changes that were kept.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is the reason
  useEffect(() => setChanged(noChanges), [list]);
  const current = useMemo(() => rows?.map((row) => changed.get(row.id) ?? row), [rows, changed]);
  const opened = current?.find(({ id }) => id === openId);
  const columns = useColumns();
  const clear = (): void => change({ sink: undefined, status: undefined });
  const isFiltered = filter.sinkId !== undefined || filter.status !== undefined;

  return (
    <div className="list-screen">
      <FilterBar
        onClear={isFiltered ? clear : undefined}
        aside={
          <>
            {rows && <span className="quiet">{words.log.count(total.count, total.isLowerBound)}</span>}
            <ReplayAll filter={filter} />
          </>
        }
      >
        <FilterMenu
          label={words.log.status}
          choices={DeliveryStatusValues.map((value) => ({ value, label: words.status[value] }))}
          chosen={filter.status ?? []}
          onChange={(chosen) => change({ status: chosen.join(',') })}
        />
        {sinks.data && (
          <FilterMenu
            label={words.log.sink}
            choices={sinks.data.eventSinks.nodes.map(({ id, name }) => ({ value: id, label: visibleText(name) }))}
            chosen={filter.sinkId ? [filter.sinkId] : []}
            onChange={(chosen) => change({ sink: chosen[0] })}
            isSingle
          />
        )}
      </FilterBar>
      <div className="list-split">
        {current && current.length > 0 && (
          <DataTable
            label={words.log.title}
            columns={columns}
            rows={current}
            keyOf={({ id }) => id}
            activeKey={active}
            onActivate={setActive}
            onOpen={({ id }) => setOpenId(id)}
            totalCount={total.count}
            onEnd={list.readMore}
          />
        )}
        {current?.length === 0 && (
          <StatePanel
            icon="delivery"
            title={isFiltered ? words.log.noneFits.title : words.log.none.title}
            action={
              isFiltered ? (
                <Button onPress={clear}>{clearFilters}</Button>
              ) : (
                <Button icon="delivery" onPress={() => navigate('/delivery')}>
                  {words.log.none.action}
                </Button>
              )
            }
          >
            {isFiltered ? words.log.noneFits.text : words.log.none.text}
          </StatePanel>
        )}
        {!current && (failure ? <FailedPanel failure={failure} onRetry={() => void list.read()} /> : <LoadingPanel />)}
        {opened && <DeliveryPanel delivery={opened} onClose={() => setOpenId(undefined)} />}
      </div>
    </div>
  );
}

function useColumns(): readonly Column<DeliveryRow>[] {
  const words = useWords(deliveryWords);
  return useMemo<Column<DeliveryRow>[]>(
    () => [
      { key: 'at', header: words.log.at, width: '6.5rem', cell: ({ createdAt }) => <Moment at={createdAt} /> },
      { key: 'status', header: words.log.status, width: '7rem', cell: ({ status }) => <StatusPill status={status} /> },
      {
        key: 'sink',
        header: words.log.sink,
        width: 'minmax(5rem, 1fr)',
        cell: ({ sink }) => (sink ? <UntrustedText>{sink.name}</UntrustedText> : words.log.gone),
      },
      {
        key: 'alert',
        header: words.log.alert,
        width: 'minmax(8rem, 2.4fr)',
        cell: ({ group }) => (group ? <UntrustedText>{group.title}</UntrustedText> : words.log.gone),
      },
      {
        key: 'severity',
        header: words.log.severity,
        width: '7rem',
        minTable: 640,
        cell: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      {
        key: 'attempts',
        header: words.log.attempts,
        width: '5.5rem',
        minTable: 640,
        align: 'end',
        cell: ({ attempts }) => attempts.length,
      },
    ],
    [words],
  );
}

function ReplayAll({ filter }: { readonly filter: DeliveryFilter }) {
  const words = useWords(deliveryWords).log;
  const failureText = useFailureText();
  const [isAsked, ask] = useState(false);
  const [run, isRunning] = useDeed(SendAllAgain);
  const mayWrite = useAccess().can('SINKS_WRITE');
  const isOfDead = filter.status?.length === 1 && filter.status[0] === 'DEAD';
  if (!mayWrite || !isOfDead) return null;
  const go = async (): Promise<void> => {
    const { data, failure } = await run({ filter: filter.sinkId ? { sinkId: filter.sinkId } : {} });
    ask(false);
    if (failure) showToast(failureText(failure), { tone: 'bad' });
    else showToast(words.replayedAll(data.replayDeliveries));
  };
  return (
    <>
      <Button icon="refresh" onPress={() => ask(true)}>
        {words.replayAll}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={words.replayAllTitle}
          action={words.replay}
          isPending={isRunning}
          onConfirm={() => void go()}
          onClose={() => ask(false)}
        >
          {words.replayAllText}
        </ConfirmDialog>
      )}
    </>
  );
}

/** The conditions in the address. */
function filterOf(search: URLSearchParams): DeliveryFilter {
  const wanted = (search.get('status') ?? '').split(',');
  const status = DeliveryStatusValues.filter((value) => wanted.includes(value));
  const sinkId = search.get('sink');
  return { ...(status.length > 0 && { status }), ...(sinkId && { sinkId }) };
}

function fits({ sinkId, status }: DeliveryRow, filter: DeliveryFilter): boolean {
  return (!filter.sinkId || filter.sinkId === sinkId) && (!filter.status || filter.status.includes(status));
}
