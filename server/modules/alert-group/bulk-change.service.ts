import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { BulkChangeStatus } from '../../../schema/alert-group/bulk-change.enum.ts';
import type { BulkChangeType } from '../../../schema/alert-group/bulk-change.type.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { onTheClock } from '../../on-the-clock.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { SearchService } from '../search/search.service.ts';
import type { GroupRow } from './alert-group.node.ts';
import type { BulkChange, BulkChangeRepository, Found } from './bulk-change.repository.ts';
import { isIdle, type Occasion, type TriageRepository } from './triage.repository.ts';
import type { Caller, TriageService } from './triage.service.ts';
import { changed, type Triage } from './triage.ts';

/** How long a change can be taken back after it was made, in milliseconds. */
export const undoMs = 10 * 60_000;
/** Groups changed in one transaction: so few that ingest, which waits for its end, hardly waits for it. */
const atOnce = 100;
/** How long it rests after each, in shares of what that took: ingest has at least this part of the time to itself. */
const restShare = 1;
/** How long a worker that says nothing is believed to live, in milliseconds. */
const leaseMs = 10_000;
/** How often it is looked for changes that lost their worker, in milliseconds. */
export const bulkChangePollMs = 10_000;

interface Parts {
  readonly changes: BulkChangeRepository;
  readonly triage: TriageService;
  readonly groups: TriageRepository;
  readonly audit: AuditService;
  readonly search: SearchService;
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Changes of the triage of all groups that meet some conditions. They are made by the server, in many short transactions between
 * which others have their turn, and go on after a restart: each transaction writes down how far it is.
 */
export class BulkChangeService {
  readonly #parts: Parts;
  readonly #worker = crypto.randomUUID();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Begins a change of the groups that meet the conditions now; it is made after this has answered. */
  async begin(caller: Caller, filter: AlertGroupFilter, change: AlertGroupChange): Promise<BulkChangeType> {
    const { changes, triage, audit, search, now } = this.#parts;
    const checked = await triage.check(caller, change);
    const { tenantId, credentialId, userId = null } = caller;
    const createdAt = now();
    const id = uuidV7(createdAt);
    const asked = await search.read(caller, 'ALERT_GROUP', filter.search);
    const kept = asked ? { ...filter, asked } : filter;
    const scope = await changes.scope(tenantId, kept);
    const row: BulkChange = {
      id,
      tenantId,
      userId,
      credentialId,
      filter: kept,
      change: checked,
      status: scope ? BulkChangeStatus.RUNNING : BulkChangeStatus.DONE,
      total: scope?.total ?? 0,
      changed: 0,
      undone: 0,
      kept: 0,
      place: null,
      until: scope?.until ?? id,
      createdAt,
      finishedAt: scope ? null : createdAt,
      worker: null,
      leaseUntil: null,
    };
    await changes.transaction(async (transaction) => {
      await changes.insert(transaction, row);
      const details = { filter, change: checked, total: row.total };
      await audit.record(transaction, caller, { action: AuditAction.UPDATE_ALERT_GROUPS, subject: id, details });
    });
    this.#start(id);
    return this.#toType(row);
  }

  /** Begins to take a change back; Conflict when it is too late, not yet made, or taken back already. */
  async undo(caller: Caller, id: string): Promise<BulkChangeType> {
    const { changes, audit } = this.#parts;
    const undoing = { status: BulkChangeStatus.UNDOING, place: null };
    const row = await changes.transaction(async (transaction) => {
      // Within the transaction: of two who ask together one is too late.
      const found = await this.#find(caller.tenantId, id, transaction);
      if (found.status !== BulkChangeStatus.DONE) throw new Conflict(`The change is ${found.status.toLowerCase()}`);
      if (this.#undoUntil(found) === null) throw new Conflict('It is too late to take the change back');
      await changes.set(transaction, id, undoing);
      await audit.record(transaction, caller, { action: AuditAction.UNDO_ALERT_GROUPS, subject: id, details: {} });
      return found;
    });
    this.#start(id);
    return this.#toType({ ...row, ...undoing });
  }

  async byId(tenantId: string, id: string): Promise<BulkChangeType | null> {
    const row = isUuid(id) ? await this.#parts.changes.find(tenantId, id) : null;
    return row && this.#toType(row);
  }

  /** Goes on with changes whose worker is gone. */
  async look(): Promise<void> {
    for (const { id } of await this.#parts.changes.waiting(this.#parts.now())) this.#start(id);
  }

  /** Ends after the transaction under way; what is left is gone on with at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running);
  }

  #start(id: string): void {
    const run = this.#run(id)
      .catch((cause: unknown) =>
        this.#parts.log.error({ err: cause, bulkChangeId: id }, 'A bulk change was interrupted'),
      )
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #run(id: string): Promise<void> {
    if (!(await this.#claim(id))) return;
    // A search may take longer than the lease: others would take the change over and over, and none would ever come to an end.
    const stopRenewing = onTheClock(this.#parts.log)(leaseMs / 3, async () => {
      await this.#claim(id);
    });
    try {
      await this.#work(id);
    } finally {
      stopRenewing();
    }
  }

  #claim(id: string): Promise<boolean> {
    const { changes, now } = this.#parts;
    return changes.claim(id, this.#worker, now(), now() + leaseMs);
  }

  async #work(id: string): Promise<void> {
    const { changes } = this.#parts;
    for (let goesOn = true; goesOn; ) {
      if (this.#isClosed) {
        await changes.transaction((transaction) => changes.set(transaction, id, { leaseUntil: null }));
        return;
      }
      const startedAt = performance.now();
      const found = await changes.findNext(id, atOnce);
      goesOn = await changes.transaction((transaction) => this.#step(transaction, id, found));
      if (goesOn) await sleep((performance.now() - startedAt) * restShare);
    }
  }

  /** Works on the next groups; answers whether there are more. */
  async #step(transaction: Transaction, id: string, found: Found | null): Promise<boolean> {
    const row = await this.#parts.changes.held(transaction, id, this.#worker);
    if (row === null) return false;
    return row.status === BulkChangeStatus.RUNNING
      ? this.#change(transaction, row, found)
      : this.#takeBack(transaction, row);
  }

  async #change(transaction: Transaction, bulk: BulkChange, found: Found | null): Promise<boolean> {
    const { changes, groups, now } = this.#parts;
    // A search that took longer than the lease may have been overtaken by another run of the same change.
    if (found && found.after !== bulk.place) return true;
    const rows = await changes.next(transaction, bulk, atOnce, found?.ids ?? null);
    const occasion = occasionOf(bulk, now(), bulk.change.note ?? null);
    const followed = await groups.followed(transaction, bulk.tenantId, rows);
    const steps = rows
      .map((row) => {
        const after = changed(row, bulk.change, { ...occasion, hasFollower: followed.has(row.fingerprint) });
        // Of closed groups alike only one can take alerts again.
        if (after.closedAt === null) followed.add(row.fingerprint);
        return { row, after };
      })
      .filter((step) => !isIdle(step) || occasion.note !== null);
    await changes.remember(transaction, bulk, steps);
    await groups.take(transaction, occasion, steps);
    const done = bulk.changed + steps.length;
    const goesOn = (found?.ids ?? rows).length === atOnce;
    await changes.set(transaction, bulk.id, {
      changed: done,
      // A group that was being stored when they were counted can come before the newest of them.
      total: Math.max(bulk.total, done),
      place: found?.ids.at(-1) ?? rows.at(-1)?.id ?? bulk.place,
      ...(goesOn
        ? { leaseUntil: now() + leaseMs }
        : { status: BulkChangeStatus.DONE, finishedAt: now(), leaseUntil: null }),
    });
    if (!goesOn) await this.#tellEnd(transaction, bulk, { changed: bulk.changed + steps.length });
    return goesOn;
  }

  async #takeBack(transaction: Transaction, bulk: BulkChange): Promise<boolean> {
    const { changes, groups, now } = this.#parts;
    const items = await changes.changedBy(transaction, bulk, atOnce);
    const untouched = items.flatMap(({ row, before, version }) => (row?.version === version ? [{ row, before }] : []));
    const followed = await groups.followed(
      transaction,
      bulk.tenantId,
      untouched.map(({ row }) => row),
    );
    const steps = untouched.map((item) => {
      const after = restored(item, followed);
      if (after.closedAt === null) followed.add(item.row.fingerprint);
      return { row: item.row, after };
    });
    await groups.take(transaction, occasionOf(bulk, now(), null), steps);
    const goesOn = items.length === atOnce;
    const counts = { undone: bulk.undone + steps.length, kept: bulk.kept + items.length - steps.length };
    await changes.set(transaction, bulk.id, {
      ...counts,
      place: items.at(-1)?.groupId ?? bulk.place,
      ...(goesOn ? { leaseUntil: now() + leaseMs } : { status: BulkChangeStatus.UNDONE, leaseUntil: null }),
    });
    if (!goesOn) await this.#tellEnd(transaction, bulk, counts);
    return goesOn;
  }

  async #tellEnd(transaction: Transaction, bulk: BulkChange, details: Readonly<Record<string, number>>): Promise<void> {
    const { tenantId, credentialId, userId } = bulk;
    const actor = { tenantId, credentialId, userId: userId ?? undefined };
    await this.#parts.audit.record(transaction, actor, {
      action: AuditAction.BULK_CHANGE_FINISHED,
      subject: bulk.id,
      details,
    });
  }

  async #find(tenantId: string, id: string, transaction: Transaction): Promise<BulkChange> {
    const row = isUuid(id) ? await this.#parts.changes.find(tenantId, id, transaction) : null;
    if (!row) throw new NotFound('Bulk change', id);
    return row;
  }

  #undoUntil({ status, finishedAt }: BulkChange): Date | null {
    if (status !== BulkChangeStatus.DONE || finishedAt === null) return null;
    return finishedAt + undoMs < this.#parts.now() ? null : new Date(finishedAt + undoMs);
  }

  #toType(row: BulkChange): BulkChangeType {
    const { id, status, total, changed: done, undone, kept, createdAt, finishedAt } = row;
    return {
      id,
      status,
      total,
      changed: done,
      undone,
      kept,
      createdAt: new Date(createdAt),
      finishedAt: finishedAt === null ? null : new Date(finishedAt),
      undoUntil: this.#undoUntil(row),
    };
  }
}

/** What a group was; it takes alerts again, if it did, unless another of its fingerprint does so by now. */
function restored({ row, before }: { row: GroupRow; before: Triage }, followed: ReadonlySet<string>): Triage {
  const isFollowed = before.closedAt === null && followed.has(row.fingerprint);
  return isFollowed ? { ...before, closedAt: row.closed_at } : before;
}

function occasionOf({ id, tenantId, userId, credentialId }: BulkChange, at: number, note: string | null): Occasion {
  return { tenantId, userId, credentialId, at, note, bulkChangeId: id };
}
