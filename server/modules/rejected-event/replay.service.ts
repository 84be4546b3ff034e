import type { IngestFormat } from '../../../schema/ingest/ingest-format.enum.ts';
import type { Principal } from '../../context.ts';
import { Conflict, InvalidInput, NotFound, NotJson } from '../../errors.ts';
import { isUuid } from '../../uuid-v7.ts';
import { type IngestService, longestRejected } from '../ingest/ingest.service.ts';
import type {
  RejectedEventNode,
  RejectedEventReplayNode,
  RejectedEventRepository,
} from './rejected-event.repository.ts';

/** Takes rejected input in again, once its sender's format is known or a parser has learned to read it. */
export class RejectedEventReplayService {
  readonly #rejectedEvents: RejectedEventRepository;
  readonly #ingest: IngestService;
  readonly #underWay = new Set<string>();

  constructor(rejectedEvents: RejectedEventRepository, ingest: IngestService) {
    this.#rejectedEvents = rejectedEvents;
    this.#ingest = ingest;
  }

  /**
   * Takes the text in as of the format given, or else the one that it came as, by the intake that it came by. Where it is accepted it is taken off the list only once its event
   * is on disk: after a crash in between it may be both, but never neither. Where it is rejected again everything stays as it is.
   * NotFound; InvalidInput where there is neither; Conflict while it is being replayed, or where only its beginning was kept.
   */
  async replay(principal: Principal, id: string, given: IngestFormat | null): Promise<RejectedEventReplayNode> {
    const [rejected] = isUuid(id) ? await this.#rejectedEvents.byIds(principal.tenantId, [id]) : [];
    if (!rejected) throw new NotFound('Rejected event', id);
    if (rejected.raw.length >= longestRejected) {
      throw new Conflict('Only the beginning of this input was kept, so it cannot be taken in again');
    }
    const format = given ?? rejected.format;
    if (format === null) throw new InvalidInput('format', 'has to be named: nobody said how this input is written');
    if (this.#underWay.has(id)) throw new Conflict('This input is being taken in already');
    this.#underWay.add(id);
    try {
      return await this.#replay(principal, rejected, format);
    } finally {
      this.#underWay.delete(id);
    }
  }

  async #replay(
    principal: Principal,
    { id, intakeId, raw }: RejectedEventNode,
    format: IngestFormat,
  ): Promise<RejectedEventReplayNode> {
    try {
      // Refused as a whole, it leaves no second rejected row behind.
      const report = await this.#ingest.ingest({ format, raw: [raw], allOrNothing: true }, { ...principal, intakeId });
      await this.#rejectedEvents.remove(principal.tenantId, id);
      return { isAccepted: true, reason: null, eventId: report.results[0]?.id ?? null };
    } catch (cause) {
      if (cause instanceof NotJson) return { isAccepted: false, reason: 'not valid JSON', eventId: null };
      if (!(cause instanceof InvalidInput)) throw cause;
      return { isAccepted: false, reason: cause.message.replace(/^events\.0: /, ''), eventId: null };
    }
  }
}
