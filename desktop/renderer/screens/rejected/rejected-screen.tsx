import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Moment } from '../../components/moment.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { usePagedRows } from '../../data/paged-rows.ts';
import { RejectedList, type RejectedRow } from '../../generated/rejected.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { NothingYet } from '../../lists/nothing-yet.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { RejectedPanel } from './rejected-panel.tsx';
import { rejectedWords } from './words.ts';

const noConditions = {};

/** Input that could not be accepted, with the reason and another try. */
export function Screen() {
  const words = useWords(rejectedWords);
  const { rows, total, failure, list } = usePagedRows(
    RejectedList,
    noConditions,
    ({ rejectedEvents }) => rejectedEvents,
  );
  const columns = useColumns();
  const ids = useMemo(() => (rows ?? []).map(({ id }) => id), [rows]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ids);
  // One that was accepted has left the list, and stays open until the person has seen what became of it.
  const [accepted, setAccepted] = useState<RejectedRow>();
  const found = rows?.find(({ id }) => id === openKey);
  const shown = found ?? (accepted?.id === openKey ? accepted : undefined);
  return (
    <div className="list-screen">
      <FilterBar
        aside={
          <>
            <span className="quiet">{rows && words.total(total.count)}</span>
            <Button icon="refresh" onPress={() => void list.read()}>
              {words.refresh}
            </Button>
          </>
        }
      >
        {null}
      </FilterBar>
      <div className="list-split">
        <div className="list-column">
          <ListBody
            count={rows?.length}
            failure={failure}
            onRetry={() => void list.read()}
            onClear={undefined}
            empty={<NothingYet icon="check" words={words.empty} leadsTo="events" />}
          >
            <DataTable
              label={words.list}
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
        {shown && (
          <RejectedPanel
            key={shown.id}
            row={shown}
            onAccepted={() => {
              setAccepted(shown);
              list.remove(shown.id);
            }}
            onClose={close}
          />
        )}
      </div>
    </div>
  );
}

function keyOf({ id }: RejectedRow): string {
  return id;
}

function useColumns(): readonly Column<RejectedRow>[] {
  const { columns } = useWords(rejectedWords);
  return useMemo(
    () => [
      { key: 'time', header: columns.time, width: '6rem', cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
      {
        key: 'reason',
        header: columns.reason,
        width: 'minmax(8rem, 1fr)',
        cell: ({ reason }) => <UntrustedText>{reason}</UntrustedText>,
      },
      {
        key: 'raw',
        header: columns.raw,
        width: 'minmax(6rem, 1fr)',
        minTable: 640,
        cell: ({ raw }) => (
          <span className="mono quiet">
            <UntrustedText>{raw}</UntrustedText>
          </span>
        ),
      },
      {
        key: 'intake',
        header: columns.intake,
        width: 'minmax(5rem, 9rem)',
        minTable: 480,
        cell: ({ intake }) => (intake ? <UntrustedText>{intake.name}</UntrustedText> : '–'),
      },
    ],
    [columns],
  );
}
