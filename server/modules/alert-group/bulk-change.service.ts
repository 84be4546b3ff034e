import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { BulkChangeStatus } from '../../../schema/alert-group/bulk-change.enum.ts';
import type { BulkChangeType } from '../../../schema/alert-group/bulk-change.type.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { SearchService } from '../search/search.service.ts';
import type { BulkChange, BulkChangeRepository, Item } from './bulk-change.repository.ts';
import { isIdle, type Occasion, type TriageRepository } from './triage.repository.ts';
import type { Caller, TriageService } from './triage.service.ts';
import { changed } from './triage.ts';

/** How long a change can be taken back after it was made, in milliseconds. */
export const undoMs = 10 * 60_000;
/** Groups changed in one transaction: so few that ingest, whose turn it waits for, hardly waits for it. */
const atOnce = 250;
/** How long a worker that says nothing is believed to live, in milliseconds. */
const leaseMs = 30_000;
/** How often it is looked for changes that lost their worker, in milliseconds. */
export const bulkChangePollMs = 60_000;

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
    const row = await this.#find(caller.tenantId, id);
    if (row.status !== BulkChangeStatus.DONE) throw new Conflict(`The change is ${row.status.toLowerCase()}`);
    if (this.#undoUntil(row) === null) throw new Conflict('It is too late to take the change back');
    const undoing = { status: BulkChangeStatus.UNDOING, place: null };
    await changes.transaction(async (transaction) => {
      await changes.set(transaction, id, undoing);
      await audit.record(transaction, caller, { action: AuditAction.UNDO_ALERT_GROUPS, subject: id, details: {} });
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
    const { changes, now } = this.#parts;
    while (await changes.claim(id, this.#worker, now(), now() + leaseMs)) {
      if (this.#isClosed) {
        await changes.transaction((transaction) => changes.set(transaction, id, { leaseUntil: null }));
        return;
      }
      const found = await changes.findNext(id, atOnce);
      await changes.transaction(async (transaction) => {
        const row = await changes.held(transaction, id, this.#worker);
        if (row?.status === BulkChangeStatus.RUNNING) await this.#change(transaction, row, found);
        else if (row) await this.#undo(transaction, row);
      });
    }
  }

  async #change(transaction: Transaction, bulk: BulkChange, found: readonly string[] | null): Promise<void> {
    const { changes, groups, now } = this.#parts;
    const rows = await changes.next(transaction, bulk, atOnce, found);
    const occasion = occasionOf(bulk, now(), bulk.change.note ?? null);
    const followed = await groups.followed(transaction, bulk.tenantId, rows);
    const steps = rows
      .map((row) => ({
        row,
        after: changed(row, bulk.change, { ...occasion, hasFollower: followed.has(row.fingerprint) }),
      }))
      .filter((step) => !isIdle(step) || occasion.note !== null);
    await changes.remember(transaction, bulk, steps);
    await groups.take(transaction, occasion, steps);
    await changes.set(transaction, bulk.id, {
      changed: bulk.changed + steps.length,
      place: found?.at(-1) ?? rows.at(-1)?.id ?? bulk.place,
      ...((found ?? rows).length < atOnce && { status: BulkChangeStatus.DONE, finishedAt: now(), leaseUntil: null }),
    });
  }

  async #undo(transaction: Transaction, bulk: BulkChange): Promise<void> {
    const { changes, groups, now } = this.#parts;
    const items = await changes.changedBy(transaction, bulk, atOnce);
    const untouched = items.filter(({ row, version }) => row.version === version);
    const followed = await groups.followed(
      transaction,
      bulk.tenantId,
      untouched.map(({ row }) => row),
    );
    const steps = untouched.map((item) => ({ row: item.row, after: restored(item, followed) }));
    await groups.take(transaction, occasionOf(bulk, now(), null), steps);
    await changes.set(transaction, bulk.id, {
      undone: bulk.undone + steps.length,
      kept: bulk.kept + items.length - steps.length,
      place: items.at(-1)?.row.id ?? bulk.place,
      ...(items.length < atOnce && { status: BulkChangeStatus.UNDONE, leaseUntil: null }),
    });
  }

  async #find(tenantId: string, id: string): Promise<BulkChange> {
    const row = isUuid(id) ? await this.#parts.changes.find(tenantId, id) : null;
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

/** What a group was; it takes alerts again unless another of its fingerprint does so by now. */
function restored({ row, before }: Item, followed: ReadonlySet<string>) {
  return { ...before, closedAt: followed.has(row.fingerprint) ? row.closed_at : before.closedAt };
}

function occasionOf({ id, tenantId, userId, credentialId }: BulkChange, at: number, note: string | null): Occasion {
  return { tenantId, userId, credentialId, at, note, bulkChangeId: id };
}
