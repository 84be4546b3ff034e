import { isUtf8 } from 'node:buffer';
import { longBody } from './body.ts';
import { type Breathe, type Charset, RequestFailure } from './route.ts';

/** Bytes of lines decoded one by one between two looks at whether other work waits: about a millisecond at worst. */
const blockLength = 4 * 1024;

const lineFeed = 0x0a;
const windows1252 = new TextDecoder('windows-1252');

/** A body's text; refuses one that is not in `charset`. A byte order mark is kept: JSON has none. */
export async function decodeText(bytes: Buffer, charset: Charset, breathe: Breathe): Promise<string> {
  const pause = bytes.length > longBody ? breathe() : undefined;
  if (pause) await pause;
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (charset === 'any') return decodeLines(bytes, breathe);
  throw new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body is not valid UTF-8' });
}

/** Line by line, because a relay mixes the lines of hosts that write UTF-8 with those of hosts that never have. */
async function decodeLines(bytes: Buffer, breathe: Breathe): Promise<string> {
  const blocks: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfLine(bytes, start + blockLength);
    blocks.push(decodeBlock(bytes.subarray(start, end)));
    start = end;
    const pause = breathe();
    if (pause) await pause;
  }
  return blocks.join('');
}

/** Neighbours of one charset are decoded together. */
function decodeBlock(block: Buffer): string {
  if (isUtf8(block)) return block.toString('utf8');
  const runs: string[] = [];
  let runStart = 0;
  let runIsUtf8 = false;
  const endRun = (end: number) => {
    const run = block.subarray(runStart, end);
    runs.push(runIsUtf8 ? run.toString('utf8') : windows1252.decode(run));
    runStart = end;
  };
  for (let start = 0; start < block.length; ) {
    const end = endOfLine(block, start);
    const lineIsUtf8 = isUtf8(block.subarray(start, end));
    if (lineIsUtf8 !== runIsUtf8) endRun(start);
    runIsUtf8 = lineIsUtf8;
    start = end;
  }
  endRun(block.length);
  return runs.join('');
}

/** The index behind the first line feed at or after `from`. */
function endOfLine(bytes: Buffer, from: number): number {
  const found = from < bytes.length ? bytes.indexOf(lineFeed, from) : -1;
  return found === -1 ? bytes.length : found + 1;
}
