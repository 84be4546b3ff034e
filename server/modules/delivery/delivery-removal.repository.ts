import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';

/** Deletes deliveries that have ended, with their attempts, by their numbers; at most a few hundred at once. */
export async function removeDeliveries(
  { execute, count }: Transaction,
  tenantId: string,
  numbers: readonly number[],
): Promise<{ rows: number }> {
  const { sql, params } = new Where('tenant_id', tenantId)
    .anyOf('number', numbers)
    .and("status in ('DELIVERED', 'DEAD') and claim is null");
  const gone = await execute<{ id: string }>(`delete from delivery ${sql} returning id`, params);
  if (gone.length === 0) return { rows: 0 };
  const attempts = new Where('tenant_id', tenantId).anyOf(
    'delivery_id',
    gone.map(({ id }) => id),
  );
  await execute(`delete from delivery_attempt ${attempts.sql}`, attempts.params);
  await count(tenantId, 'deliveries', -gone.length);
  return { rows: gone.length };
}
