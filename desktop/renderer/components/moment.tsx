import { memo } from 'react';
import { useNow } from '../format/clock.ts';
import { absoluteTime, relativeTime, shortTime } from '../format/time.ts';
import { useLocale } from '../i18n/use-locale.ts';

interface MomentProps {
  /** ISO 8601. */
  readonly at: string;
  /** Date and time in place of how long ago it was. */
  readonly isAbsolute?: boolean;
}

/** An instant: how long ago it was, and in full, with its zone, under the pointer and for screen readers. */
export const Moment = memo(function Moment({ at, isAbsolute = false }: MomentProps) {
  const locale = useLocale();
  const now = useNow();
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return <span>{at}</span>;
  const full = absoluteTime(instant, locale);
  // A clock that is behind the server's would say "in 2 seconds" of what has just happened.
  const seen = instant > now ? instant : now;
  return (
    <time dateTime={at} title={full}>
      {isAbsolute ? shortTime(instant, locale) : relativeTime(instant, seen, locale)}
    </time>
  );
});
