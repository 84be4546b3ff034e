import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextInput } from '../../components/field.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { FailedPanel, LoadingPanel } from '../../components/state-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { type Failure, useData, useDeed } from '../../data/use-data.ts';
import { DeviceDetail, type DeviceDetailData, type DeviceRow, RenameDevice } from '../../generated/devices.ts';
import { useWords } from '../../i18n/words.ts';
import { GonePanel } from '../../lists/list-body.tsx';
import { useAccess } from '../../session/access.ts';
import { DeviceName } from './device-columns.tsx';
import { DeviceAlertList, DeviceServiceList, DeviceTrafficList } from './device-context.tsx';
import { deviceWords } from './words.ts';

type Detail = NonNullable<DeviceDetailData['device']>;

interface DevicePanelProps {
  readonly id: string;
  readonly onRenamed: (device: DeviceRow) => void;
  readonly onClose: () => void;
}

/** Everything about one device, beside the list. */
export function DevicePanel({ id, onRenamed, onClose }: DevicePanelProps) {
  const words = useWords(deviceWords);
  const { can } = useAccess();
  const { data, failure, isLoading, refetch } = useData(DeviceDetail, { id });
  const device = data?.device?.id === id ? data.device : undefined;
  const ips = (device?.addresses ?? []).slice(0, 20).map(({ ip }) => ip);
  return (
    <SidePanel
      label={words.panel.label}
      onClose={onClose}
      head={
        device && (
          <>
            <h2 className="list-heading">
              <DeviceName device={device} />
            </h2>
            <span className="quiet">
              <UntrustedText>{[device.lastIp, device.vendor].filter(Boolean).join(' · ')}</UntrustedText>
            </span>
          </>
        )
      }
    >
      {isLoading && <LoadingPanel />}
      {failure && !device && <FailedPanel failure={failure} onRetry={refetch} />}
      {data && data.device === null && <GonePanel onClose={onClose} />}
      {device && (
        <>
          {can('DEVICES_WRITE') && <NameForm device={device} onRenamed={onRenamed} />}
          <Facts device={device} />
          <Addresses addresses={device.addresses} lastIp={device.lastIp} />
          {ips.length > 0 && can('ALERTS_READ') && <DeviceAlertList ips={ips} />}
          {ips.length > 0 && <DeviceServiceList ips={ips} />}
          {ips.length > 0 && can('DATA_READ') && <DeviceTrafficList ips={ips} />}
        </>
      )}
    </SidePanel>
  );
}

function NameForm({ device, onRenamed }: { readonly device: Detail; readonly onRenamed: (device: DeviceRow) => void }) {
  const { panel } = useWords(deviceWords);
  const failureText = useFailureText();
  const [name, setName] = useState(device.friendlyName ?? '');
  const [failure, setFailure] = useState<Failure>();
  const [rename, isPending] = useDeed(RenameDevice);
  const isChanged = name.trim() !== (device.friendlyName ?? '');
  const give = async (friendlyName: string): Promise<boolean> => {
    const result = await rename({ input: { id: device.id, friendlyName } });
    setFailure(result.failure);
    if (!result.data) return false;
    onRenamed(result.data.updateDevice);
    setName(result.data.updateDevice.friendlyName ?? '');
    return true;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const before = device.friendlyName ?? '';
    if (!isChanged || !(await give(name.trim()))) return;
    showToast(panel.renamed, {
      onUndo: () => void give(before).then((isDone) => isDone && showToast(panel.back)),
    });
  };
  return (
    <form className="panel-section name-form" onSubmit={(event) => void submit(event)}>
      <TextInput
        label={panel.name}
        hint={panel.nameHint}
        value={name}
        onChange={setName}
        maxLength={200}
        error={failure && failureText(failure)}
      />
      {isChanged && (
        <Button type="submit" look="primary" isPending={isPending}>
          {panel.save}
        </Button>
      )}
    </form>
  );
}

function Facts({ device }: { readonly device: Detail }) {
  const { panel, noNetwork } = useWords(deviceWords);
  return (
    <PanelSection title={panel.facts}>
      <dl className="facts">
        {device.hostname !== null && (
          <>
            <dt>{panel.hostname}</dt>
            <dd>
              <UntrustedText>{device.hostname}</UntrustedText>
            </dd>
          </>
        )}
        {device.mac !== null && (
          <>
            <dt>{panel.mac}</dt>
            <dd className="mono">{device.mac}</dd>
          </>
        )}
        <dt>{panel.vendor}</dt>
        <dd>{device.vendor === null ? '–' : <UntrustedText>{device.vendor}</UntrustedText>}</dd>
        <dt>{panel.network}</dt>
        <dd>{device.network ? <UntrustedText>{device.network.name}</UntrustedText> : noNetwork}</dd>
        <dt>{panel.firstSeen}</dt>
        <dd>
          <Moment at={device.firstSeen} isAbsolute />
        </dd>
        <dt>{panel.lastSeen}</dt>
        <dd>
          <Moment at={device.lastSeen} isAbsolute />
        </dd>
      </dl>
    </PanelSection>
  );
}

/** Of a device that changes its address daily the last ones tell enough. */
const usualAddresses = 6;

function Addresses({ addresses, lastIp }: { readonly addresses: Detail['addresses']; readonly lastIp: string | null }) {
  const { panel } = useWords(deviceWords);
  const [isOpen, open] = useState(false);
  const shown = isOpen ? addresses : addresses.slice(0, usualAddresses);
  const more = addresses.length - shown.length;
  return (
    <PanelSection title={panel.addresses} aside={lastIp !== null && <CopyButton text={lastIp} />}>
      {addresses.length === 0 && <p className="quiet">{panel.noAddress}</p>}
      <ul className="panel-rows">
        {shown.map(({ ip, firstSeen, lastSeen }) => (
          <li key={ip}>
            <span className="cluster">
              <span className="mono">
                <UntrustedText>{ip}</UntrustedText>
              </span>
              {ip === lastIp && <Pill tone="good">{panel.now}</Pill>}
            </span>
            <span className="quiet address-span">
              <Moment at={firstSeen} /> – <Moment at={lastSeen} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div className="cluster">
          <span className="quiet">{panel.moreAddresses(more)}</span>
          <Button look="quiet" icon="down" onPress={() => open(true)}>
            {panel.showAll}
          </Button>
        </div>
      )}
    </PanelSection>
  );
}
