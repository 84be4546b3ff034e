import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { PanelSection } from '../../components/side-panel.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { DeviceAlerts, DeviceServices, DeviceTraffic, type DeviceTrafficData } from '../../generated/devices.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { deviceWords } from './words.ts';

interface OfAddresses {
  /** Addresses that the device was seen at, the last one first. */
  readonly ips: readonly string[];
}

/** The latest alerts that name one of a device's addresses. */
export function DeviceAlertList({ ips }: OfAddresses) {
  const { panel } = useWords(deviceWords);
  const { data, failure, isLoading, refetch } = useData(DeviceAlerts, { filter: { address: [...ips] } });
  const alerts = data?.alerts;
  return (
    <PanelSection
      title={panel.alerts}
      aside={
        alerts &&
        alerts.totalCount > 0 && (
          <Pill tone="waiting">{panel.count(alerts.totalCount, alerts.totalCountIsLowerBound)}</Pill>
        )
      }
    >
      {isLoading && <LoadingPanel rows={2} />}
      {failure && !alerts && <FailedPanel failure={failure} onRetry={refetch} />}
      {alerts?.nodes.length === 0 && <p className="quiet">{panel.noAlerts}</p>}
      <ul className="panel-rows">
        {alerts?.nodes.map(({ id, title, severity, occurredAt, group }) => (
          <li key={id}>
            <Link to={`/alerts/${group.id}`} className="context-link">
              <UntrustedText>{title}</UntrustedText>
            </Link>
            <span className="cluster quiet">
              <SeverityBadge severity={severity} />
              <Moment at={occurredAt} />
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

/** The ports on which a device was seen to answer. */
export function DeviceServiceList({ ips }: OfAddresses) {
  const { panel } = useWords(deviceWords);
  const { data, failure, isLoading, refetch } = useData(DeviceServices, { ip: ips });
  const ports = data?.services.flatMap(({ tcpPorts, udpPorts }) => [...tcpPorts, ...udpPorts]) ?? [];
  const host = data?.services[0]?.serviceIp;
  return (
    <PanelSection
      title={panel.services}
      aside={host !== undefined && <Link to={`/services?open=${encodeURIComponent(host)}`}>{panel.toServices}</Link>}
    >
      {isLoading && <LoadingPanel rows={1} />}
      {failure && !data && <FailedPanel failure={failure} onRetry={refetch} />}
      {data && ports.length === 0 && <p className="quiet">{panel.noServices}</p>}
      <div className="cluster">
        {ports.map(({ id, port, proto, authorized }) => (
          <Pill key={id} tone={authorized ? 'calm' : 'waiting'} {...(!authorized && { icon: 'warning' as const })}>
            {proto}/{port}
            {!authorized && <span className="hidden-text"> {panel.unauthorized}</span>}
          </Pill>
        ))}
      </div>
    </PanelSection>
  );
}

/** What a device did last, as sensors recorded it. */
export function DeviceTrafficList({ ips }: OfAddresses) {
  const { panel } = useWords(deviceWords);
  const { data, failure, isLoading, refetch } = useData(DeviceTraffic, { ip: ips });
  const records = data?.flowRecords.nodes;
  const [ip = ''] = ips;
  return (
    <PanelSection
      title={panel.traffic}
      aside={
        records &&
        records.length > 0 && <Link to={`/traffic?address=${encodeURIComponent(ip)}`}>{panel.toTraffic}</Link>
      }
    >
      {isLoading && <LoadingPanel rows={3} />}
      {failure && !records && <FailedPanel failure={failure} onRetry={refetch} />}
      {records?.length === 0 && <p className="quiet">{panel.noTraffic}</p>}
      <ul className="panel-rows">
        {records?.map((record) => (
          <li key={record.id} className="traffic-line">
            <span>
              <TrafficText record={record} />
            </span>
            <span className="quiet">
              <Moment at={record.occurredAt} />
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

type TrafficRecord = DeviceTrafficData['flowRecords']['nodes'][number];

function TrafficText({ record }: { readonly record: TrafficRecord }) {
  const { panel } = useWords(deviceWords);
  switch (record.__typename) {
    case 'DnsRecord':
      return <bdi>{panel.lookedUp(visibleText(record.query))}</bdi>;
    case 'HttpRecord':
      return <UntrustedText>{`${record.method ?? ''} ${record.host ?? ''}${record.uri ?? ''}`}</UntrustedText>;
    case 'TcpRecord':
      return (
        <UntrustedText isLtr>
          {`${record.service ?? record.proto} → ${record.destinationIp ?? ''}${record.destinationPort === null ? '' : `:${record.destinationPort}`}`}
        </UntrustedText>
      );
    default:
      return <>DHCP</>;
  }
}
