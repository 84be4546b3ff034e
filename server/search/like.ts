import { foldCase, likeEscape } from '../persistence/pattern.ts';

/** A text as a pattern of SQL's `like` that fits only itself. */
export function likeLiteral(text: string): string {
  return foldCase(text).replace(/[%_!]/g, `${likeEscape}$&`);
}

/** A pattern as people write it: `*` stands for any text, `?` for one character, a backslash before either, or before itself, takes it literally. */
export function likeOf(pattern: string): string {
  return [...pattern.matchAll(/\\([*?\\])|(\*+|\?)|([^\\*?]+)|\\/g)]
    .map(([whole, escaped, wildcard, plain]) => {
      if (wildcard) return wildcard === '?' ? '_' : '%';
      return likeLiteral(escaped ?? plain ?? whole);
    })
    .join('');
}

/** The pattern of every text that holds somewhere what a pattern fits. */
export function anywhere(like: string): string {
  const last = [...like.matchAll(/!.|[\s\S]/gsu)].at(-1)?.[0];
  return `${like.startsWith('%') ? '' : '%'}${like}${last === '%' || like === '' ? '' : '%'}`;
}

/** A pattern without wildcards as the text that it fits. */
export function literalOf(pattern: string): string {
  return pattern.replace(/\\([*?\\])/g, '$1');
}

export function hasWildcards(pattern: string): boolean {
  return /[*?]/.test(pattern.replace(/\\[*?\\]/g, ''));
}

/** A pattern without the `*` at its end. */
export function withoutLastStars(text: string): string {
  let end = text.length;
  while (text[end - 1] === '*') end--;
  return text.slice(0, end);
}

/** How many runs of `%` a pattern has. */
export function runsOf(like: string): number {
  return [...like.matchAll(/!.|%/gsu)].filter(([part]) => part === '%').length;
}

/** What every text begins with that the pattern fits. */
export function beginningOf(like: string): string {
  const parts = like.matchAll(/!(.)|([\s\S])/gsu);
  let beginning = '';
  for (const [, escaped, plain] of parts) {
    if (plain === '%' || plain === '_') break;
    beginning += escaped ?? plain ?? '';
  }
  return beginning;
}

type Step =
  | { readonly kind: 'many' }
  | { readonly kind: 'one' }
  | { readonly kind: 'same'; readonly character: string };

/** Whether the pattern fits the whole text, as the databases say it does; a text is folded first. */
export function fitsLike(text: string, like: string): boolean {
  const steps = stepsOf(like);
  const characters = [...foldCase(text)];
  let [at, step, retryAt, retryStep] = [0, 0, -1, -1];
  while (at < characters.length) {
    const wanted = steps[step];
    if (wanted?.kind === 'many') {
      [retryStep, retryAt] = [step++, at];
    } else if (wanted?.kind === 'one' || (wanted?.kind === 'same' && wanted.character === characters[at])) {
      at++;
      step++;
    } else if (retryStep >= 0) {
      // The last run of `%` takes one character more: none before it needs to be tried again.
      step = retryStep + 1;
      at = ++retryAt;
    } else return false;
  }
  return steps.slice(step).every(({ kind }) => kind === 'many');
}

function stepsOf(like: string): Step[] {
  return [...like.matchAll(/!(.)|([\s\S])/gsu)].map(([, escaped, plain = '']) => {
    if (plain === '%') return { kind: 'many' };
    return plain === '_' ? { kind: 'one' } : { kind: 'same', character: escaped ?? plain };
  });
}
