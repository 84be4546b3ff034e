import { useMemo } from 'react';
import type { Column } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useNow } from '../../format/clock.ts';
import type { DeviceRow } from '../../generated/devices.ts';
import { useWords } from '../../i18n/words.ts';
import { useSearch } from '../../router/router.ts';
import { isNew, type SortField, sortOf } from './device-filters.ts';
import { deviceWords } from './words.ts';

/** What a device is called, and what there is to know of it at a glance. */
export function DeviceName({ device }: { readonly device: DeviceRow }) {
  const words = useWords(deviceWords);
  const now = useNow();
  const { friendlyName, hostname } = device;
  const name = friendlyName ?? hostname;
  return (
    <span className="device-name">
      {name === null ? (
        <span className="quiet">{words.unnamed}</span>
      ) : (
        <span className={friendlyName === null ? '' : 'own-name'}>
          <UntrustedText>{name}</UntrustedText>
        </span>
      )}
      {friendlyName !== null && hostname !== null && (
        <span className="quiet other-name">
          <UntrustedText>{hostname}</UntrustedText>
        </span>
      )}
      {isNew(device, now) && <Pill tone="accent">{words.isNew}</Pill>}
      {device.isGateway && <Pill icon="networks">{words.gateway}</Pill>}
    </span>
  );
}

/** The columns of the inventory. */
export function useDeviceColumns(): readonly Column<DeviceRow>[] {
  const words = useWords(deviceWords);
  const [search, change] = useSearch();
  const text = search.get('sort');
  return useMemo(() => {
    const sort = sortOf(new URLSearchParams(text === null ? '' : { sort: text }));
    const sorted = (field: SortField, isFirstDescending = false) => {
      const isThis = sort.field === field;
      const isDescending = isThis ? !sort.isDescending : isFirstDescending;
      const direction = isThis ? (sort.isDescending ? ('DESC' as const) : ('ASC' as const)) : undefined;
      return { direction, onSort: () => change({ sort: `${isDescending ? '-' : ''}${field}` }) };
    };
    return [
      {
        key: 'name',
        header: words.columns.name,
        width: 'minmax(8rem, 2fr)',
        sort: sorted('name'),
        cell: (device) => <DeviceName device={device} />,
      },
      {
        key: 'ip',
        header: words.columns.ip,
        width: 'minmax(7.5rem, 1fr)',
        sort: sorted('ip'),
        cell: ({ lastIp }) => (
          <span className="mono">{lastIp === null ? '–' : <UntrustedText>{lastIp}</UntrustedText>}</span>
        ),
      },
      {
        key: 'mac',
        header: words.columns.mac,
        width: '9rem',
        minTable: 800,
        cell: ({ mac }) => <span className="mono quiet">{mac ?? '–'}</span>,
      },
      {
        key: 'vendor',
        header: words.columns.vendor,
        width: 'minmax(6rem, 1fr)',
        minTable: 640,
        sort: sorted('vendor'),
        cell: ({ vendor }) => (
          <span className="quiet">{vendor === null ? '–' : <UntrustedText>{vendor}</UntrustedText>}</span>
        ),
      },
      {
        key: 'network',
        header: words.columns.network,
        width: 'minmax(5rem, 8rem)',
        minTable: 800,
        sort: sorted('network'),
        cell: ({ network }) =>
          network ? <UntrustedText>{network.name}</UntrustedText> : <span className="quiet">–</span>,
      },
      {
        key: 'firstSeen',
        header: words.columns.firstSeen,
        width: '8rem',
        minTable: 1000,
        sort: sorted('firstSeen', true),
        cell: ({ firstSeen }) => <Moment at={firstSeen} />,
      },
      {
        key: 'lastSeen',
        header: words.columns.lastSeen,
        width: '8rem',
        minTable: 480,
        sort: sorted('lastSeen', true),
        cell: ({ lastSeen }) => <Moment at={lastSeen} />,
      },
    ];
  }, [words, text, change]);
}
