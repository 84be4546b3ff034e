import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import { readClockTime } from '../clock-time.ts';
import type { Draft } from '../draft.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { severityOfWord } from './severity-scale.ts';

/** How far after the time a level may stand: thread, logger and process id come before it. */
const reachOfLevel = 80;

/**
 * Reads a line as programs write it to files of their own: a time, often in brackets, often with a level behind it; or Apache's
 * `[error] [client 203.0.113.9]`. Null for a line that starts with neither. The message is the whole line.
 */
export function parseLogLine(text: string, receivedAt: number): Draft | null {
  const start = startOf(text);
  const time = readClockTime(text, start, receivedAt) ?? readSquidTime(text);
  const behind = text.slice(time?.end ?? start, (time?.end ?? start) + reachOfLevel);
  const level = levelIn(behind);
  if (time === null && !(start > 0 && level !== undefined)) return null;
  const client = /\[client ([0-9a-fA-F.:]{2,45})\]/.exec(text.slice(0, 300))?.[1];
  return draftOf({
    format: EventFormat.LOG_LINE,
    message: text,
    occurredAt: time?.time ?? null,
    ...(level !== undefined && { severity: level }),
    ...(client !== undefined && {
      source: endpointOf(client.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1'), null, undefined),
    }),
    type: 'log',
  });
}

/** Past `[`, and past Ruby's `I, [`. */
function startOf(text: string): number {
  if (text.charCodeAt(0) === 91) return 1;
  return /^[DIWEFA], \[/.test(text) ? 4 : 0;
}

/** Squid's access.log starts with seconds, milliseconds and the time that the request took. */
function readSquidTime(text: string): { time: number; end: number } | null {
  const match = /^(\d{9,10}\.\d{3}) +\d+ /.exec(text.slice(0, 40));
  const time = match ? parseTimestamp(match[1]) : undefined;
  return match === null || time === undefined ? null : { time, end: match[0].length };
}

const mostWords = 10;

/** The first level among the words in capitals, in brackets or before a colon: a level in the middle of a sentence is none. */
function levelIn(text: string): Severity | undefined {
  for (const word of text.split(' ', mostWords)) {
    const last = word.at(-1);
    const isMarked = last === ']' || last === ':' || word.toUpperCase() === word;
    if (!isMarked) continue;
    for (const part of word.split(/[^A-Za-z]/, mostWords)) {
      const level = part.length > 2 ? severityOfWord(part) : undefined;
      if (level !== undefined) return level;
    }
  }
  return undefined;
}
