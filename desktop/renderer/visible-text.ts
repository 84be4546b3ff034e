/** Characters that draw nothing, or turn the reading direction of what follows: a sender could disguise text with them. */
const hidden = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const mostCharacters = 300;

/** A sender's text fit to be shown in one line: hidden characters made visible as their code, length bounded. */
export function visibleText(text: string): string {
  const start = text.slice(0, mostCharacters);
  const shown = start
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(
      hidden,
      (character) => `‹${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
    );
  return text.length > mostCharacters ? `${shown}…` : shown;
}
