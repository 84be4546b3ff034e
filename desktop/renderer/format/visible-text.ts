/**
 * Characters that draw nothing, or turn the reading direction of what follows: a sender could disguise text with them. Those that
 * choose between the two looks of a symbol do no harm.
 */
const hidden = /(?!\ufe0e|\ufe0f)[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;
const hiddenButLines = /(?!\n|\t|\ufe0e|\ufe0f)[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

const mostCharacters = 300;

/** A sender's text fit to be shown in one line: hidden characters made visible as their code, length bounded. */
export function visibleText(text: string): string {
  const start = beginning(text, mostCharacters);
  const shown = start.replaceAll(/[\t\r\n]+/g, ' ').replaceAll(hidden, code);
  return text.length > mostCharacters ? `${shown}…` : shown;
}

/** A sender's text fit to be shown in lines of its own; no more than the first `most` characters of it. */
export function visibleBlock(text: string, most: number): string {
  const shown = beginning(text, most).replaceAll('\r\n', '\n').replaceAll(hiddenButLines, code);
  return text.length > most ? `${shown}…` : shown;
}

/** The first characters, none cut in half. */
function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

function code(character: string): string {
  return `‹${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
