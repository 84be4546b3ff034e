import { useMemo, useState } from 'react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FilterBar, FilterMenu } from '../../components/filter-bar.tsx';
import { Moment } from '../../components/moment.tsx';
import { FailedPanel, LoadingPanel, StatePanel } from '../../components/state-panel.tsx';
import { UntrustedBlock, UntrustedText } from '../../components/untrusted-text.tsx';
import { usePagedRows } from '../../data/paged-rows.ts';
import { useData } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { type AuditAction, AuditActionValues, type AuditFilter } from '../../generated/schema.ts';
import { AuditLog, type AuditRow } from '../../generated/settings-audit.ts';
import { TokenOwners } from '../../generated/settings-tokens.ts';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { useAccess } from '../../session/access.ts';
import { actionWords } from './action-words.ts';
import { auditWords } from './audit-words.ts';
import { Section } from './section.tsx';

const spans = ['1', '7', '30'] as const;
const dayMs = 86_400_000;

/** What was done and what was refused, the latest first, read on as somebody scrolls. */
export function AuditPage() {
  const words = useWords(auditWords);
  const actions = useWords(actionWords);
  const { can } = useAccess();
  const [search, change] = useSearch();
  const { action, person, days } = readSearch(search);
  const filter = useAuditFilter(search);
  const variables = useMemo(() => ({ filter }), [filter]);
  const { rows, total, failure, list } = usePagedRows(AuditLog, variables, ({ auditLog }) => auditLog);
  const people = useData(TokenOwners, {}, { pause: !can('USERS_READ') });
  const [active, setActive] = useState<string>();
  const [opened, setOpened] = useState<AuditRow>();
  const columns = useMemo<Column<AuditRow>[]>(
    () => [
      { key: 'at', header: words.at, width: '9.5rem', cell: ({ at }) => <Moment at={at} isAbsolute /> },
      {
        key: 'who',
        header: words.who,
        width: 'minmax(6rem, 1fr)',
        minTable: 480,
        cell: (row) => <UntrustedText>{whoOf(row)}</UntrustedText>,
      },
      { key: 'what', header: words.what, width: 'minmax(7rem, 1.6fr)', cell: (row) => actions[row.action] },
      {
        key: 'subject',
        header: words.subject,
        width: 'minmax(6rem, 1.4fr)',
        minTable: 640,
        cell: (row) => <UntrustedText>{subjectOf(row)}</UntrustedText>,
      },
    ],
    [words, actions],
  );
  const isFiltered = action.length > 0 || person.length > 0 || days !== undefined;
  const clear = (): void => change({ action: undefined, person: undefined, days: undefined });

  return (
    <Section title={words.title} text={words.text}>
      <div className="audit-list">
        <FilterBar
          onClear={isFiltered ? clear : undefined}
          aside={rows && <span className="quiet">{words.count(total.count, total.isLowerBound)}</span>}
        >
          <FilterMenu
            label={words.filters.action}
            choices={AuditActionValues.map((value) => ({ value, label: actions[value] }))}
            chosen={action}
            onChange={(chosen) => change({ action: chosen.join(',') })}
          />
          {people.data && (
            <FilterMenu
              label={words.filters.person}
              choices={people.data.users.map(({ id, name }) => ({ value: id, label: visibleText(name) }))}
              chosen={person}
              onChange={(chosen) => change({ person: chosen.join(',') })}
            />
          )}
          <FilterMenu
            label={words.filters.time}
            choices={spans.map((value) => ({ value, label: words.spans[value] }))}
            chosen={days === undefined ? [] : [days]}
            onChange={(chosen) => change({ days: chosen[0] })}
            isSingle
          />
        </FilterBar>
        {rows && rows.length > 0 && (
          <DataTable
            label={words.title}
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            activeKey={active}
            onActivate={setActive}
            onOpen={setOpened}
            totalCount={total.count}
            onEnd={list.readMore}
            markOf={(row) => (row.action === 'REFUSED' || row.action === 'SIGN_IN_FAILED' ? 'refused' : undefined)}
          />
        )}
        {rows?.length === 0 && (
          <StatePanel icon="note" title={words.none.title}>
            {words.none.text}
          </StatePanel>
        )}
        {!rows && (failure ? <FailedPanel failure={failure} onRetry={() => void list.read()} /> : <LoadingPanel />)}
      </div>
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(undefined)} />}
    </Section>
  );
}

/** Who did it; of a sign-in that failed what was tried, and from where. */
function whoOf({ action, actor, details }: AuditRow): string {
  if (action !== 'SIGN_IN_FAILED') return actor.name;
  const known = [details['email'], details['address']].filter((each) => typeof each === 'string');
  return known.length > 0 ? known.join(' · ') : actor.name;
}

/** How what it was done to is called: today, or else in what was asked for. */
function subjectOf({ subject, subjectName, details }: AuditRow): string {
  if (subjectName !== null) return subjectName;
  const input: Readonly<Record<string, unknown>> = Object(details['input']);
  const named = [input['name'], details['name'], input['reason'], input['email']].find(
    (each) => typeof each === 'string' && each !== '',
  );
  return typeof named === 'string' ? named : subject;
}

function EntryDialog({ entry, onClose }: { readonly entry: AuditRow; readonly onClose: () => void }) {
  const words = useWords(auditWords);
  const actions = useWords(actionWords);
  const { action, at, actor, subject, details, sequence, hash } = entry;
  return (
    <Dialog title={actions[action]} onClose={onClose} isWide>
      <dl className="facts">
        <dt>{words.at}</dt>
        <dd>
          <Moment at={at} isAbsolute />
        </dd>
        <dt>{words.who}</dt>
        <dd>
          <UntrustedText>{whoOf(entry)}</UntrustedText>
        </dd>
        {actor.credentialName && (
          <>
            <dt>{words.by}</dt>
            <dd>
              <UntrustedText>{actor.credentialName}</UntrustedText>
            </dd>
          </>
        )}
        <dt>{words.subject}</dt>
        <dd>
          <UntrustedText>{subjectOf(entry)}</UntrustedText>
        </dd>
        {subjectOf(entry) !== subject && (
          <>
            <dt>{words.id}</dt>
            <dd className="mono">
              <UntrustedText>{subject}</UntrustedText>
            </dd>
          </>
        )}
        <dt>{words.sequence}</dt>
        <dd>{sequence}</dd>
        <dt>{words.hash}</dt>
        <dd className="mono">{hash}</dd>
      </dl>
      <UntrustedBlock label={words.details}>{JSON.stringify(details, null, 2)}</UntrustedBlock>
    </Dialog>
  );
}

function readSearch(search: URLSearchParams) {
  const listed = (name: string): string[] => (search.get(name) ?? '').split(',').filter(Boolean);
  return {
    action: listed('action').filter((value): value is AuditAction =>
      AuditActionValues.some((known) => known === value),
    ),
    person: listed('person'),
    days: spans.find((span) => span === search.get('days')),
  };
}

/** The conditions in the address as the API takes them; the same object until the address changes. */
function useAuditFilter(search: URLSearchParams): AuditFilter {
  return useMemo(() => {
    const { action, person, days } = readSearch(search);
    const from = days && new Date(Date.now() - Number(days) * dayMs).toISOString();
    return {
      ...(action.length > 0 && { action }),
      ...(person.length > 0 && { userId: person }),
      ...(from && { at: { from } }),
    };
  }, [search]);
}
