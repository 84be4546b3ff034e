import type { RejectedEventReplayType } from '../../../schema/rejected-event/rejected-event-replay.type.ts';

/** What became of rejected input that was taken in again, with the event that resolvers look up. */
export interface RejectedEventReplayNode extends RejectedEventReplayType {
  readonly eventId: string | null;
}
