import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';

/** Deletes the packets of alerts, which stay; at most a few hundred at once. */
export async function removeCaptures(
  { execute }: Transaction,
  tenantId: string,
  alertIds: readonly number[],
): Promise<{ rows: number }> {
  const { sql, params } = new Where('tenant_id', tenantId).anyOf('alert_id', alertIds);
  const gone = await execute(`delete from packet_capture ${sql} returning alert_id`, params);
  return { rows: gone.length };
}
