import { Button } from '../../components/button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useDeed } from '../../data/use-data.ts';
import { AllowPort, DisallowPort, type PortRow } from '../../generated/services.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { openPorts, placeText, portsOf, type ServiceHost } from './service-hosts.ts';
import { serviceWords } from './words.ts';

interface ServicePanelProps {
  readonly host: ServiceHost | undefined;
  /** Something changed: the hosts are to be read again. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** The ports of one host beside the list, and what people say of them. */
export function ServicePanel({ host, onChanged, onClose }: ServicePanelProps) {
  const words = useWords(serviceWords);
  const { panel } = words;
  const { can } = useAccess();
  const { change } = useAuthorize(onChanged);
  const mayWrite = can('DEVICES_WRITE');
  const open = host ? openPorts(host) : [];
  const ports = host ? [...open, ...portsOf(host).filter(({ authorized }) => authorized)] : [];
  return (
    <SidePanel
      label={panel.label}
      onClose={onClose}
      head={
        host && (
          <>
            <h2 className="list-heading">
              <UntrustedText>{host.name ?? host.serviceIp}</UntrustedText>
            </h2>
            <span className="cluster quiet">
              <span className="mono">{host.serviceIp}</span>
              <Link to={`/devices?q=${encodeURIComponent(host.serviceIp)}`}>{panel.device}</Link>
            </span>
          </>
        )
      }
    >
      {host === undefined && (
        <StatePanel icon="info" title={panel.none}>
          {''}
        </StatePanel>
      )}
      {host && (
        <PanelSection
          title={panel.ports}
          aside={
            mayWrite &&
            open.length > 1 && (
              <Button icon="check" onPress={() => void change(open, true)}>
                {panel.authorizeAll}
              </Button>
            )
          }
        >
          <ul className="port-list">
            {ports.map((port) => (
              <PortItem key={port.id} port={port} mayWrite={mayWrite} onChange={change} />
            ))}
          </ul>
        </PanelSection>
      )}
    </SidePanel>
  );
}

interface PortItemProps {
  readonly port: PortRow;
  readonly mayWrite: boolean;
  readonly onChange: (ports: readonly PortRow[], isAllowed: boolean) => Promise<void>;
}

function PortItem({ port, mayWrite, onChange }: PortItemProps) {
  const { panel, notAuthorized } = useWords(serviceWords);
  return (
    <li className="port-item">
      <span className="port-text">
        <span className="cluster">
          <span className="mono port-place">{placeText(port)}</span>
          {port.authorizedBy === null ? (
            <Pill tone="waiting" icon="warning">
              {notAuthorized}
            </Pill>
          ) : (
            <Pill tone="good">{panel.by[port.authorizedBy]}</Pill>
          )}
        </span>
        <span className="quiet">
          {panel.firstSeen} <Moment at={port.firstSeen} />, {panel.lastSeen} <Moment at={port.lastSeen} />
        </span>
      </span>
      {mayWrite && port.authorizedBy === null && (
        <Button
          icon="check"
          onPress={() => void onChange([port], true)}
          aria-label={`${panel.authorize} ${placeText(port)}`}
        >
          {panel.authorize}
        </Button>
      )}
      {mayWrite && port.authorizedBy === 'LISTED' && (
        <Button
          look="quiet"
          onPress={() => void onChange([port], false)}
          aria-label={`${panel.disallow} ${placeText(port)}`}
        >
          {panel.disallow}
        </Button>
      )}
    </li>
  );
}

/** Lets hosts answer on ports, or no longer; each way can be taken back. */
function useAuthorize(onChanged: () => void) {
  const { panel } = useWords(serviceWords);
  const failureText = useFailureText();
  const [allow] = useDeed(AllowPort);
  const [disallow] = useDeed(DisallowPort);
  const apply = async (ports: readonly PortRow[], isAllowed: boolean): Promise<boolean> => {
    let isDone = true;
    for (const { serviceIp, port, proto } of ports) {
      const { failure } = await (isAllowed ? allow : disallow)({ input: { serviceIp, port, proto } });
      if (failure) showToast(failureText(failure), { tone: 'bad' });
      isDone &&= failure === undefined;
      if (failure) break;
    }
    onChanged();
    return isDone;
  };
  const change = async (ports: readonly PortRow[], isAllowed: boolean): Promise<void> => {
    const [first] = ports;
    if (!first || !(await apply(ports, isAllowed))) return;
    const place = placeText(first);
    const text = isAllowed
      ? ports.length > 1
        ? panel.allAuthorized(ports.length)
        : panel.authorized(place)
      : panel.disallowed(place);
    showToast(text, {
      onUndo: () => void apply(ports, !isAllowed).then((isDone) => isDone && showToast(panel.undone)),
    });
  };
  return { change };
}
