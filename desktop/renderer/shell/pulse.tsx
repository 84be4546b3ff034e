import { useEffect } from 'react';
import { useSignal } from '../data/signal.ts';
import { useConnection } from '../data/use-data.ts';
import { useLatest } from '../data/use-latest.ts';
import { rateNumber } from '../format/number.ts';
import { ShellPulse } from '../generated/shell.ts';
import { useLocale } from '../i18n/use-locale.ts';
import { useWords } from '../i18n/words.ts';
import { openGroups } from './open-groups.ts';
import { shellWords } from './words.ts';

/** How many events come in a second, while the server tells: the sign that it still hears its sources. */
export function Pulse() {
  const words = useWords(shellWords);
  const locale = useLocale();
  const isLive = useSignal(useConnection().link) === 'live';
  const tick = useLatest(ShellPulse)?.statsTick;
  const open = isLive ? tick?.openGroups.reduce((sum, { count }) => sum + count, 0) : undefined;
  useEffect(() => {
    openGroups.set(open);
    return () => openGroups.set(undefined);
  }, [open]);
  if (!isLive || tick === undefined) return null;
  return <span className="pulse">{words.pulse(rateNumber(tick.eventsPerSecond, locale))}</span>;
}
