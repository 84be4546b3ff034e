import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import { RetainedDataSet, RetentionLimit } from '../../../schema/retention/retention.enum.ts';
import type { RetentionInput } from '../../../schema/retention/retention.input.ts';
import type { RetentionDueType, RetentionType } from '../../../schema/retention/retention.type.ts';
import { InvalidInput } from '../../errors.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import type { Bound, Held, RetainedSource, Rule } from './retention.node.ts';
import type { RetentionRepository } from './retention.repository.ts';

export type RetainedSources = Readonly<Record<RetainedDataSet, RetainedSource>>;

/** The rules that hold where nobody has set any; days of 0 are no limit. */
export interface RetentionDefaults {
  readonly rejectedEventDays: number;
  readonly deliveryDays: number;
}

const dayMs = 86_400_000;
const mostDays = 36_500;
const mostBytes = 2 ** 50;

/** How long each tenant keeps what, and what that means for what there is. */
export class RetentionService {
  readonly #rules: RetentionRepository;
  readonly #sources: RetainedSources;
  readonly #defaults: RetentionDefaults;
  readonly #audit: AuditService;
  readonly #now: () => number;
  #onChange: () => void = () => {};

  constructor(
    rules: RetentionRepository,
    sources: RetainedSources,
    defaults: RetentionDefaults,
    audit: AuditService,
    now: () => number,
  ) {
    this.#rules = rules;
    this.#sources = sources;
    this.#defaults = defaults;
    this.#audit = audit;
    this.#now = now;
  }

  /** Calls back whenever this process changes a rule. */
  listen(onChange: () => void): void {
    this.#onChange = onChange;
  }

  /** Every data set, in the order of the enum. */
  async list(tenantId: string): Promise<RetentionType[]> {
    const [rules, beganAt] = await Promise.all([this.#rules.rules(tenantId), this.#rules.beganAt(tenantId)]);
    return Promise.all(
      Object.values(RetainedDataSet).map(async (dataSet) =>
        this.#describe(dataSet, rules.get(dataSet), await this.#sources[dataSet].held(tenantId), beganAt),
      ),
    );
  }

  /** Sets a rule, which is carried out at once; the audit log tells what held before. */
  async update(actor: Actor, input: RetentionInput): Promise<RetentionType> {
    const { tenantId } = actor;
    const { dataSet } = input;
    const rule = checked(input);
    const { [dataSet]: before } = await this.rules(tenantId);
    await this.#rules.transaction(async (transaction) => {
      await this.#rules.set(transaction, tenantId, dataSet, rule, this.#now());
      const details = { ...rule, before };
      await this.#audit.record(transaction, actor, { action: AuditAction.UPDATE_RETENTION, subject: dataSet, details });
    });
    this.#onChange();
    const [held, beganAt] = await Promise.all([this.#sources[dataSet].held(tenantId), this.#rules.beganAt(tenantId)]);
    return this.#describe(dataSet, rule, held, beganAt);
  }

  /** What a rule would delete now, exactly, by counting it. */
  async due(tenantId: string, input: RetentionInput): Promise<RetentionDueType> {
    const rule = checked(input);
    const source = this.#sources[input.dataSet];
    const byAge = await this.boundOf(tenantId, rule);
    const old = byAge ? await source.count(tenantId, byAge) : nothing;
    const surplus = rule.keepBytes === null ? 0 : surplusOf(await source.held(tenantId), rule.keepBytes);
    if (surplus <= old.rows) return toDue(old);
    const any = await this.boundOfAny(tenantId);
    const free = await source.count(tenantId, any);
    const rows = Math.min(surplus, free.rows);
    return toDue({ rows, firstAt: free.firstAt, lastAt: rows === 0 ? null : await source.timeOf(tenantId, any, rows) });
  }

  /** What holds for each data set. */
  async rules(tenantId: string): Promise<Readonly<Record<RetainedDataSet, Rule>>> {
    const set = await this.#rules.rules(tenantId);
    const entries = Object.values(RetainedDataSet).map(
      (dataSet) => [dataSet, set.get(dataSet) ?? this.#defaultOf(dataSet)] as const,
    );
    return Object.fromEntries(entries) as unknown as Record<RetainedDataSet, Rule>;
  }

  /** What is too old by a rule; null: age is no reason. */
  async boundOf(tenantId: string, { keepDays }: Rule): Promise<Bound | null> {
    if (keepDays === null) return null;
    const before = this.#now() - keepDays * dayMs;
    return { before, until: await this.#rules.lastEvent(tenantId, before) };
  }

  /** What may go whatever its age. */
  async boundOfAny(tenantId: string): Promise<Bound> {
    return { before: null, until: await this.#rules.lastEvent(tenantId, null) };
  }

  #defaultOf(dataSet: RetainedDataSet): Rule {
    const { rejectedEventDays, deliveryDays } = this.#defaults;
    const days: Partial<Record<RetainedDataSet, number>> = {
      REJECTED_EVENTS: rejectedEventDays,
      DELIVERIES: deliveryDays,
    };
    return { keepDays: days[dataSet] || null, keepBytes: null };
  }

  #describe(dataSet: RetainedDataSet, set: Rule | undefined, held: Held, beganAt: number): RetentionType {
    const rule = set ?? this.#defaultOf(dataSet);
    const { rows, sizeBytes, firstAt } = held;
    return {
      dataSet,
      keepDays: rule.keepDays,
      keepBytes: rule.keepBytes,
      isDefault: set === undefined,
      rows,
      sizeBytes,
      oldestAt: firstAt === null ? null : new Date(firstAt),
      ...forecast(rule, held, beganAt, this.#now()),
    };
  }
}

/** How many of the oldest rows must go for the rest to take no more than so many bytes, as far as that is known. */
export function surplusOf({ rows, sizeBytes }: Held, keepBytes: number): number {
  return sizeBytes <= keepBytes ? 0 : rows - Math.floor(keepBytes / (sizeBytes / rows));
}

/** When a rule begins to delete if rows come as they came so far: since the oldest of them, or since there is something at all. */
export function forecast(
  { keepDays, keepBytes }: Rule,
  { rows, sizeBytes, firstAt }: Held,
  beganAt: number,
  now: number,
): Pick<RetentionType, 'bitesAt' | 'bitesBy'> {
  if (rows === 0 || firstAt === null) return { bitesAt: null, bitesBy: null };
  const byAge = keepDays === null ? Number.POSITIVE_INFINITY : firstAt + keepDays * dayMs;
  const bytesAMs = sizeBytes / Math.max(1, now - Math.max(firstAt, beganAt));
  const bySize = keepBytes === null ? Number.POSITIVE_INFINITY : now + (keepBytes - sizeBytes) / bytesAMs;
  const at = Math.min(byAge, bySize);
  if (at > latestDate) return { bitesAt: null, bitesBy: null };
  return { bitesAt: new Date(at), bitesBy: byAge <= bySize ? RetentionLimit.AGE : RetentionLimit.SIZE };
}

/** What lies farther ahead is no forecast. */
const latestDate = Date.UTC(9999, 0);
const nothing = { rows: 0, firstAt: null, lastAt: null };

function checked({ keepDays = null, keepBytes = null }: RetentionInput): Rule {
  if (keepDays !== null && (keepDays < 1 || keepDays > mostDays)) {
    throw new InvalidInput('keepDays', `must be from 1 to ${mostDays}`);
  }
  if (keepBytes !== null && (keepBytes < 1 || keepBytes > mostBytes)) {
    throw new InvalidInput('keepBytes', `must be from 1 to ${mostBytes}`);
  }
  return { keepDays, keepBytes };
}

function toDue({ rows, firstAt, lastAt }: { rows: number; firstAt: number | null; lastAt: number | null }) {
  const instant = (at: number | null) => (at === null ? null : new Date(at));
  return { rows, firstAt: instant(firstAt), lastAt: instant(lastAt) };
}
