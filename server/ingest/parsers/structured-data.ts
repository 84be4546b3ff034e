/** One parameter of RFC 5424's structured data. */
export interface StructuredParam {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

const space = 32;
const quote = 34;
const equals = 61;
const bracketOpen = 91;
const backslash = 92;
const bracketClose = 93;

/**
 * Reads structured data (RFC 5424, section 6.3) that starts at a bracket. Null when it is not well formed, as where a sender puts
 * text of its own into brackets.
 */
export function readStructuredData(
  text: string,
  start: number,
): { readonly params: readonly StructuredParam[]; readonly end: number } | null {
  const params: StructuredParam[] = [];
  let at = start;
  while (text.charCodeAt(at) === bracketOpen) {
    const idEnd = nameEnd(text, at + 1);
    if (idEnd === at + 1) return null;
    const id = text.slice(at + 1, idEnd);
    at = idEnd;
    while (text.charCodeAt(at) === space) {
      while (text.charCodeAt(at) === space) at++;
      if (text.charCodeAt(at) === bracketClose) break;
      const nameStop = nameEnd(text, at);
      if (nameStop === at || text.charCodeAt(nameStop) !== equals || text.charCodeAt(nameStop + 1) !== quote)
        return null;
      const name = text.slice(at, nameStop);
      const valueEnd = closingQuote(text, nameStop + 2);
      if (valueEnd < 0) return null;
      params.push({ id, name, value: unescaped(text.slice(nameStop + 2, valueEnd)) });
      at = valueEnd + 1;
    }
    if (text.charCodeAt(at) !== bracketClose) return null;
    at++;
  }
  return { params, end: at };
}

/** Where a name ends: at a blank, `=`, `]` or `"`. */
function nameEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= space || code === equals || code === bracketClose || code === quote || code > 126) break;
  }
  return at;
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return -1;
}

function unescaped(value: string): string {
  return value.includes('\\') ? value.replace(/\\(["\\\]])/g, '$1') : value;
}
