import { Moment } from '../../components/moment.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { OverviewDevices } from '../../generated/overview.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { overviewWords } from './words.ts';

/** The devices that were first seen last. */
export function DevicesCard({ everyMs }: { readonly everyMs: number }) {
  const words = useWords(overviewWords);
  const { data } = useData(OverviewDevices, {}, { everyMs });
  const page = data?.devicePage;
  return (
    <section className="card stack">
      <div className="spread">
        <h2>{words.devices.title}</h2>
        <Link to="/devices" className="card-link">
          {words.devices.total(page?.totalCount ?? 0)}
        </Link>
      </div>
      {page?.totalCount === 0 && <p className="quiet">{words.devices.none}</p>}
      <ul className="rows">
        {page?.nodes.map(({ id, friendlyName, hostname, lastIp, mac, vendor, firstSeen }) => (
          <li key={id} className="row">
            <span className="truncate row-name">
              <UntrustedText>{friendlyName ?? hostname ?? lastIp ?? mac ?? id}</UntrustedText>
            </span>
            <span className="truncate quiet row-number">
              <UntrustedText>
                {vendor ?? (friendlyName === null && hostname === null ? '' : (lastIp ?? ''))}
              </UntrustedText>
            </span>
            <span className="quiet row-time">
              <Moment at={firstSeen} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
