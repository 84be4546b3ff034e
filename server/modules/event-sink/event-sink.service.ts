import { isDeepStrictEqual } from 'node:util';
import type { CreateEventSinkInput, UpdateEventSinkInput } from '../../../schema/event-sink/event-sink.input.ts';
import type {
  EventSinkTest,
  EventSinkType,
  IssuedEventSink,
  SinkDefaults,
} from '../../../schema/event-sink/event-sink.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Target } from '../../delivery/sender.ts';
import { Conflict, ForeignTenant, InvalidInput, NotFound } from '../../errors.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import { checkName } from '../intake/intake.service.ts';
import type { EventSink } from './event-sink.entity.ts';
import type { EventSinkRepository, EventSinkValues } from './event-sink.repository.ts';
import { Sealer } from './sealer.ts';
import {
  changedPlace,
  newPlace,
  rotated,
  type SinkPlace,
  type SinkSecrets,
  type SinkSenders,
  targetAt,
} from './sink-place.ts';
import { filterOf, rulesOf, type SinkRules } from './sink-rules.ts';

/** What decides of which alerts a sink is told, and how often. */
export type RoutableSink = Pick<
  EventSinkType,
  | 'id'
  | 'createdAt'
  | 'tenantId'
  | 'name'
  | 'kind'
  | 'isEnabled'
  | 'minSeverity'
  | 'filter'
  | 'digestSeconds'
  | 'maxPerHour'
>;

const mostSinks = 200;
const longestDescription = 2000;

const newRules: SinkRules = {
  isEnabled: true,
  switchedOffReason: null,
  minSeverity: Severity.MEDIUM,
  filter: filterOf({}),
  digestSeconds: 300,
  maxPerHour: null,
};

/** Those who are told of a tenant's alerts. Their secrets are kept sealed and come out for senders alone. */
export class EventSinkService {
  readonly #sinks: EventSinkRepository;
  readonly #sealer: Sealer;
  readonly #senders: SinkSenders;
  readonly #now: () => number;

  constructor(sinks: EventSinkRepository, secretKey: string, senders: SinkSenders, now: () => number) {
    this.#sinks = sinks;
    this.#sealer = new Sealer(secretKey, 'tocsin event sinks');
    this.#senders = senders;
    this.#now = now;
  }

  /** What the operator has set for all sinks. */
  defaults(): SinkDefaults {
    return this.#senders.defaults;
  }

  /** The oldest first. */
  async page(tenantId: string, request: PageRequest, asked?: string | null): Promise<Page<EventSinkType>> {
    refuseForeign(tenantId, asked);
    const { edges, ...rest } = await this.#sinks.page(tenantId, request);
    return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: toNode(node) })) };
  }

  /** Null when the tenant has no sink of that id. */
  async get(tenantId: string, id: string): Promise<EventSinkType | null> {
    const sink = isUuid(id) ? await this.#sinks.find(tenantId, id) : null;
    return sink && toNode(sink);
  }

  /** In the order asked for; null where the tenant has no sink of that id. */
  async byIds(tenantId: string, ids: readonly string[]): Promise<(EventSinkType | null)[]> {
    const found = await this.#sinks.findSome(tenantId, ids.filter(isUuid));
    const byId = new Map(found.map((sink) => [sink.id, toNode(sink)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** Throws InvalidInput, ForeignTenant, or Conflict when the tenant has as many as it may. */
  async create(tenantId: string, input: CreateEventSinkInput): Promise<IssuedEventSink> {
    refuseForeign(tenantId, input.tenantId);
    const values = { name: checkName(input.name), description: checkDescription(input.description) };
    const rules = { ...newRules, ...rulesOf(input) };
    if ((await this.#sinks.count(tenantId)) >= mostSinks) throw new Conflict(`A tenant has at most ${mostSinks} sinks`);
    const { configuration, secrets } = await newPlace(input, this.#senders);
    const createdAt = this.#now();
    const id = uuidV7(createdAt);
    const sink = await this.#sinks.insert({
      id,
      tenantId,
      kind: configuration.kind,
      configuration,
      sealedSecrets: this.#seal(id, secrets),
      ...values,
      ...rules,
      createdAt,
      updatedAt: createdAt,
    });
    return {
      sink: toNode(sink),
      signingSecret: secrets.kind === 'WEBHOOK' ? (secrets.signing[0]?.secret ?? null) : null,
    };
  }

  /** Throws InvalidInput or NotFound. What changes nothing leaves `updatedAt` as it is. */
  async update(tenantId: string, id: string, input: UpdateEventSinkInput): Promise<EventSinkType> {
    const changes = {
      ...(input.name != null && { name: checkName(input.name) }),
      ...(input.description != null && { description: checkDescription(input.description) }),
      ...rulesOf(input),
    };
    return toNode(
      await this.#change(tenantId, id, (sink) => {
        const place = this.#placeOf(sink);
        const next = changedPlace(place, input);
        const isMoved = !isDeepStrictEqual(place, next);
        return { ...changes, ...this.#changesOf(sink.id, place, next), ...(isMoved && { lastTest: null }) };
      }),
    );
  }

  /** What was deleted; throws NotFound. */
  async delete(tenantId: string, id: string): Promise<EventSinkType> {
    const sink = isUuid(id) ? await this.#sinks.delete(tenantId, id) : null;
    if (!sink) throw new NotFound('Event sink', id);
    return toNode(sink);
  }

  /** Gives a webhook a new signing secret, beside which the old ones sign for a day; throws InvalidInput or NotFound. */
  async rotateSecret(tenantId: string, id: string): Promise<IssuedEventSink> {
    let signingSecret: string | null = null;
    const sink = await this.#change(tenantId, id, (found) => {
      const place = this.#placeOf(found);
      const next = rotated(place, this.#now());
      signingSecret = next.secret;
      return this.#changesOf(found.id, place, next.place);
    });
    return { sink: toNode(sink), signingSecret };
  }

  /** The sinks of all tenants, those too that are switched off. */
  async routable(): Promise<readonly RoutableSink[]> {
    return (await this.#sinks.findAll()).map(toNode);
  }

  /**
   * Where a sink's notifications go at this moment; null when there is no such sink, or it is switched off. Throws Conflict when its
   * secrets cannot be read with the server's secret key.
   */
  async targetOf(sinkId: string): Promise<Target | null> {
    const sink = await this.#sinks.findById(sinkId);
    return sink?.isEnabled ? targetAt(this.#placeOf(sink), this.#now()) : null;
  }

  /** Where notifications of a tenant's sink go, switched off or not; throws NotFound. */
  async targetIn(tenantId: string, id: string): Promise<Target> {
    return targetAt(this.#placeOf(await this.#find(tenantId, id)), this.#now());
  }

  /** Keeps how it went to try a sink out, unless it was changed meanwhile. */
  async recordTest(tenantId: string, id: string, target: Target, test: EventSinkTest): Promise<void> {
    const sink = await this.#sinks.find(tenantId, id);
    if (!sink || !isDeepStrictEqual(targetAt(this.#placeOf(sink), this.#now()), target)) return;
    await this.#sinks.setLastTest(sink, { ...test, at: this.#now() });
  }

  /** For the server: the sink is told of nothing until somebody switches it on again. Of a sink that is gone it says nothing. */
  async switchOff(sinkId: string, reason: string): Promise<void> {
    const sink = await this.#sinks.findById(sinkId);
    if (!sink?.isEnabled) return;
    await this.#change(sink.tenantId, sinkId, () => ({ isEnabled: false, switchedOffReason: reason })).catch(
      (cause: unknown) => {
        if (!(cause instanceof NotFound)) throw cause;
      },
    );
  }

  async #find(tenantId: string, id: string): Promise<EventSink> {
    const sink = isUuid(id) ? await this.#sinks.find(tenantId, id) : null;
    if (!sink) throw new NotFound('Event sink', id);
    return sink;
  }

  /** Changes what the sink is when it is written: where somebody else was quicker, the change is made to what they left. */
  async #change(
    tenantId: string,
    id: string,
    changesOf: (sink: EventSink) => Partial<EventSinkValues>,
  ): Promise<EventSink> {
    for (let tries = 0; tries < 10; tries++) {
      const sink = await this.#find(tenantId, id);
      const changes = Object.entries(changesOf(sink)).filter(
        ([name, value]) => !isDeepStrictEqual(sink[name as keyof EventSinkValues] ?? null, value),
      );
      if (changes.length === 0) return sink;
      const values = { ...Object.fromEntries(changes), updatedAt: this.#now() };
      if (await this.#sinks.update(sink, values)) return this.#find(tenantId, id);
    }
    throw new Conflict('Others change this sink at the same time; try again');
  }

  #placeOf({ id, configuration, sealedSecrets }: EventSink): SinkPlace {
    return { configuration, secrets: JSON.parse(this.#unseal(id, sealedSecrets)) as SinkSecrets };
  }

  /** Secrets are sealed anew only when they change, for sealing them twice makes two texts. */
  #changesOf(id: string, before: SinkPlace, { configuration, secrets }: SinkPlace): Partial<EventSinkValues> {
    return {
      configuration,
      ...(!isDeepStrictEqual(before.secrets, secrets) && { sealedSecrets: this.#seal(id, secrets) }),
    };
  }

  #unseal(id: string, sealed: string): string {
    try {
      return this.#sealer.open(id, sealed);
    } catch (cause) {
      const message = 'The secrets of this sink were sealed with another secret key of the server: make the sink anew';
      throw new Conflict(message, { cause });
    }
  }

  #seal(id: string, secrets: SinkSecrets): string {
    return this.#sealer.seal(id, JSON.stringify(secrets));
  }
}

function refuseForeign(tenantId: string, asked: string | null | undefined): void {
  if (asked != null && asked !== tenantId) throw new ForeignTenant();
}

function checkDescription(text: string): string {
  if (text.length > longestDescription || text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidInput('description', `must be text of at most ${longestDescription} characters`);
  }
  return text;
}

function toNode(sink: EventSink): EventSinkType {
  const { id, tenantId, name, description, kind, configuration, isEnabled, minSeverity, filter, digestSeconds } = sink;
  return {
    id,
    tenantId,
    name,
    description,
    kind,
    configuration,
    isEnabled,
    switchedOffReason: sink.switchedOffReason ?? null,
    minSeverity,
    filter,
    digestSeconds,
    maxPerHour: sink.maxPerHour ?? null,
    lastTest: sink.lastTest ? { ...sink.lastTest, at: new Date(sink.lastTest.at) } : null,
    createdAt: new Date(sink.createdAt),
    updatedAt: new Date(sink.updatedAt),
  };
}
