import { AlertStatus } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Principal } from '../../context.ts';
import { Conflict, NotFound } from '../../errors.ts';
import { isUuid } from '../../uuid-v7.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { UserService } from '../user/user.service.ts';
import { type GroupRow, toGroup } from './alert-group.node.ts';
import type { Occasion, TriageRepository } from './triage.repository.ts';
import { changed, checkChange } from './triage.ts';

export type Caller = Pick<Principal, 'tenantId' | 'userId' | 'credentialId'>;

/** In whose name the server itself closes groups. */
const server = { credentialId: 'tocsin' };

/** What people make of alert groups. */
export class TriageService {
  readonly #triage: TriageRepository;
  readonly #users: UserService;
  readonly #audit: AuditService;
  readonly #now: () => number;

  constructor(triage: TriageRepository, users: UserService, audit: AuditService, now: () => number) {
    this.#triage = triage;
    this.#users = users;
    this.#audit = audit;
    this.#now = now;
  }

  /**
   * Changes the triage of a group. `version` is the one that the caller saw: when somebody else has changed the group since, nothing
   * is changed, and Conflict says so.
   */
  async update(caller: Caller, id: string, version: number, change: AlertGroupChange): Promise<AlertGroupType> {
    const checked = await this.check(caller, change);
    if (!isUuid(id)) throw new NotFound('Alert group', id);
    const { tenantId } = caller;
    return this.#triage.transaction(async (transaction) => {
      const row = await this.#triage.find(transaction, tenantId, id);
      if (!row) throw new NotFound('Alert group', id);
      if (row.version !== version)
        throw new Conflict(`The group has been changed since: its version is ${row.version}`);
      const occasion = this.#occasion(caller, checked);
      const hasFollower = (await this.#triage.followed(transaction, tenantId, [row])).has(row.fingerprint);
      const after = changed(row, checked, { ...occasion, hasFollower });
      await this.#triage.take(transaction, occasion, [{ row, after }]);
      await this.#audit.record(transaction, caller, {
        action: AuditAction.UPDATE_ALERT_GROUP,
        subject: id,
        details: { change: checked },
      });
      return toGroup((await this.#triage.find(transaction, tenantId, id)) as GroupRow);
    });
  }

  /** Closes the open group of a fingerprint as dealt with, in the server's own name; there may be none. */
  async resolve(tenantId: string, fingerprint: string): Promise<void> {
    await this.#triage.transaction(async (transaction) => {
      const row = await this.#triage.findOpen(transaction, tenantId, fingerprint);
      if (!row) return;
      const change = { status: AlertStatus.RESOLVED };
      const occasion = this.#occasion({ tenantId, ...server }, change);
      const after = changed(row, change, { ...occasion, hasFollower: false });
      await this.#triage.take(transaction, occasion, [{ row, after }]);
    });
  }

  /** For each group its history, the latest step first. */
  history(tenantId: string, groupIds: readonly string[]): Promise<AlertGroupEntryType[][]> {
    return this.#triage.entries(tenantId, groupIds);
  }

  /** Refuses a change that cannot be made by the caller to any group; answers it as it is made. */
  async check({ tenantId }: Caller, change: AlertGroupChange): Promise<AlertGroupChange> {
    const checked = checkChange(change);
    if (checked.assigneeId != null) await this.#users.findIn(tenantId, checked.assigneeId);
    return checked;
  }

  #occasion({ tenantId, userId, credentialId }: Caller, { note }: AlertGroupChange): Occasion {
    return {
      tenantId,
      userId: userId ?? null,
      credentialId,
      at: this.#now(),
      note: note ?? null,
      bulkChangeId: null,
    };
  }
}
