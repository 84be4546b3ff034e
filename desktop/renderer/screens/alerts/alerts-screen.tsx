import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Signal, useSignal } from '../../data/signal.ts';
import { useConnection } from '../../data/use-data.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import type { AlertGroupChange } from '../../generated/schema.ts';
import { useWords } from '../../i18n/words.ts';
import { useKeys } from '../../keyboard/keyboard.ts';
import { navigate, useSearch } from '../../router/router.ts';
import type { ScreenProps } from '../../routes.ts';
import { useAccess } from '../../session/access.ts';
import { AlertFilters, useFault } from './alert-filters.tsx';
import { BulkBar, BulkProgressBar, type Selection } from './bulk-bar.tsx';
import { filterFor, isFiltered } from './filters.ts';
import { useGroupColumns } from './group-columns.tsx';
import { List, Waiting } from './group-list.tsx';
import { GroupPanel } from './group-panel.tsx';
import { type GroupsView, LiveGroups } from './live-groups.ts';
import { SilenceDialog } from './silence-dialog.tsx';
import { useTriage } from './triage.ts';
import { AssignDialog, CloseDialog, NoteDialog } from './triage-dialogs.tsx';
import { useBulk } from './use-bulk.ts';
import { alertWords } from './words.ts';
import './alerts.css';

const none: Selection = { keys: new Set(), isAll: false };
const notYet = new Signal<GroupsView | undefined>(undefined);

/** The alert groups, live: the screen that triage is done on. */
export function Screen({ params: { groupId } }: ScreenProps) {
  const words = useWords(alertWords);
  const { can, userId } = useAccess();
  const [search, changeSearch] = useSearch();
  const groups = useLiveGroups();
  const view = useSignal<GroupsView | undefined>(groups?.view ?? notYet);
  const text = search.toString();
  const filter = useMemo(() => filterFor(new URLSearchParams(text), userId), [text, userId]);
  useEffect(() => groups?.select(filter), [groups, filter]);

  const [chosenKey, setActiveKey] = useState<string | undefined>(groupId);
  // The feed may take a row away before its change is answered, and the next key is already for the row below it.
  const [leaving, setLeaving] = useState<{ readonly id: string; readonly next: string | undefined }>();
  const [selection, setSelection] = useState(none);
  const [isPaused, setPaused] = useState(false);
  const [isAway, setAway] = useState(false);
  const [dialog, setDialog] = useState<'close' | 'note' | 'assign' | 'silence' | undefined>();
  useEffect(() => groups?.hold(isPaused || isAway), [groups, isPaused, isAway]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter selects nothing
  useEffect(() => setSelection(none), [filter]);

  const rows = view?.rows ?? [];
  const isGone = leaving !== undefined && leaving.id === chosenKey && !rows.some(({ id }) => id === chosenKey);
  const activeKey = isGone ? leaving.next : chosenKey;
  const activeIndex = rows.findIndex(({ id }) => id === activeKey);
  const [opened, setOpened] = useState<GroupRow>();
  // A group that the list does not hold, such as a closed one that a link leads to, is worked on from its details.
  const isBeside = opened !== undefined && opened.id === groupId && (activeIndex < 0 || activeKey === groupId);
  const active = rows[activeIndex] ?? (isBeside ? opened : undefined);
  const columns = useGroupColumns(rows.some(({ verdict }) => verdict !== null));
  const reread = useCallback(() => void groups?.read(), [groups]);
  const change = useTriage(groups, reread);
  const bulk = useBulk(reread);
  const isBulk = selection.keys.size > 0;

  const open = (id: string | undefined): void => {
    const query = globalThis.location.search;
    navigate(`/alerts${id === undefined ? '' : `/${id}`}${query}`, { replace: true });
  };
  const activate = (id: string): void => {
    setActiveKey(id);
    // An open panel follows the active row.
    if (groupId !== undefined && groupId !== id) open(id);
  };
  const step = (by: number): void => {
    const next = rows[Math.max(0, Math.min(activeIndex < 0 ? 0 : activeIndex + by, rows.length - 1))];
    if (next) activate(next.id);
  };
  const apply = (wanted: AlertGroupChange, done: string): void => {
    setDialog(undefined);
    if (isBulk) {
      void bulk.start(selection.isAll ? filter : { ids: [...selection.keys] }, wanted);
      setSelection(none);
      return;
    }
    if (!active) return;
    const neighbour = activeIndex < 0 ? undefined : (rows[activeIndex + 1] ?? rows[activeIndex - 1]);
    setActiveKey(active.id);
    setLeaving({ id: active.id, next: neighbour?.id });
    void change(active, wanted, done).then((isDone) => {
      // The row may have left the list with its status: the keys then go on with the one below it.
      const isThere = groups?.view.get().rows?.some(({ id }) => id === active.id);
      if (isDone && !isThere && neighbour) activate(neighbour.id);
    });
  };
  const acknowledge = (): void => apply({ status: 'IN_PROGRESS' }, words.acknowledged);
  const mayWrite = can('ALERTS_WRITE');
  const ask = (what: NonNullable<typeof dialog>) => (): void => {
    if (active || isBulk) setDialog(what);
  };
  const tick = (): void => {
    if (!active) return;
    const keys = new Set(selection.keys);
    if (!keys.delete(active.id)) keys.add(active.id);
    setSelection({ keys, isAll: false });
  };
  useKeys(words.keys.scope, [
    { key: 'j', label: words.keys.down, run: () => step(1) },
    { key: 'k', label: words.keys.up, run: () => step(-1) },
    { key: 'Enter', label: words.keys.open, run: () => active && open(active.id) },
    { key: 'Escape', label: words.keys.shut, run: () => (isBulk ? setSelection(none) : open(undefined)) },
    { key: 'p', label: words.keys.pause, run: () => setPaused(!isPaused) },
    ...(mayWrite
      ? [
          { key: 'a', label: words.acknowledge, run: acknowledge },
          { key: 'c', label: words.close, run: ask('close') },
          { key: 'n', label: words.note, run: ask('note') },
          { key: 's', label: words.silence, run: () => active && setDialog('silence') },
          { key: 'x', label: words.keys.tick, run: tick },
        ]
      : []),
  ]);

  const total = view?.total ?? { count: 0, isLowerBound: false };
  const fault = useFault();
  const count = isBulk ? (selection.isAll ? total.count : selection.keys.size) : 1;
  return (
    <div className="list-screen">
      {isBulk ? (
        <BulkBar
          selection={selection}
          total={total}
          onAll={() => setSelection({ ...selection, isAll: true })}
          onClear={() => setSelection(none)}
          onAcknowledge={acknowledge}
          onClose={() => setDialog('close')}
          onAssign={() => setDialog('assign')}
        />
      ) : (
        <AlertFilters
          searchError={
            view?.failure?.field === 'search' ? plainFault(view.failure.message, words.badSearch.at) : undefined
          }
          aside={
            <>
              {view !== undefined && view.condensed > 0 && (
                <span className="quiet" title={words.condensedHint}>
                  {words.condensed(view.condensed)}
                </span>
              )}
              <span className="quiet" title={words.groupHint}>
                {view?.rows && !fault && words.total(total.count, total.isLowerBound)}
              </span>
              <Button
                icon={isPaused ? 'play' : 'pause'}
                isIconOnly
                keyHint="p"
                isOn={isPaused}
                onPress={() => setPaused(!isPaused)}
              >
                {isPaused ? words.resume : words.pause}
              </Button>
            </>
          }
        />
      )}
      <div className="list-split">
        <div className="alert-list">
          {bulk.state && <BulkProgressBar bulk={bulk.state} onUndo={bulk.undo} onDismiss={bulk.dismiss} />}
          {view !== undefined && (view.waiting > 0 || view.waitsForMore) && (
            <Waiting
              count={view.waiting}
              isMore={view.waitsForMore}
              onShow={() => {
                setPaused(false);
                setAway(false);
                groups?.hold(false);
                document.querySelector('.alert-list .table')?.scrollTo({ top: 0 });
              }}
            />
          )}
          <List
            view={view}
            fault={fault}
            filter={filter}
            isFiltered={isFiltered(search)}
            onClear={() => navigate('/alerts', { replace: true })}
            onAll={() => changeSearch({ status: 'any' })}
            onRetry={reread}
          >
            <DataTable
              label={words.list}
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ id }) => open(id)}
              {...(mayWrite && {
                selection: { keys: selection.keys, onChange: (keys) => setSelection({ keys, isAll: false }) },
              })}
              totalCount={total.count}
              {...(groups && { onEnd: groups.readMore })}
              onScrollAway={setAway}
              markOf={({ status }) => (status === 'NEW' ? 'new' : undefined)}
            />
          </List>
        </div>
        {groupId !== undefined && (
          <GroupPanel
            key={groupId}
            groupId={groupId}
            row={rows.find(({ id }) => id === groupId)}
            onRead={setOpened}
            onSilence={reread}
            onClose={() => open(undefined)}
            actions={
              mayWrite && active?.id === groupId
                ? {
                    acknowledge,
                    close: ask('close'),
                    note: ask('note'),
                    assign: ask('assign'),
                    silence: () => setDialog('silence'),
                    reopen: () => apply({ status: 'NEW' }, words.reopened),
                  }
                : undefined
            }
          />
        )}
      </div>
      {dialog === 'close' && (
        <CloseDialog
          count={count}
          onChange={(each) => apply(each, words.closed)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'note' && (
        <NoteDialog count={count} onChange={(each) => apply(each, words.noted)} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'assign' && (
        <AssignDialog
          count={count}
          onChange={(each) => apply(each, words.assigned)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'silence' && active && (
        <SilenceDialog group={active} onChanged={reread} onClose={() => setDialog(undefined)} />
      )}
    </div>
  );
}

/** What is wrong with a search without the API's own names for where. */
function plainFault(message: string, at: (place: number) => string): string {
  const [, place, fault] = /^search: (?:at character (\d+): )?(.*)$/s.exec(message) ?? [];
  if (fault === undefined) return message;
  const sentence = fault.charAt(0).toUpperCase() + fault.slice(1).replace(/\.$/, '');
  return place === undefined ? `${sentence}.` : `${sentence} (${at(Number(place))}).`;
}

function keyOf({ id }: GroupRow): string {
  return id;
}

/** The list of this screen, for as long as it is open. */
function useLiveGroups(): LiveGroups | undefined {
  const connection = useConnection();
  const withDevices = useAccess().can('DEVICES_READ');
  const [groups, setGroups] = useState<LiveGroups>();
  useEffect(() => {
    const made = new LiveGroups(connection, withDevices);
    setGroups(made);
    return () => made.close();
  }, [connection, withDevices]);
  return groups;
}
