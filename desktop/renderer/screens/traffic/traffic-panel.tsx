import { Fragment } from 'react';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { visibleText } from '../../format/visible-text.ts';
import type { TrafficRow } from '../../generated/traffic.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { fieldsOf, monoFields, shownValue, threatsOf } from './traffic-fields.ts';
import { trafficWords } from './words.ts';

/** All that was recorded, beside the list. */
export function TrafficPanel({ row, onClose }: { readonly row: TrafficRow; readonly onClose: () => void }) {
  const words = useWords(trafficWords);
  const locale = useLocale();
  const { panel, columns } = words;
  const threats = threatsOf(row);
  const addresses = ['sourceIp', 'destinationIp', 'ip'] as const;
  const known = addresses.map((name) => shownValue(row, name, locale)).filter((text) => text !== '–');
  return (
    <SidePanel
      label={panel.label}
      onClose={onClose}
      head={
        <h2 className="list-heading">
          <UntrustedText isLtr={row.__typename === 'TcpRecord'}>{headline(row)}</UntrustedText>
        </h2>
      }
    >
      {threats.length > 0 && (
        <PanelSection title={panel.threats}>
          <ul className="panel-rows">
            {threats.map(({ kind, value, source }) => (
              <li key={`${kind} ${value}`}>
                <span className="cluster">
                  <Pill tone="bad" icon="warning">
                    {words.threats[kind]}
                  </Pill>
                  <span className="mono">
                    <UntrustedText>{value}</UntrustedText>
                  </span>
                </span>
                <span className="quiet">{panel.list(visibleText(source))}</span>
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
      <PanelSection title={panel.facts}>
        <dl className="facts">
          {fieldsOf[row.kind]
            .filter((name) => name !== 'threats')
            .map((name) => (
              <Fragment key={name}>
                <dt>{columns[name]}</dt>
                <dd className={monoFields.has(name) ? 'mono' : ''}>
                  {name === 'occurredAt' ? (
                    <Moment at={row.occurredAt} isAbsolute />
                  ) : (
                    <UntrustedText>{shownValue(row, name, locale)}</UntrustedText>
                  )}
                </dd>
              </Fragment>
            ))}
        </dl>
        <div className="panel-links">
          {known.map((address) => (
            <Link key={address} to={`/traffic?kind=${row.kind}&address=${encodeURIComponent(address)}`}>
              {panel.both(visibleText(address))}
            </Link>
          ))}
        </div>
      </PanelSection>
    </SidePanel>
  );
}

function headline(row: TrafficRow): string {
  switch (row.__typename) {
    case 'DnsRecord':
      return row.query;
    case 'HttpRecord':
      return `${row.method ?? ''} ${row.host ?? ''}${row.uri ?? ''}`.trim();
    case 'DhcpRecord':
      return row.hostname ?? row.ip ?? row.mac ?? 'DHCP';
    default:
      return `${row.sourceIp ?? ''} → ${row.destinationIp ?? ''}${row.destinationPort === null ? '' : `:${row.destinationPort}`}`;
  }
}
