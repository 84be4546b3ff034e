import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Pill } from '../../components/pill.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { showToast } from '../../components/toast.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { wholeNumber } from '../../format/number.ts';
import { NetworkList, type NetworkRow } from '../../generated/networks.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { ListBody } from '../../lists/list-body.tsx';
import { useRowKeys } from '../../lists/row-keys.ts';
import { useAccess } from '../../session/access.ts';
import { NetworkDialog } from './network-dialog.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { usePolicyText } from './policy.ts';
import { useDeviceCounts } from './use-device-counts.ts';
import { networkWords } from './words.ts';

/** The ranges of addresses that people have named, and what a new device in them is worth. */
export function Screen() {
  const words = useWords(networkWords);
  const { can } = useAccess();
  const { data, failure, refetch } = useData(NetworkList, {});
  const networks = data?.networks;
  const counts = useDeviceCounts(networks);
  const columns = useColumns(counts);
  const [dialog, setDialog] = useState<'new' | NetworkRow>();
  const ids = useMemo(() => (networks ?? []).map(({ id }) => id), [networks]);
  const { activeKey, openKey, activate, open, close } = useRowKeys(words.scope, ids);
  const shown = networks?.find(({ id }) => id === openKey);
  const add = can('NETWORKS_WRITE') && (
    <Button look="primary" icon="plus" onPress={() => setDialog('new')}>
      {words.add}
    </Button>
  );
  return (
    <div className="list-screen">
      <FilterBar
        aside={
          <>
            <span className="quiet">{networks && words.total(networks.length)}</span>
            {networks && networks.length > 0 && add}
          </>
        }
      >
        {null}
      </FilterBar>
      <div className="list-split">
        <div className="list-column">
          <ListBody
            count={networks?.length}
            failure={networks ? undefined : failure}
            onRetry={refetch}
            onClear={undefined}
            empty={
              <StatePanel icon="networks" title={words.empty.title} action={add}>
                {words.empty.text}
              </StatePanel>
            }
          >
            <DataTable
              label={words.list}
              columns={columns}
              rows={networks ?? []}
              keyOf={keyOf}
              activeKey={activeKey}
              onActivate={activate}
              onOpen={({ id }) => open(id)}
            />
          </ListBody>
        </div>
        {shown && (
          <NetworkPanel
            key={shown.id}
            network={shown}
            deviceCount={counts && (counts.get(shown.id) ?? 0)}
            onEdit={() => setDialog(shown)}
            onDeleted={() => {
              close();
              refetch();
            }}
            onClose={close}
          />
        )}
      </div>
      {dialog !== undefined && (
        <NetworkDialog
          network={dialog === 'new' ? undefined : dialog}
          onDone={({ id }) => {
            showToast(dialog === 'new' ? words.form.made : words.form.saved);
            setDialog(undefined);
            refetch();
            open(id);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}

function keyOf({ id }: NetworkRow): string {
  return id;
}

const tones = { 0: 'calm', 10: 'calm', 20: 'waiting', 30: 'bad' } as const;

function useColumns(counts: ReadonlyMap<string, number> | undefined): readonly Column<NetworkRow>[] {
  const words = useWords(networkWords);
  const locale = useLocale();
  const policyText = usePolicyText();
  return useMemo(() => {
    const { columns, unknown } = words;
    return [
      {
        key: 'name',
        header: columns.name,
        width: 'minmax(7rem, 1fr)',
        cell: ({ name }) => <UntrustedText>{name}</UntrustedText>,
      },
      {
        key: 'cidr',
        header: columns.cidr,
        width: 'minmax(8rem, 12rem)',
        cell: ({ cidr }) => <span className="mono">{cidr}</span>,
      },
      {
        key: 'devices',
        header: columns.devices,
        width: '5rem',
        align: 'end',
        minTable: 480,
        cell: ({ id }) => (counts ? wholeNumber(counts.get(id) ?? 0, locale) : unknown),
      },
      {
        key: 'gateway',
        header: columns.gateway,
        width: 'minmax(7rem, 10rem)',
        minTable: 640,
        cell: ({ gatewayIp }) => <span className="mono quiet">{gatewayIp ?? unknown}</span>,
      },
      {
        key: 'policy',
        header: columns.policy,
        width: 'minmax(9rem, 16rem)',
        minTable: 640,
        cell: ({ newDeviceLevel }) => (
          <Pill tone={tones[newDeviceLevel as keyof typeof tones] ?? 'calm'}>{policyText(newDeviceLevel)}</Pill>
        ),
      },
    ];
  }, [words, locale, counts, policyText]);
}
