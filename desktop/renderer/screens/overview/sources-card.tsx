import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { briefNumber } from '../../format/number.ts';
import type { SourceTile } from '../../generated/overview.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { type SourceState, sortSources, stateOf } from './figures.ts';
import { overviewWords } from './words.ts';

const mostRows = 8;
const tones = { silent: 'bad', never: 'waiting', reports: 'good' } as const satisfies Record<SourceState, string>;
const icons = { silent: 'warning', never: 'info', reports: 'check' } as const satisfies Record<SourceState, string>;

/** Every source and when it last reported, the silent ones first. */
export function SourcesCard({ sources, now }: { readonly sources: readonly SourceTile[]; readonly now: Date }) {
  const words = useWords(overviewWords);
  const { can } = useAccess();
  const locale = useLocale();
  const sorted = sortSources(sources, now);
  return (
    <section className="card stack">
      <div className="spread">
        <h2>{words.sources.title}</h2>
        {can('INTAKES_WRITE') && (
          <Link to="/connect" className="card-link">
            {words.sources.connect}
          </Link>
        )}
      </div>
      <ul className="rows">
        {sorted.slice(0, mostRows).map((source) => {
          const state = stateOf(source, now);
          const { eventsPerMinute, lastEventAt } = source.activity;
          return (
            <li key={source.id} className="row">
              <span className="truncate row-name">
                <UntrustedText>{source.name}</UntrustedText>
              </span>
              <span className="quiet row-number">
                {eventsPerMinute > 0 && words.sources.rate(briefNumber(eventsPerMinute, locale))}
              </span>
              <span className="quiet row-time">{lastEventAt !== null && <Moment at={lastEventAt} />}</span>
              <Pill tone={tones[state]} icon={icons[state]}>
                {words.sources[state]}
              </Pill>
            </li>
          );
        })}
      </ul>
      {sorted.length > mostRows && <p className="quiet">{words.sources.more(sorted.length - mostRows)}</p>}
    </section>
  );
}
