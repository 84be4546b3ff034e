/** What a text of key=value pairs holds. */
export interface Pairs {
  readonly pairs: readonly (readonly [key: string, value: string])[];
  /** True when the text starts with a pair. */
  readonly leading: boolean;
  /** Words that belong to no pair. */
  readonly words: number;
}

const tab = 9;
const space = 32;
const doubleQuote = 34;
const singleQuote = 39;
const comma = 44;
const colon = 58;
const semicolon = 59;
const equals = 61;
const backslash = 92;
const longestKey = 64;
/** More than any device writes in a line; a text of more is read no further. */
const mostPairs = 400;

/**
 * Reads `key=value`, `key="quoted \" value"` and `key:"value"` in one pass, separated by blanks, commas or semicolons. An unquoted value
 * ends at a blank, or at a comma or semicolon before the next key.
 */
export function readPairs(text: string): Pairs {
  const pairs: [string, string][] = [];
  let words = 0;
  let leading = false;
  let at = 0;
  while (at < text.length && pairs.length < mostPairs) {
    const code = text.charCodeAt(at);
    if (code <= space || code === comma || code === semicolon) {
      at++;
      continue;
    }
    const keyEnd = endOfKey(text, at);
    const mark = text.charCodeAt(keyEnd);
    const isPair = keyEnd > at && (mark === equals || (mark === colon && text.charCodeAt(keyEnd + 1) === doubleQuote));
    if (!isPair) {
      words++;
      at = endOfWord(text, Math.max(keyEnd, at + 1));
      continue;
    }
    if (pairs.length === 0 && words === 0) leading = true;
    const key = text.slice(at, keyEnd);
    const quote = text.charCodeAt(keyEnd + 1);
    const close = quote === doubleQuote || quote === singleQuote ? closingQuote(text, keyEnd + 2, quote) : -1;
    if (close >= 0) {
      pairs.push([key, unescaped(text.slice(keyEnd + 2, close))]);
      at = close + 1;
    } else {
      const end = endOfValue(text, keyEnd + 1);
      pairs.push([key, text.slice(keyEnd + 1, end)]);
      at = end;
    }
  }
  return { pairs, leading, words };
}

function endOfKey(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (!isLetter(first) && first !== 95 && first !== 64) return from;
  let at = from + 1;
  while (at - from <= longestKey && isKeyCharacter(text.charCodeAt(at))) at++;
  return at;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Letters, digits, `_`, `-`, `.`, `/`. */
function isKeyCharacter(code: number): boolean {
  return isLetter(code) || (code >= 45 && code <= 57) || code === 95;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) > space && text.charCodeAt(at) !== comma) at++;
  return at;
}

function endOfValue(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === space || code === tab || code < space) return at;
    if (code === semicolon) return at;
    if (code === comma && isKeyNext(text, at + 1)) return at;
  }
  return text.length;
}

function isKeyNext(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) === space) at++;
  if (at >= text.length) return true;
  const end = endOfKey(text, at);
  return end > at && text.charCodeAt(end) === equals;
}

/** Where an unescaped quote of the same kind ends a value: before a blank, a separator or the end; -1 when none does. */
function closingQuote(text: string, from: number, quote: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return -1;
}

function unescaped(value: string): string {
  return value.includes('\\') ? value.replace(/\\(["'\\])/g, '$1') : value;
}
