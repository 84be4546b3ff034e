import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { PanelSection, SidePanel } from '../../components/side-panel.tsx';
import { showToast, useFailureText } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useDeed } from '../../data/use-data.ts';
import { visibleText } from '../../format/visible-text.ts';
import { ForgetNetwork, type NetworkRow } from '../../generated/networks.ts';
import { useWords } from '../../i18n/words.ts';
import { Link } from '../../router/link.tsx';
import { useAccess } from '../../session/access.ts';
import { usePolicyText } from './policy.ts';
import { networkWords } from './words.ts';

interface NetworkPanelProps {
  readonly network: NetworkRow;
  /** Undefined while they are not counted, or where they may not be. */
  readonly deviceCount: number | undefined;
  readonly onEdit: () => void;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

/** What is said of one network, beside the list. */
export function NetworkPanel({ network, deviceCount, onEdit, onDeleted, onClose }: NetworkPanelProps) {
  const words = useWords(networkWords);
  const { panel, columns } = words;
  const { can } = useAccess();
  const failureText = useFailureText();
  const policyText = usePolicyText();
  const [isAsking, setAsking] = useState(false);
  const [forget, isPending] = useDeed(ForgetNetwork);
  const remove = async (): Promise<void> => {
    const { failure } = await forget({ id: network.id });
    setAsking(false);
    if (failure) return void showToast(failureText(failure), { tone: 'bad' });
    showToast(words.deleting.done);
    onDeleted();
  };
  return (
    <SidePanel
      label={panel.label}
      onClose={onClose}
      head={
        <>
          <h2 className="list-heading">
            <UntrustedText>{network.name}</UntrustedText>
          </h2>
          {can('NETWORKS_WRITE') && (
            <div className="cluster">
              <Button onPress={onEdit}>{panel.edit}</Button>
              <Button look="quiet" icon="trash" onPress={() => setAsking(true)}>
                {panel.delete}
              </Button>
            </div>
          )}
        </>
      }
    >
      <PanelSection title={panel.facts}>
        <dl className="facts">
          <dt>{columns.cidr}</dt>
          <dd className="mono">{network.cidr}</dd>
          <dt>{columns.gateway}</dt>
          <dd className="mono">{network.gatewayIp ?? words.unknown}</dd>
          <dt>{panel.gatewayMac}</dt>
          <dd className="mono">{network.gatewayMac ?? words.unknown}</dd>
          <dt>{columns.policy}</dt>
          <dd>{policyText(network.newDeviceLevel)}</dd>
        </dl>
        <p className="quiet">{panel.alertHint}</p>
        {deviceCount !== undefined && deviceCount > 0 && (
          <Link to={`/devices?network=${network.id}`}>{panel.devices(deviceCount)}</Link>
        )}
      </PanelSection>
      {isAsking && (
        <ConfirmDialog
          title={words.deleting.title(visibleText(network.name))}
          action={words.deleting.action}
          isDangerous
          isPending={isPending}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        >
          {words.deleting.text}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
}
