import { useMemo, useState } from 'react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { SeverityBadge } from '../../components/severity-badge.tsx';
import { UntrustedText } from '../../components/untrusted-text.tsx';
import { useData } from '../../data/use-data.ts';
import { AlertGroups, type GroupRow } from '../../generated/alerts.ts';

export function Screen() {
  const { data } = useData(AlertGroups, { first: 50 });
  const [active, setActive] = useState<string>();
  const columns = useMemo<Column<GroupRow>[]>(
    () => [
      { key: 'severity', header: 'S', width: '6rem', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
      { key: 'title', header: 'T', width: '1fr', cell: ({ title }) => <UntrustedText>{title}</UntrustedText> },
    ],
    [],
  );
  return (
    <DataTable
      label="Alerts"
      columns={columns}
      rows={data?.alertGroups.nodes ?? []}
      keyOf={({ id }) => id}
      activeKey={active}
      onActivate={setActive}
    />
  );
}
