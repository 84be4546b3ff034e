import type { EventFormat } from '../../schema/event/event-format.enum.ts';
import type { Severity } from '../../schema/severity.enum.ts';
import type { Observation } from './observation.ts';

/** One end of a detection between two addresses. */
export interface Endpoint {
  readonly ip: string | null;
  readonly mac: string | null;
  readonly port: number | null;
}

/** What a parser makes of one record; times are epoch milliseconds. */
export interface Draft {
  readonly format: EventFormat;
  /** Null: the sender does not say, so the time of receipt counts. */
  readonly occurredAt: number | null;
  readonly host: string | null;
  readonly app: string | null;
  readonly severity: Severity;
  readonly title: string | null;
  readonly message: string;
  readonly externalId: string | null;
  /** Where the sender itself tells its detections from its other records; absent: the tenant's threshold decides. */
  readonly isAlert?: boolean;
  /** What sort of thing it is, for the alert it may raise. */
  readonly type: string;
  /** The detection's rule, where the sender names one. */
  readonly rule: string | null;
  readonly agent: string | null;
  readonly agentName: string | null;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** What it says of the network besides. */
  readonly observations: readonly Observation[];
}

/** Why a record cannot be taken in. */
export class Rejection extends Error {}

/** Reads one record, received at a time in epoch milliseconds; throws `Rejection` with words for its sender. */
export type Parser = (record: unknown, receivedAt: number) => Draft;

export const nothingElse: readonly Observation[] = [];
export const nowhere: Endpoint = { ip: null, mac: null, port: null };
