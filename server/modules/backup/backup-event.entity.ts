import { defineEntity, p } from '@mikro-orm/core';
import { recordColumns, recordOrder } from '../../persistence/record-columns.ts';

/** What became of a backup job. */
export const backupEventSchema = defineEntity({
  name: 'BackupEvent',
  properties: {
    ...recordColumns(),
    jobId: p.text(),
    status: p.text(),
    assetId: p.text().nullable(),
    sizeBytes: p.bigint('number').nullable(),
    checksumSha256: p.text().nullable(),
  },
  indexes: recordOrder('backup_event'),
});
