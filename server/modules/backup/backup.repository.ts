import type { BackupEventFilter, BackupEventType } from '../../../schema/backup/backup-event.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { pageRecords, type RecordRow } from '../../persistence/record-list.ts';
import { Where } from '../../persistence/where.ts';

interface BackupRow extends RecordRow {
  readonly job_id: string;
  readonly status: string;
  readonly asset_id: string | null;
  readonly size_bytes: number | null;
  readonly checksum_sha256: string | null;
}

const list = { table: 'backup_event', counter: 'backupEvents', cursor: 'backup' };

export class BackupRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  page(tenantId: string, filter: BackupEventFilter, request: PageRequest): Promise<Page<BackupEventType>> {
    const where = new Where('r.tenant_id', tenantId)
      .within('r.occurred_at', filter.occurredAt)
      .anyOf('r.agent', filter.agent)
      .anyOf('r.job_id', filter.jobId)
      .anyOf('r.status', filter.status)
      .anyOf('r.asset_id', filter.assetId);
    return pageRecords<BackupRow, BackupEventType>(this.#database, list, tenantId, where, request, (row) => ({
      id: row.id,
      occurredAt: new Date(row.occurred_at),
      agent: row.agent,
      jobId: row.job_id,
      status: row.status,
      assetId: row.asset_id,
      sizeBytes: row.size_bytes,
      checksumSha256: row.checksum_sha256,
      eventId: row.event_id,
    }));
  }
}
