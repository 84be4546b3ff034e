import { readJsonEntriesInSlices } from '../../kernel/json-entries.ts';
import { jsonKind, readJsonMembers } from '../../kernel/json-members.ts';
import type { ReceivedRequest, SplitRoute } from '../../kernel/route.ts';
import { agreedKey } from '../credential.ts';
import { eventOf, operation, type Report, replyToMany, replyToOne, successStatus } from './events.wire.ts';
import { jsonBounds, noEvents, parseJson } from './json.ts';
import { splitLines } from './lines.ts';
import {
  badBody,
  type Element,
  elementOf,
  joinResults,
  type KeyedEvents,
  keyOf,
  missing,
  splitByKey,
  timeOf,
} from './structured.wire.ts';

type Intake = SplitRoute<Report, KeyedEvents>;

const encode: Intake['encode'] = (reports, request, split) => {
  const results = joinResults(reports, split);
  return split.isOne ? replyToOne(request, results) : replyToMany(request, results);
};

/** One event and its key. With the key beside the body it may be any JSON: an object, an array of events, or one on each line. */
export const postOne: Intake = {
  method: 'post',
  path: '/',
  operation,
  split: async (request, secret) => {
    successStatus(request);
    if (secret !== undefined && isJsonLines(request.text)) {
      const lines = await splitLines(request.text, request.breathe);
      return splitByKey(
        lines.map((line) => ({ secret, event: eventOf(line, line) })),
        request,
      );
    }
    if (jsonKind(request.text) === 'array') return splitByKey(await readElements(request, secret), request);
    const element = await readOne(request, secret);
    return splitByKey([element], request, true);
  },
  encode,
};

/** One key and an array of events; or an array whose elements have keys of their own, as `/array` takes it. */
export const postBatch: Intake = {
  method: 'post',
  path: '/batch',
  operation,
  split: async (request, secret) => {
    successStatus(request);
    const isArray = jsonKind(request.text) === 'array';
    return splitByKey(isArray ? await readElements(request, secret) : await readJsons(request, secret), request);
  },
  encode,
};

/** An array of events, each with its key. */
export const postArray: Intake = {
  method: 'post',
  path: '/array',
  operation,
  split: async (request, secret) => {
    successStatus(request);
    return splitByKey(await readElements(request, secret), request);
  },
  encode,
};

/** Whether the first of several lines is JSON by itself. */
function isJsonLines(text: string): boolean {
  const newline = text.indexOf('\n');
  if (newline === -1 || jsonKind(text) === 'scalar' || text.slice(newline).trim() === '') return false;
  try {
    JSON.parse(text.slice(0, newline));
    return true;
  } catch {
    return false;
  }
}

async function readOne(request: ReceivedRequest, secret: string | undefined): Promise<Element> {
  const { values, texts } = await readJsonEntriesInSlices(request.text, jsonBounds, request.breathe);
  const [value] = values;
  // One request of one event has one key, unlike an array.
  agreedKey([secret, keyOf(Object(value))]);
  return elementOf(value, texts[0] ?? '', secret, request);
}

async function readElements(request: ReceivedRequest, secret: string | undefined): Promise<Element[]> {
  const { values, texts, single } = await readJsonEntriesInSlices(request.text, jsonBounds, request.breathe);
  if (single) throw badBody('The body must be a JSON array');
  if (values.length === 0) throw noEvents();
  const elements: Element[] = [];
  for (const [place, value] of values.entries()) {
    elements.push(await elementOf(value, texts[place] ?? '', secret, request));
  }
  return elements;
}

/** The events are read in slices: this is the form in which the vendor's own senders post ten megabytes at once. */
async function readJsons(request: ReceivedRequest, outer: string | undefined): Promise<Element[]> {
  const { jsons, ...members } = await readBatch(request);
  const secret = agreedKey([outer, keyOf(members)]);
  if (jsons === undefined || jsonKind(jsons) !== 'array') throw badBody(missing('jsons'));
  const { values, texts } = await readJsonEntriesInSlices(jsons, jsonBounds, request.breathe);
  if (values.length === 0) throw noEvents();
  const occurredAt = timeOf(members);
  return values.map((value, place) => ({ secret, event: { ...eventOf(value, texts[place] ?? ''), occurredAt } }));
}

async function readBatch({
  text,
  breathe,
}: ReceivedRequest): Promise<{ jsons: string | undefined } & Record<string, unknown>> {
  const members = await readJsonMembers(text, jsonBounds, breathe);
  const jsons = members.get('jsons');
  members.delete('jsons');
  return { ...Object.fromEntries([...members].map(([name, member]) => [name, parseJson(member)])), jsons };
}
