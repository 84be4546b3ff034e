import type { BackupEventFilter, BackupEventType } from '../../../schema/backup/backup-event.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { BackupRepository } from './backup.repository.ts';

/** What became of the backups of a tenant. */
export class BackupService {
  readonly #backups: BackupRepository;

  constructor(backups: BackupRepository) {
    this.#backups = backups;
  }

  page(tenantId: string, filter: BackupEventFilter | null, request: PageRequest): Promise<Page<BackupEventType>> {
    return this.#backups.page(tenantId, filter ?? {}, request);
  }
}
