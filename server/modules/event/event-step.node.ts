import type { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Severity } from '../../../schema/severity.enum.ts';

/** One event where it stands among all, with what a filter asks of it; not its raw text, which is looked up when it is pushed. */
export interface EventStep {
  /** The event's number: they are given in the order of commits. */
  readonly cursor: number;
  readonly id: string;
  readonly tenantId: string;
  readonly intakeId: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly format: EventFormat;
  readonly host: string | null;
  readonly app: string | null;
  readonly severity: Severity;
  readonly isAlert: boolean;
  readonly title: string | null;
  readonly message: string;
  readonly externalId: string | null;
  /** The addresses as `ipKey` has them. */
  readonly sourceKey: string | null;
  readonly destinationKey: string | null;
}
