import { useData } from '../../data/use-data.ts';
import { useNow } from '../../format/clock.ts';
import { byteSize, wholeNumber } from '../../format/number.ts';
import { relativeTime } from '../../format/time.ts';
import { OverviewRetention, OverviewStorage } from '../../generated/overview.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccess } from '../../session/access.ts';
import { retentionWords } from '../data/retention-words.ts';
import { daysLeft } from './figures.ts';
import { overviewWords } from './words.ts';

interface StorageCardProps {
  /** Since when sources could send, in milliseconds. */
  readonly ageMs: number;
  readonly everyMs: number;
}

/** What a rule makes of it changes by days; in milliseconds. */
const rulesEveryMs = 600_000;

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
        <NextRule />
      </dl>
    </section>
  );
}

/** Which rule deletes next of what there is, where one will. */
function NextRule() {
  const locale = useLocale();
  const words = useWords(overviewWords).storage;
  const { names } = useWords(retentionWords);
  const now = useNow();
  const { data } = useData(OverviewRetention, {}, { pause: !useAccess().can('DATA_READ'), everyMs: rulesEveryMs });
  const coming = (data?.retention ?? []).flatMap(({ dataSet, bitesAt }) =>
    bitesAt === null ? [] : [{ dataSet, at: new Date(Math.max(new Date(bitesAt).getTime(), now.getTime())) }],
  );
  const [next] = coming.sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!next) return null;
  return (
    <>
      <dt>{words.next}</dt>
      <dd>{words.nextRule(names[next.dataSet], relativeTime(next.at, now, locale))}</dd>
    </>
  );
}

function forecast(days: number | undefined, words: ReturnType<typeof useWords<(typeof overviewWords)['en']>>): string {
  const { early, long, days: inDays } = words.storage.forecast;
  if (days === undefined) return early;
  return days > 365 ? long : inDays(Math.floor(days));
}
