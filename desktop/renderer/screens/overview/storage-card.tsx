import { useData } from '../../data/use-data.ts';
import { byteSize, wholeNumber } from '../../format/number.ts';
import { OverviewStorage } from '../../generated/overview.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { daysLeft } from './figures.ts';
import { overviewWords } from './words.ts';

interface StorageCardProps {
  /** Since when sources could send, in milliseconds. */
  readonly ageMs: number;
  readonly everyMs: number;
}

/** What the database takes, what its disk has left, and until when that lasts. */
export function StorageCard({ ageMs, everyMs }: StorageCardProps) {
  const words = useWords(overviewWords);
  const locale = useLocale();
  const { data } = useData(OverviewStorage, {}, { everyMs });
  const about = data?.about;
  if (!about) return null;
  const sizeBytes = Number(about.database.sizeBytes);
  const freeBytes = about.database.freeBytes === null ? undefined : Number(about.database.freeBytes);
  const used = freeBytes === undefined ? 0 : (100 * sizeBytes) / (sizeBytes + freeBytes);
  return (
    <section className="card stack">
      <h2>{words.storage.title}</h2>
      {freeBytes !== undefined && (
        <span className="storage-bar" aria-hidden="true">
          <span ref={(bar) => bar?.style.setProperty('inline-size', `${Math.max(used, 1)}%`)} />
        </span>
      )}
      <dl className="facts">
        <dt>{words.storage.used}</dt>
        <dd>{byteSize(sizeBytes, locale)}</dd>
        {freeBytes !== undefined && (
          <>
            <dt>{words.storage.free}</dt>
            <dd>{byteSize(freeBytes, locale)}</dd>
          </>
        )}
        <dt>{words.storage.events}</dt>
        <dd>{wholeNumber(about.eventCount, locale)}</dd>
        {freeBytes !== undefined && (
          <>
            <dt>{words.storage.lasts}</dt>
            <dd>{forecast(daysLeft({ sizeBytes, freeBytes, events: about.eventCount }, ageMs), words)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function forecast(days: number | undefined, words: ReturnType<typeof useWords<(typeof overviewWords)['en']>>): string {
  const { early, long, days: inDays } = words.storage.forecast;
  if (days === undefined) return early;
  return days > 365 ? long : inDays(Math.floor(days));
}
