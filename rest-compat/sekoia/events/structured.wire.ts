import { readJsonMembers } from '../../kernel/json-members.ts';
import {
  type DialectRequest,
  type Part,
  type ReceivedRequest,
  RequestFailure,
  type Split,
} from '../../kernel/route.ts';
import { agreedKey } from '../credential.ts';
import { readTime } from '../timestamp.ts';
import { eventOf, type Input, type IntakeEvent, inputOf, type Report, type Result } from './events.wire.ts';
import { jsonBounds } from './json.ts';

/** One event of a body and the key it came with, or why it is none. */
export type Element = { readonly secret: string | undefined; readonly event: IntakeEvent } | { readonly error: string };

/** A body taken apart by its keys: where each event of each part stood, and what was refused at once. */
export interface KeyedEvents extends Split<Input> {
  readonly places: readonly (readonly number[])[];
  readonly refused: ReadonlyMap<number, string>;
  readonly count: number;
  /** The request is of one event by its form, not of an array of one. */
  readonly isOne: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * An entry in the structured form `{intake_key, json, timestamp}`. One without `json` and without a key is an event as it
 * stands, which is what senders post that give their key beside the body (`secret`).
 */
export async function elementOf(
  value: unknown,
  text: string,
  secret: string | undefined,
  { breathe }: Pick<ReceivedRequest, 'breathe'>,
): Promise<Element> {
  if (!isObject(value)) return { secret, event: eventOf(value, text) };
  const key = keyOf(value);
  if (!Object.hasOwn(value, 'json')) {
    return key === undefined ? { secret, event: eventOf(value, text) } : { error: missing('json') };
  }
  const { json } = value;
  if (json === null) return { error: missing('json') };
  // A log that was not quoted is kept as it was written all the same.
  const written = typeof json === 'string' ? json : (await readJsonMembers(text, jsonBounds, breathe)).get('json');
  return { secret: key ?? secret, event: { ...eventOf(json, written ?? ''), occurredAt: timeOf(value) } };
}

/** The key in a body, under either name that the vendor's page gives it. */
export function keyOf({ intake_key, intakey_key }: Members): string | undefined {
  return agreedKey([intake_key, intakey_key]);
}

/** The time in a body, under either name that the vendor's pages give it. */
export function timeOf(members: Members): Date | undefined {
  return readTime(members['@timestamp'] ?? members['timestamp']);
}

/** Gathers events by key, in their order, so that each key's are taken in together. */
export function splitByKey(elements: readonly Element[], request: DialectRequest, isOne = false): KeyedEvents {
  const bySecret = new Map<string | undefined, { events: IntakeEvent[]; places: number[] }>();
  const refused = new Map<number, string>();
  for (const [place, element] of elements.entries()) {
    if ('error' in element) {
      refused.set(place, element.error);
      continue;
    }
    const group = bySecret.get(element.secret) ?? { events: [], places: [] };
    bySecret.set(element.secret, group);
    group.events.push(element.event);
    group.places.push(place);
  }
  const [first] = refused.values();
  if (bySecret.size === 0 && first !== undefined) throw badBody(first);
  const parts = [...bySecret].map(
    ([secret, { events }]): Part<Input> => ({ secret, variables: inputOf(events, request) }),
  );
  return { parts, places: [...bySecret.values()].map(({ places }) => places), refused, count: elements.length, isOne };
}

/** What became of each event, in the order of the body. */
export function joinResults(reports: readonly (Report | undefined)[], split: KeyedEvents): Result[] {
  const results = Array.from(
    { length: split.count },
    (_, place): Result => ({
      id: null,
      error: split.refused.get(place) ?? 'The intake key is not known or not active',
    }),
  );
  for (const [part, places] of split.places.entries()) {
    for (const [index, place] of places.entries()) {
      const result = reports[part]?.ingestEvents.results[index];
      if (result !== undefined) results[place] = result;
    }
  }
  return results;
}

export function missing(field: 'json' | 'jsons'): string {
  return field === 'json' ? 'json is required: the event, as a string' : 'jsons is required: an array of events';
}

export function badBody(message: string): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message });
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
