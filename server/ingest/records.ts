import type { IngestEventsInput } from '../../schema/ingest/ingest.input.ts';
import type { IngestFormat } from '../../schema/ingest/ingest-format.enum.ts';
import { InvalidInput, NotJson } from '../errors.ts';
import type { Parser } from './draft.ts';
import { storable } from './fields.ts';

/** Records of one request: as the API takes them, or as a part of the server that has its own way to read them gives them. */
export interface Records extends Omit<IngestEventsInput, 'format'> {
  readonly format: IngestFormat | Parser;
  /** The address that each came from, for those that name no host themselves. */
  readonly senders?: readonly (string | null)[];
}

/** The records of a request, each made into a value only when it is its turn, so that few are in memory at once. */
interface RecordReader {
  readonly count: number;
  value(index: number): unknown;
  text(index: number): string;
}

export function recordsOf({ events, raw, format }: Records): RecordReader {
  const texts = raw ?? [];
  if (events) {
    if (raw && raw.length !== events.length) throw new InvalidInput('raw', 'must hold one text for each record');
    return {
      count: events.length,
      value: (index) => events[index],
      text: (index) => storable(texts[index] ?? textOfValue(events[index], format)),
    };
  }
  return {
    count: texts.length,
    value: format === 'AUTO' ? (index) => texts[index] : (index) => jsonOf(texts[index] ?? '', index),
    text: (index) => storable(texts[index] ?? ''),
  };
}

/** A text of any format is its own text; where JSON is declared, a text is JSON too. */
function textOfValue(value: unknown, format: Records['format']): string {
  return format === 'AUTO' && typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOf(text: string, index: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJson(index);
  }
}

/** The time that its sender gives a record beside it; undefined where it gives none. Throws InvalidInput for too few or many. */
export function timesOf({ occurredAt }: Records, count: number): (index: number) => number | undefined {
  if (!occurredAt) return () => undefined;
  if (occurredAt.length === 1) return () => occurredAt[0]?.getTime();
  if (occurredAt.length !== count) {
    throw new InvalidInput('occurredAt', 'must hold one time for all records or one for each');
  }
  return (index) => occurredAt[index]?.getTime();
}
