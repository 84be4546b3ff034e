import { memo } from 'react';
import { useNow } from '../format/clock.ts';
import { absoluteTime, relativeTime, shortTime } from '../format/time.ts';
import { useLocale } from '../i18n/use-locale.ts';
import { useWords } from '../i18n/words.ts';
import { componentWords } from './words.ts';

interface MomentProps {
  /** ISO 8601. */
  readonly at: string;
  /** Date and time in place of how long ago it was. */
  readonly isAbsolute?: boolean;
  /** When its sender says that it happened: told under the pointer where that is another time. */
  readonly happenedAt?: string;
}

/** Clocks of senders differ by less than this, and so does what an event takes to arrive. */
const sameMs = 60_000;

/** An instant: how long ago it was, and in full, with its zone, under the pointer and for screen readers. */
export const Moment = memo(function Moment({ at, isAbsolute = false, happenedAt = at }: MomentProps) {
  const locale = useLocale();
  const words = useWords(componentWords);
  const now = useNow();
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return <span>{at}</span>;
  const happened = new Date(happenedAt);
  const isApart = Math.abs(happened.getTime() - instant.getTime()) >= sameMs;
  const full = [absoluteTime(instant, locale), ...(isApart ? [words.says(absoluteTime(happened, locale))] : [])];
  // A clock that is behind the server's would say "in 2 seconds" of what has just happened.
  const seen = instant > now ? instant : now;
  return (
    <time dateTime={at} title={full.join('\n')}>
      {isAbsolute ? shortTime(instant, locale) : relativeTime(instant, seen, locale)}
    </time>
  );
});
