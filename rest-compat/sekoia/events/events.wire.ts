import { type DialectRequest, type Reply, RequestFailure } from '../../kernel/route.ts';
import { readTime } from '../timestamp.ts';

/** The vendor's bound on one event. */
export const maxEventBytes = 250 * 1024;

export const operation = /* GraphQL */ `
  mutation SekoiaIngestEvents($input: IngestEventsInput!) {
    ingestEvents(input: $input) { results { id error } }
  }`;

/** One event of a request. */
export interface IntakeEvent {
  readonly value: unknown;
  /** As its sender wrote it. */
  readonly raw: string;
  /** Where the sender gives it a time of its own. */
  readonly occurredAt?: Date | undefined;
}

export type Input = {
  input: {
    format: 'AUTO';
    events: readonly unknown[];
    raw?: readonly string[];
    occurredAt?: readonly (Date | null)[];
    maxRecordBytes: number;
  };
};

/** What became of one event. */
export interface Result {
  readonly id: string | null;
  readonly error?: string | null;
}

export interface Report {
  readonly ingestEvents: { readonly results: readonly Result[] };
}

/** An entry of a JSON body as an event: a string is its own text, anything else is the text by which it was written. */
export function eventOf(value: unknown, text: string): IntakeEvent {
  if (typeof value === 'string') return { value, raw: value };
  return { value: typeof value === 'object' && value !== null ? value : text, raw: text };
}

/** Texts that are events as they are. */
export function inputOfTexts(events: readonly string[], request: DialectRequest): Input {
  const time = readRequestTime(request);
  return { input: { format: 'AUTO', events, ...(time && { occurredAt: [time] }), maxRecordBytes: maxEventBytes } };
}

/** Events that may have times of their own; the request's time is for those that have none. */
export function inputOf(events: readonly IntakeEvent[], request: DialectRequest): Input {
  const time = readRequestTime(request);
  const isOneForAll = events.every(({ occurredAt }) => occurredAt === undefined);
  const times = isOneForAll ? time && [time] : events.map(({ occurredAt }) => occurredAt ?? time ?? null);
  return {
    input: {
      format: 'AUTO',
      events: events.map(({ value }) => value),
      raw: events.map(({ raw }) => raw),
      ...(times && { occurredAt: times }),
      maxRecordBytes: maxEventBytes,
    },
  };
}

/** The reply to a request of one event. */
export function replyToOne(request: DialectRequest, results: readonly Result[]): Reply {
  const [id] = acceptedIds(results);
  return succeed(request, { event_id: id });
}

/** The reply to a request of several events: where some were refused, it says which and why. */
export function replyToMany(request: DialectRequest, results: readonly Result[]): Reply {
  const ids = acceptedIds(results);
  return succeed(request, { event_ids: ids, ...(ids.length < results.length && { events: results.map(describe) }) });
}

/** Events of any format are refused for their size alone; a request of which none was accepted is refused as a whole. */
function acceptedIds(results: readonly Result[]): string[] {
  const ids = results.flatMap(({ id }) => id ?? []);
  if (ids.length > 0) return ids;
  const errors = new Set(results.map(({ error }) => error));
  throw new RequestFailure({ code: 'TOO_LARGE', message: `No event was accepted: ${[...errors].join('; ')}` });
}

function describe({ id, error }: Result) {
  return id === null ? { event_id: null, status: 'rejected', error } : { event_id: id, status: 'accepted' };
}

function succeed(request: DialectRequest, body: object): Reply {
  const status = successStatus(request);
  const headers = hasUnreadTime(request) && {
    warning: '199 - "X-SEKOIAIO-EVENT-TIMESTAMP is no time: it was not looked at"',
  };
  // These two statuses have no body, by definition.
  return { status, ...(headers && { headers }), ...(status !== 204 && status !== 205 && { body }) };
}

/**
 * What a request is answered with when it is accepted: 200, or the 2xx that its `status_code` asks for. Throws
 * BAD_USER_INPUT for any other, so it is to be asked for before anything is stored.
 */
export function successStatus({ query }: DialectRequest): number {
  const asked = query.get('status_code') ?? '200';
  if (/^2\d\d$/.test(asked)) return Number(asked);
  throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'status_code must be a status from 200 to 299' });
}

function readRequestTime({ headers }: DialectRequest): Date | undefined {
  return readTime(headers['x-sekoiaio-event-timestamp']);
}

function hasUnreadTime(request: DialectRequest): boolean {
  return request.headers['x-sekoiaio-event-timestamp'] !== undefined && readRequestTime(request) === undefined;
}
