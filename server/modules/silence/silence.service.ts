import type { Page } from '../../../schema/paging/connection.type.ts';
import { SilenceState } from '../../../schema/silence/silence.enum.ts';
import type {
  CreateSilenceInput,
  PreviewSilenceInput,
  SilenceFilter,
  UpdateSilenceInput,
} from '../../../schema/silence/silence.input.ts';
import type { SilencePreview, SilenceType } from '../../../schema/silence/silence.type.ts';
import type { Principal } from '../../context.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { AlertNode } from '../alert/alert.node.ts';
import type { AlertService } from '../alert/alert.service.ts';
import { earlierStart } from './recurrence.ts';
import type { Silence } from './silence.entity.ts';
import { isInForce, type SilenceRule, silences } from './silence.filter.ts';
import type { SilenceRepository } from './silence.repository.ts';
import { groupsNamedBy, matchersOf, reasonOf, recurrenceOf, startOf } from './silence-values.ts';

/** A silence as those need it who decide what is told. */
export interface SilenceInForce extends SilenceRule {
  readonly id: string;
  readonly reason: string;
}

/** Every one of them is asked about every alert. */
const mostUnexpired = 500;
const dayMs = 86_400_000;
const mostPreviewDays = 90;
const mostExamined = 10_000;
const mostExamples = 5;
/** Of the silences that hold one alert back. */
const mostShown = 3;
const pageSize = 200;
/** Alerts are numbered as they are stored, which can be a little later than one that was received after them. */
const storingMs = 60_000;

/** Times in which a tenant is not told of some alerts; what is stored and shown is the same all the while. */
export class SilenceService {
  readonly #silences: SilenceRepository;
  readonly #alerts: AlertService;
  readonly #timeZone: string;
  readonly #now: () => number;

  /** Silences that recur do so by the clocks of `timeZone`, an IANA zone. */
  constructor(silences: SilenceRepository, alerts: AlertService, timeZone: string, now: () => number) {
    this.#silences = silences;
    this.#alerts = alerts;
    this.#timeZone = timeZone;
    this.#now = now;
  }

  /** What holds notifications of a tenant back at an instant, in epoch milliseconds; to be asked of with `silences`. */
  async inForce(tenantId: string, atMs: number): Promise<readonly SilenceInForce[]> {
    const active = await this.#silences.findActive(tenantId, atMs);
    return active
      .map((row) => ({ id: row.id, reason: row.reason, ...this.#ruleOf(row) }))
      .filter((silence) => isInForce(silence, atMs));
  }

  /** For each alert the first few of the silences in force that hold notifications of it back now. */
  async holdingBack(tenantId: string, alertIds: readonly number[]): Promise<SilenceType[][]> {
    const now = this.#now();
    const active = await this.#silences.findActive(tenantId, now);
    const inForce = active.filter((row) => isInForce(this.#ruleOf(row), now));
    // Mostly nothing is silenced, and then there is nothing to look alerts up for.
    if (inForce.length === 0) return alertIds.map(() => []);
    const alerts = await this.#alerts.byIds(tenantId, alertIds);
    return alerts.map((alert) =>
      inForce
        .filter((row) => alert !== null && silences(this.#ruleOf(row), alert, now))
        .slice(0, mostShown)
        .map((row) => this.#toNode(row)),
    );
  }

  /** Ids of the alert groups that the conditions of a silence name. */
  groupsNamedBy({ matchers }: Pick<SilenceType, 'matchers'>): string[] {
    return groupsNamedBy(matchers);
  }

  /** Why there are these silences, by id. */
  async reasons(tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const found = ids.length === 0 ? [] : await this.#silences.findSome(tenantId, ids);
    return new Map(found.map(({ id, reason }) => [id, reason]));
  }

  /** The latest made first. */
  async page(tenantId: string, filter: SilenceFilter | null, request: PageRequest): Promise<Page<SilenceType>> {
    const { edges, ...rest } = await this.#silences.page(tenantId, filter?.state, this.#now(), request);
    return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: this.#toNode(node) })) };
  }

  /** Throws InvalidInput, or Conflict when the tenant has as many as it may. */
  async create(caller: Pick<Principal, 'tenantId' | 'userId'>, input: CreateSilenceInput): Promise<SilenceType> {
    const now = this.#now();
    const times = { startsAt: startOf(input.startsAt, now), endsAt: input.endsAt.getTime() };
    checkTimes(times.startsAt, times.endsAt, now);
    const values = {
      matchers: matchersOf(input.matchers),
      recurrence: recurrenceOf(input.recurrence),
      reason: reasonOf(input.reason),
    };
    if ((await this.#silences.countUnexpired(caller.tenantId, now)) >= mostUnexpired) {
      throw new Conflict(`A tenant has at most ${mostUnexpired} silences that have not expired`);
    }
    const made = await this.#silences.insert({
      id: uuidV7(now),
      tenantId: caller.tenantId,
      ...values,
      ...times,
      createdBy: caller.userId ?? null,
      createdAt: now,
      updatedAt: now,
    });
    return this.#toNode(made);
  }

  /** Throws InvalidInput or NotFound. */
  async update(tenantId: string, id: string, input: UpdateSilenceInput): Promise<SilenceType> {
    const now = this.#now();
    const { startsAt, endsAt } = await this.#find(tenantId, id);
    const times = { startsAt: startOf(input.startsAt, startsAt), endsAt: input.endsAt?.getTime() ?? endsAt };
    if (input.startsAt != null || input.endsAt != null) checkTimes(times.startsAt, times.endsAt, now);
    const changes = {
      ...(input.matchers != null && { matchers: matchersOf(input.matchers) }),
      ...(input.recurrence !== undefined && { recurrence: recurrenceOf(input.recurrence) }),
      ...(input.reason != null && { reason: reasonOf(input.reason) }),
      ...times,
      updatedAt: now,
    };
    return this.#changed(tenantId, id, changes);
  }

  /** Ends a silence at once, also one that has yet to begin; one that has ended stays as it is. Throws NotFound. */
  async expire(tenantId: string, id: string): Promise<SilenceType> {
    const now = this.#now();
    const silence = await this.#find(tenantId, id);
    if (silence.endsAt <= now) return this.#toNode(silence);
    const startsAt = Math.min(silence.startsAt, now);
    return this.#changed(tenantId, id, { startsAt, endsAt: now, updatedAt: now });
  }

  /**
   * What the silence would have held back in the last days, had it been in force all that time, or taken its turns through it: the
   * alerts that `silences` says yes to when they were received. At most 10,000 alerts are looked at. Throws InvalidInput.
   */
  async preview(tenantId: string, input: PreviewSilenceInput, days: number): Promise<SilencePreview> {
    if (days < 1 || days > mostPreviewDays) throw new InvalidInput('days', `must be from 1 to ${mostPreviewDays}`);
    const now = this.#now();
    const since = now - days * dayMs;
    const rule = this.#backdated(input, since, now);
    const held: AlertNode[] = [];
    let count = 0;
    let examined = 0;
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await this.#alerts.page({ tenantId }, null, null, { first: pageSize, after });
      const recent = edges.map(({ node }) => node).filter(({ receivedAt }) => receivedAt.getTime() >= since);
      const found = recent.filter((alert) => silences(rule, alert, alert.receivedAt.getTime()));
      held.push(...found.slice(0, mostExamples - held.length));
      count += found.length;
      examined += recent.length;
      const isPast = edges.some(({ node }) => node.receivedAt.getTime() < since - storingMs);
      const isLast = !pageInfo.hasNextPage || isPast;
      if (isLast || examined >= mostExamined) return { count, examined, isLowerBound: !isLast, examples: held };
      after = pageInfo.endCursor;
    }
  }

  #backdated({ matchers, startsAt, recurrence }: PreviewSilenceInput, since: number, now: number): SilenceRule {
    const turns = recurrenceOf(recurrence);
    const start = startOf(startsAt, now);
    return {
      matchers: matchersOf(matchers),
      startsAt: turns ? earlierStart(turns, start, this.#timeZone, since) : since,
      // What was received this very moment counts too.
      endsAt: now + 1,
      recurrence: turns,
      timeZone: this.#timeZone,
    };
  }

  async #changed(
    tenantId: string,
    id: string,
    changes: Parameters<SilenceRepository['update']>[2],
  ): Promise<SilenceType> {
    const silence = await this.#silences.update(tenantId, id, changes);
    if (!silence) throw new NotFound('Silence', id);
    return this.#toNode(silence);
  }

  async #find(tenantId: string, id: string): Promise<Silence> {
    const silence = isUuid(id) ? await this.#silences.find(tenantId, id) : null;
    if (!silence) throw new NotFound('Silence', id);
    return silence;
  }

  #ruleOf({ matchers, startsAt, endsAt, recurrence }: Silence): SilenceRule {
    return { matchers, startsAt, endsAt, recurrence: recurrence ?? null, timeZone: this.#timeZone };
  }

  #toNode(silence: Silence): SilenceType {
    const { id, matchers, startsAt, endsAt, recurrence, reason, createdBy, createdAt, updatedAt } = silence;
    const now = this.#now();
    return {
      id,
      matchers,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      recurrence: recurrence ?? null,
      reason,
      createdBy: createdBy ?? null,
      createdAt: new Date(createdAt),
      updatedAt: new Date(updatedAt),
      state: stateOf(silence, now),
      isInForce: isInForce(this.#ruleOf(silence), now),
    };
  }
}

function checkTimes(startsAt: number, endsAt: number, now: number): void {
  if (endsAt <= startsAt) throw new InvalidInput('endsAt', 'must be after its start');
  if (endsAt <= now) throw new InvalidInput('endsAt', 'must not be in the past');
}

function stateOf({ startsAt, endsAt }: Silence, now: number): SilenceState {
  if (endsAt <= now) return SilenceState.EXPIRED;
  return startsAt > now ? SilenceState.UPCOMING : SilenceState.ACTIVE;
}
