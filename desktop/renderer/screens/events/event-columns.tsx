import { useMemo } from 'react';
import type { Column } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import type { EventRow } from '../../generated/events.ts';
import { useWords } from '../../i18n/words.ts';
import { formatNames } from './format-names.ts';
import { eventWords } from './words.ts';

/** The columns of the list of events. */
export function useEventColumns(): readonly Column<EventRow>[] {
  const words = useWords(eventWords);
  return useMemo(
    () => [
      {
        key: 'time',
        header: words.columns.time,
        width: '5rem',
        cell: ({ receivedAt }) => <Moment at={receivedAt} />,
      },
      {
        key: 'severity',
        header: words.columns.severity,
        width: '5.75rem',
        minTable: 480,
        cell: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      {
        key: 'event',
        header: words.columns.event,
        width: 'minmax(6rem, 1fr)',
        cell: ({ title, message, isAlert }) => (
          <span className="event-text">
            {isAlert && <Pill tone="accent">{words.raised}</Pill>}
            {title !== null && <UntrustedText>{title}</UntrustedText>}
            {message !== title && (
              <span className={title === null ? 'mono' : 'mono quiet'}>
                <UntrustedText>{message}</UntrustedText>
              </span>
            )}
          </span>
        ),
      },
      {
        key: 'host',
        header: words.columns.host,
        width: 'minmax(5rem, 9rem)',
        minTable: 640,
        cell: ({ host }) => (host === null ? '–' : <UntrustedText>{host}</UntrustedText>),
      },
      {
        key: 'app',
        header: words.columns.app,
        width: '8rem',
        minTable: 800,
        cell: ({ app }) => <span className="quiet">{app === null ? '–' : <UntrustedText>{app}</UntrustedText>}</span>,
      },
      {
        key: 'format',
        header: words.columns.format,
        width: '7rem',
        minTable: 1000,
        cell: ({ format }) => <span className="quiet">{formatNames[format]}</span>,
      },
    ],
    [words],
  );
}
