import type { Page } from '../../../schema/paging/connection.type.ts';
import type { TelemetryFilter, TelemetrySampleType } from '../../../schema/telemetry/telemetry-sample.type.ts';
import type { Database } from '../../persistence/database.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { pageRecords, type RecordRow } from '../../persistence/record-list.ts';
import { Where } from '../../persistence/where.ts';

interface SampleRow extends RecordRow {
  readonly interface: string | null;
  readonly metrics: string;
}

const list = { table: 'telemetry_sample', counter: 'telemetrySamples', cursor: 'telemetry' };

export class TelemetryRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  page(tenantId: string, filter: TelemetryFilter, request: PageRequest): Promise<Page<TelemetrySampleType>> {
    const where = new Where('r.tenant_id', tenantId)
      .within('r.occurred_at', filter.occurredAt)
      .anyOf('r.agent', filter.agent)
      .anyOf('r.interface', filter.interface);
    return pageRecords<SampleRow, TelemetrySampleType>(this.#database, list, tenantId, where, request, (row) => ({
      id: row.id,
      occurredAt: new Date(row.occurred_at),
      agent: row.agent,
      interface: row.interface,
      metrics: Object.entries<number>(JSON.parse(row.metrics)).map(([name, value]) => ({ name, value })),
      eventId: row.event_id,
    }));
  }
}
