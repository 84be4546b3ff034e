import { useEffect, useState } from 'react';
import { useSignal } from '../../data/signal.ts';
import { useConnection } from '../../data/use-data.ts';
import { OverviewPulse, type Pulse } from '../../generated/overview.ts';

const retryMs = 1_000;

/** How things are, every two seconds; the last tick stays while the connection is away. */
export function usePulse(): Pulse | undefined {
  const { client, link: linkSignal } = useConnection();
  const link = useSignal(linkSignal);
  const [pulse, setPulse] = useState<Pulse>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is made by subscribing anew
  useEffect(() => {
    if (link !== 'live') return undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const { unsubscribe } = client.subscription(OverviewPulse, {}).subscribe(({ data, error }) => {
      if (data) setPulse(data.statsTick);
      else if (error) retry = setTimeout(() => setAttempt((made) => made + 1), retryMs);
    });
    return () => {
      clearTimeout(retry);
      unsubscribe();
    };
  }, [client, link, attempt]);
  return pulse;
}
