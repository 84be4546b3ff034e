import { useEffect, useState } from 'react';
import { absoluteTime, relativeTime } from '../relative-time.ts';

const renewEveryMs = 20_000;

/** The current time, renewed often enough for "3 minutes ago" to stay true. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), renewEveryMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** An instant as people say it, with the full date and zone on hover. */
export function Moment({ iso, now }: { iso: string; now: Date }) {
  const instant = new Date(iso);
  return (
    <time dateTime={iso} title={absoluteTime(instant, navigator.language)}>
      {relativeTime(instant, now, navigator.language)}
    </time>
  );
}
