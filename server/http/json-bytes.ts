import { isUtf8 } from 'node:buffer';

/** Deeper than any query and any event; a parser that recurses stands it easily. */
const maxDepth = 128;

const quote = 0x22;
const backslash = 0x5c;
/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
const bracketBit = 0x20;
const open = 0x7b;
const close = 0x7d;

/** Throws where a JSON text is not UTF-8 or nested deeper than 128 levels, which JSON.parse lets pass. */
export function checkJsonBytes(bytes: Uint8Array): void {
  if (!isUtf8(bytes)) throw new Error('The body is not valid UTF-8');
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfString(bytes, at + 1);
    else if ((byte | bracketBit) === open && ++depth > maxDepth) throw new Error('The body is nested too deeply');
    else if ((byte | bracketBit) === close) depth--;
  }
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
