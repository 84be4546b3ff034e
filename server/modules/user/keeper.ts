import { Conflict } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { UserRepository } from './user.repository.ts';

/**
 * Makes a change of what people of a tenant may do. Throws Conflict, which undoes the transaction, when somebody could let people in
 * before it (an enabled user with USERS_WRITE) and nobody could after it.
 */
export async function keepingKeeper(
  users: UserRepository,
  transaction: Transaction,
  tenantId: string,
  change: () => Promise<void>,
): Promise<void> {
  const hasKeeper = async () =>
    (await users.findAll(tenantId, transaction)).some(
      ({ disabledAt, permissions }) => disabledAt === null && permissions.includes('USERS_WRITE'),
    );
  const had = await hasKeeper();
  await change();
  if (had && !(await hasKeeper()))
    throw new Conflict('This would leave no enabled user with USERS_WRITE, and so nobody to let people in');
}
