import { useMemo } from 'react';
import type { Column } from '../../components/data-table.tsx';
import { Icon } from '../../components/icon.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useNow } from '../../format/clock.ts';
import { briefNumber } from '../../format/number.ts';
import { visibleText } from '../../format/visible-text.ts';
import type { GroupRow } from '../../generated/alerts.ts';
import type { AlertStatus } from '../../generated/schema.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { alertWords } from './words.ts';

const tones = {
  NEW: 'accent',
  IN_PROGRESS: 'waiting',
  SUPPRESSED: 'calm',
  RESOLVED: 'good',
  ARCHIVED: 'calm',
} as const;

/** Where the triage of a group stands, in a word. */
export function StatusPill({ status }: { readonly status: AlertStatus }) {
  const words = useWords(alertWords);
  return (
    <span title={words.statusHint[status]}>
      <Pill tone={tones[status]}>{words.status[status]}</Pill>
    </span>
  );
}

/** Whether a silence in force holds notifications of a group back, as far as is known. */
export function isSilenced({ silences }: Pick<GroupRow, 'silences'>, now: Date): boolean {
  return silences.some(({ endsAt }) => Date.parse(endsAt) > now.getTime());
}

/** That nobody is notified of a group: a small bell struck through. */
function SilencedMark({ group }: { readonly group: GroupRow }) {
  const words = useWords(alertWords);
  if (!isSilenced(group, useNow())) return null;
  return (
    <span className="silenced-mark" title={words.silenced}>
      <Icon name="silences" size={13} />
      <span className="hidden-text">{words.silenced}</span>
    </span>
  );
}

/** The columns of the list of alert groups; the title has what the others leave, and they go first where room is scarce. */
export function useGroupColumns(hasVerdicts: boolean): readonly Column<GroupRow>[] {
  const words = useWords(alertWords);
  const locale = useLocale();
  return useMemo(() => {
    const verdict: Column<GroupRow> = {
      key: 'verdict',
      header: words.columns.verdict,
      width: '8rem',
      minTable: 1000,
      cell: ({ verdict: found }) => <span className="quiet">{found ? words.verdict[found] : '–'}</span>,
    };
    return [
      {
        key: 'severity',
        header: words.columns.severity,
        width: 'var(--severity-track, 5.75rem)',
        cell: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      {
        key: 'title',
        header: words.columns.title,
        width: 'minmax(8rem, 1fr)',
        cell: (group) => (
          <>
            <SilencedMark group={group} />
            <span className="group-title" title={visibleText(group.title)}>
              <UntrustedText>{group.title}</UntrustedText>
            </span>
          </>
        ),
      },
      {
        key: 'type',
        header: words.columns.type,
        width: '6.5rem',
        minTable: 1400,
        cell: ({ type }) => (
          <span className="quiet">
            <UntrustedText>{type}</UntrustedText>
          </span>
        ),
      },
      {
        key: 'path',
        header: words.columns.path,
        width: '12rem',
        minTable: 1200,
        cell: (group) => <UntrustedText isLtr>{pathOf(group)}</UntrustedText>,
      },
      {
        key: 'agent',
        header: words.columns.agent,
        width: '6.5rem',
        minTable: 1000,
        cell: ({ alerts: { nodes } }) => <UntrustedText>{nodes[0]?.agentName ?? nodes[0]?.agent ?? '–'}</UntrustedText>,
      },
      {
        key: 'count',
        header: words.columns.count,
        width: '3.5rem',
        align: 'end',
        minTable: 480,
        cell: ({ count }) => <span title={String(count)}>{briefNumber(count, locale)}</span>,
      },
      {
        // What the list is ordered by: what a sender's clock says of the same alert may be years ago.
        key: 'received',
        header: words.columns.received,
        width: '5.5rem',
        cell: ({ alerts: { nodes }, lastSeen }) => (
          <Moment at={nodes[0]?.receivedAt ?? lastSeen} happenedAt={nodes[0]?.occurredAt ?? lastSeen} />
        ),
      },
      {
        key: 'firstSeen',
        header: words.columns.firstSeen,
        width: '5rem',
        minTable: 1400,
        cell: ({ firstSeen }) => <Moment at={firstSeen} />,
      },
      {
        key: 'status',
        header: words.columns.status,
        width: '6.75rem',
        minTable: 640,
        cell: ({ status }) => <StatusPill status={status} />,
      },
      ...(hasVerdicts ? [verdict] : []),
      {
        key: 'assignee',
        header: words.columns.assignee,
        width: '7rem',
        minTable: 800,
        cell: ({ assignee }) => (
          <span className="quiet">{assignee ? <UntrustedText>{assignee.name}</UntrustedText> : '–'}</span>
        ),
      },
    ];
  }, [words, locale, hasVerdicts]);
}

/** From where to where its latest alert went, by the names of the devices where they are known. */
function pathOf({ alerts, devices = [] }: GroupRow): string {
  const [alert] = alerts.nodes;
  const nameOf = (address: string): string => {
    const device = devices.find(
      ({ lastIp, addresses }) => lastIp === address || addresses.some(({ ip }) => ip === address),
    );
    return device?.friendlyName ?? device?.hostname ?? address;
  };
  const ends = [alert?.sourceIp, alert?.destinationIp].map((address) => (address ? nameOf(address) : '–'));
  return ends.every((end) => end === '–') ? '–' : ends.join(' → ');
}
