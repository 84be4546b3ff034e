import type { DataSet } from '../schema/data-set/data-set.enum.ts';
import { RetainedDataSet } from '../schema/retention/retention.enum.ts';
import type { DataSource } from './modules/data-set/data-set.node.ts';
import { removeDeliveries } from './modules/delivery/delivery-removal.repository.ts';
import { removeEvents } from './modules/event/event-removal.repository.ts';
import { removeCaptures } from './modules/packet-capture/packet-capture-removal.repository.ts';
import { removeRejectedEvents } from './modules/rejected-event/rejected-event.repository.ts';
import { RetainedTableRepository } from './modules/retention/retained-table.repository.ts';
import { retainedTables } from './modules/retention/retained-tables.ts';
import type { RetainedSources } from './modules/retention/retention.service.ts';
import type { Database } from './persistence/database.ts';
import { removeRecords } from './persistence/journal/remove-records.ts';

type Remove = ConstructorParameters<typeof RetainedTableRepository>[2];

/** What is kept for a limited time, and how it is deleted: what people can delete by hand goes the same way. */
export function retainedSources(database: Database, dataSets: Readonly<Record<DataSet, DataSource>>): RetainedSources {
  const byHand = (dataSet: DataSet): Remove => {
    return (transaction, tenantId, keys) => dataSets[dataSet].remove(transaction, tenantId, keys);
  };
  const removals: Readonly<Record<RetainedDataSet, Remove>> = {
    NETWORK_ALERTS: byHand('NETWORK_ALERTS'),
    SERVER_ALERTS: byHand('SERVER_ALERTS'),
    DNS: byHand('DNS'),
    TCP: byHand('TCP'),
    DHCP: byHand('DHCP'),
    HTTP: byHand('HTTP'),
    TELEMETRY: (transaction, tenantId, keys) => removeRecords(transaction, tenantId, 'TELEMETRY', keys),
    BACKUPS: (transaction, tenantId, keys) => removeRecords(transaction, tenantId, 'BACKUP', keys),
    EVENTS: removeEvents,
    REJECTED_EVENTS: removeRejectedEvents,
    PACKET_CAPTURES: removeCaptures,
    DELIVERIES: removeDeliveries,
  };
  const source = (dataSet: RetainedDataSet) =>
    new RetainedTableRepository(database, retainedTables[dataSet], removals[dataSet]);
  return Object.fromEntries(
    Object.values(RetainedDataSet).map((dataSet) => [dataSet, source(dataSet)] as const),
  ) as unknown as RetainedSources;
}
