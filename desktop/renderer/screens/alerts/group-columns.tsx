import { useMemo } from 'react';
import type { Column } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { briefNumber } from '../../format/number.ts';
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
  return <Pill tone={tones[status]}>{words.status[status]}</Pill>;
}

/** The columns of the list of alert groups. */
export function useGroupColumns(): readonly Column<GroupRow>[] {
  const words = useWords(alertWords);
  const locale = useLocale();
  return useMemo(
    () => [
      {
        key: 'severity',
        header: words.columns.severity,
        width: '5.75rem',
        cell: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      {
        key: 'title',
        header: words.columns.title,
        width: 'minmax(5rem, 3fr)',
        cell: ({ title }) => (
          <span className="group-title">
            <UntrustedText>{title}</UntrustedText>
          </span>
        ),
      },
      {
        key: 'type',
        header: words.columns.type,
        width: 'minmax(4.5rem, 0.6fr)',
        minTable: 800,
        cell: ({ type }) => (
          <span className="quiet">
            <UntrustedText>{type}</UntrustedText>
          </span>
        ),
      },
      {
        key: 'path',
        header: words.columns.path,
        width: 'minmax(8rem, 1.2fr)',
        minTable: 1000,
        cell: (group) => <UntrustedText isLtr>{pathOf(group)}</UntrustedText>,
      },
      {
        key: 'agent',
        header: words.columns.agent,
        width: 'minmax(5rem, 0.6fr)',
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
        key: 'lastSeen',
        header: words.columns.lastSeen,
        width: '4.75rem',
        minTable: 480,
        cell: ({ lastSeen }) => <Moment at={lastSeen} />,
      },
      {
        key: 'firstSeen',
        header: words.columns.firstSeen,
        width: '5rem',
        minTable: 1200,
        cell: ({ firstSeen }) => <Moment at={firstSeen} />,
      },
      {
        key: 'status',
        header: words.columns.status,
        width: '7rem',
        minTable: 640,
        cell: ({ status }) => <StatusPill status={status} />,
      },
      {
        key: 'assignee',
        header: words.columns.assignee,
        width: 'minmax(5rem, 0.7fr)',
        minTable: 800,
        cell: ({ assignee, verdict }) => (
          <span className="truncate quiet">
            {assignee ? <UntrustedText>{assignee.name}</UntrustedText> : verdict ? words.verdict[verdict] : '–'}
          </span>
        ),
      },
    ],
    [words, locale],
  );
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
