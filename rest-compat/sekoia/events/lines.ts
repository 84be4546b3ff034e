import { type Breathe, RequestFailure } from '../../kernel/route.ts';

/** The most events one request may bring. */
export const maxEvents = 10_000;

/** Lines looked at between two looks at whether other work waits. */
const stride = 4096;

/** The lines of a text, cut at U+000A alone; one U+000D before it belongs to the break. Empty lines are none. */
export async function splitLines(text: string, breathe: Breathe): Promise<string[]> {
  const lines: string[] = [];
  let seen = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const stop = end > start && text[end - 1] === '\r' ? end - 1 : end;
    if (stop > start) {
      if (lines.length >= maxEvents) throw tooMany();
      lines.push(text.slice(start, stop));
    }
    start = end + 1;
    const pause = ++seen % stride === 0 ? breathe() : undefined;
    if (pause) await pause;
  }
  return lines;
}

function tooMany(): RequestFailure {
  return new RequestFailure({ code: 'TOO_LARGE', message: `The body holds more than ${maxEvents} events` });
}
