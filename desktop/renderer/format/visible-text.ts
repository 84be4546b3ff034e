/** Characters that draw nothing, or turn the reading direction of what follows: a sender could disguise text with them. */
const hidden = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const hiddenButLines = /[^\P{Cc}\n\t]|[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const mostCharacters = 300;

/** A sender's text fit to be shown in one line: hidden characters made visible as their code, length bounded. */
export function visibleText(text: string): string {
  const start = text.slice(0, mostCharacters);
  const shown = start.replaceAll(/[\t\r\n]+/g, ' ').replaceAll(hidden, code);
  return text.length > mostCharacters ? `${shown}…` : shown;
}

/** A sender's text fit to be shown in lines of its own; no more than the first `most` characters of it. */
export function visibleBlock(text: string, most: number): string {
  const shown = text.slice(0, most).replaceAll('\r\n', '\n').replaceAll(hiddenButLines, code);
  return text.length > most ? `${shown}…` : shown;
}

function code(character: string): string {
  return `‹${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
