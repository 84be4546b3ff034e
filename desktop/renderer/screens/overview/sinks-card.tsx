import { Pill } from '../../components/pill.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import type { DeliveryTile, SinkTile } from '../../generated/overview.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { healthOf, type SinkState } from './figures.ts';
import { overviewWords } from './words.ts';

const looks = {
  switchedOff: ['bad', 'warning'],
  failing: ['bad', 'warning'],
  trying: ['waiting', 'refresh'],
  paused: ['calm', 'pause'],
  well: ['good', 'check'],
  idle: ['calm', 'info'],
} as const satisfies Record<SinkState, readonly [string, string]>;

interface SinksCardProps {
  readonly sinks: readonly SinkTile[];
  readonly deliveries: readonly DeliveryTile[];
}

/** Who is told of alerts, and how the latest went. */
export function SinksCard({ sinks, deliveries }: SinksCardProps) {
  const words = useWords(overviewWords);
  return (
    <section className="card stack">
      <div className="spread">
        <h2>{words.sinks.title}</h2>
        <Link to="/delivery" className="card-link">
          {words.sinks.add}
        </Link>
      </div>
      {sinks.length === 0 && <p className="quiet">{words.sinks.none}</p>}
      <ul className="rows">
        {sinks.map((sink) => {
          const state = healthOf(sink, deliveries);
          const [tone, icon] = looks[state];
          return (
            <li key={sink.id} className="row">
              <span className="truncate row-name">
                <UntrustedText>{sink.name}</UntrustedText>
              </span>
              <Pill tone={tone} icon={icon}>
                {words.sinks[state]}
              </Pill>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
