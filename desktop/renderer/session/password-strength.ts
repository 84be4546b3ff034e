/** The least that the server takes. */
export const leastCharacters = 10;

/** 0: too short; 1: taken, and easy to guess; 4: good for years. */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** A rough measure: length counts most, then how many different characters there are. A row such as 12345678 counts as little. */
export function strengthOf(password: string): Strength {
  const characters = [...password];
  if (characters.length < leastCharacters) return 0;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const steps = characters.filter((character, at) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[at - 1]?.codePointAt(0) ?? Number.POSITIVE_INFINITY);
    // A character that repeats or continues the one before it tells a guesser nothing new.
    return Math.abs(step) > 1;
  }).length;
  const worth = Math.min(steps, new Set(characters).size * 1.5) + (kinds - 1) * 2;
  if (worth < 8) return 1;
  if (worth < 13) return 2;
  return worth < 18 ? 3 : 4;
}
