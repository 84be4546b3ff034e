import { useMemo } from 'react';
import { SeverityMark } from '../../components/severity-badge.tsx';
import { type Series, Sparkline } from '../../components/sparkline.tsx';
import { componentWords } from '../../components/words.ts';
import { wholeNumber } from '../../format/number.ts';
import { clockTime } from '../../format/time.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { type Activity, peakOf, sumOf } from './figures.ts';
import { overviewWords } from './words.ts';

/** Alerts of the last 24 hours by severity: as bars, as numbers, and in one sentence. */
export function ActivityCard({ activity }: { readonly activity: Activity | undefined }) {
  const words = useWords(overviewWords);
  const names = useWords(componentWords).severity;
  const series = useMemo<readonly Series[]>(
    () =>
      (activity?.series ?? []).map(({ severity, values }) => ({
        label: names[severity],
        color: `--${severity.toLowerCase()}`,
        values,
      })),
    [activity, names],
  );
  const locale = useLocale();
  const totals = (activity?.series ?? [])
    .map(({ severity, values }) => ({ severity, count: sumOf(values) }))
    .toReversed();
  const parts = totals.map(({ severity, count }) => `${wholeNumber(count, locale)} ${names[severity]}`).join(', ');
  const peak = activity && peakOf(activity);
  const summary =
    !activity || activity.total === 0 || peak === undefined
      ? words.activity.none
      : words.activity.summary(words.activity.total(activity.total), parts, clockTime(new Date(peak * 1_000), locale));
  return (
    <section className="card stack activity">
      <div className="spread">
        <h2>{words.activity.title}</h2>
        <ul className="legend">
          {totals.map(({ severity, count }) => (
            <li key={severity} data-severity={severity}>
              <SeverityMark severity={severity} />
              {names[severity]} <strong>{wholeNumber(count, locale)}</strong>
            </li>
          ))}
        </ul>
      </div>
      {activity && activity.total > 0 ? (
        <Sparkline times={activity.times} series={series} height={150} summary={summary} />
      ) : (
        <p className="quiet activity-none">{activity ? words.activity.none : ' '}</p>
      )}
    </section>
  );
}
