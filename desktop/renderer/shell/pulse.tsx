import { useEffect, useState } from 'react';
import { useSignal } from '../data/signal.ts';
import { useConnection } from '../data/use-data.ts';
import { rateNumber } from '../format/number.ts';
import { ShellPulse } from '../generated/shell.ts';
import { useWords } from '../i18n/words.ts';
import { usePreferences } from '../preferences.ts';
import { openGroups } from './open-groups.ts';
import { shellWords } from './words.ts';

const retryMs = 5_000;

/** How many events come in a second, while the server tells: the sign that it still hears its sources. */
export function Pulse() {
  const words = useWords(shellWords);
  const { language } = usePreferences();
  const { client, link: linkSignal } = useConnection();
  const isLive = useSignal(linkSignal) === 'live';
  const [rate, setRate] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is made by subscribing anew
  useEffect(() => {
    if (!isLive) return undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const { unsubscribe } = client.subscription(ShellPulse, {}).subscribe(({ data, error }) => {
      if (data) {
        setRate(data.statsTick.eventsPerSecond);
        openGroups.set(data.statsTick.openGroups.reduce((sum, { count }) => sum + count, 0));
      } else if (error) retry = setTimeout(() => setAttempt((made) => made + 1), retryMs);
    });
    return () => {
      clearTimeout(retry);
      unsubscribe();
      setRate(undefined);
      openGroups.set(undefined);
    };
  }, [client, isLive, attempt]);
  return rate === undefined ? null : <span className="pulse">{words.pulse(rateNumber(rate, language))}</span>;
}
