import { severities } from '../../components/severities.ts';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { wholeNumber } from '../../format/number.ts';
import type { Pulse } from '../../generated/overview.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { overviewWords } from './words.ts';

/** How many groups of each severity are open; each line leads to them. */
export function OpenCard({ pulse }: { readonly pulse: Pulse | undefined }) {
  const words = useWords(overviewWords);
  const locale = useLocale();
  const counts = new Map(pulse?.openGroups.map(({ severity, count }) => [severity, count]));
  const most = Math.max(1, ...counts.values());
  const rows = severities.toReversed().filter((severity) => (counts.get(severity) ?? 0) > 0);
  return (
    <section className="card stack">
      <div className="spread">
        <h2>{words.open.title}</h2>
        <Link to="/alerts" className="card-link">
          {words.open.all}
        </Link>
      </div>
      {pulse && rows.length === 0 && <p className="quiet">{words.open.none}</p>}
      <ul className="open-rows">
        {rows.map((severity) => {
          const count = counts.get(severity) ?? 0;
          return (
            <li key={severity}>
              <Link to={`/alerts?severity=${severity}`} className="open-row">
                <SeverityBadge severity={severity} />
                <span className="open-bar" data-severity={severity} aria-hidden="true">
                  <span ref={(bar) => bar?.style.setProperty('inline-size', `${(100 * count) / most}%`)} />
                </span>
                <span className="open-count">{wholeNumber(count, locale)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
