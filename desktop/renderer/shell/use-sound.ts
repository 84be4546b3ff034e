import { useEffect } from 'react';
import { followFeed } from '../data/feed.ts';
import { useConnection } from '../data/use-data.ts';
import { AlertsToHear, type AlertsToHearData, type AlertsToHearVariables } from '../generated/shell.ts';
import { type Sound, usePreferences } from '../preferences.ts';
import { useAccess } from '../session/access.ts';
import { chime } from './chime.ts';

const heard: Readonly<Record<Exclude<Sound, 'off'>, AlertsToHearVariables['filter']>> = {
  critical: { severity: ['CRITICAL', 'FATAL'], status: ['NEW', 'IN_PROGRESS'] },
  all: { status: ['NEW', 'IN_PROGRESS'] },
};

/** Rings at new alerts while the person wants to hear them. */
export function useSound(): void {
  const connection = useConnection();
  const { sound } = usePreferences();
  const mayHear = useAccess().can('ALERTS_READ');
  useEffect(() => {
    if (sound === 'off' || !mayHear) return undefined;
    return followFeed<AlertsToHearData, AlertsToHearVariables, { readonly id: string }>({
      connection,
      operation: AlertsToHear,
      variables: { filter: heard[sound] },
      read: ({ alertRaised: { cursor, alert, gap } }) => ({ cursor, change: alert, gap }),
      onChange: chime,
      onGap: chime,
    });
  }, [connection, sound, mayHear]);
}
