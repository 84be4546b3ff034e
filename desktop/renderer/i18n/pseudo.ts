const foreign: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aåbƀcçdđeéfƒgĝhĥiîjĵkķlļmḿnñoöpþqɋrŕsštţuûvṽwŵxẋyýzžAÅBƁCÇDĐEÉGĜIÎNÑOÖSŠTŢUÛ'.matchAll(/(.)(.)/gu)].map(
    ([, from = '', to = '']) => [from, to],
  ),
);

/** Text made foreign and longer by two fifths, in brackets: what is not translated, clipped or glued together shows. */
export function pseudoText(text: string): string {
  if (text.trim() === '') return text;
  const letters = [...text].map((letter) => foreign[letter] ?? letter).join('');
  return `⟦${letters}${' ·'.repeat(Math.ceil(text.length / 5))}⟧`;
}

/** A tree of words with every text made foreign. */
export function pseudo<Tree>(tree: Tree): Tree {
  if (typeof tree === 'string') return pseudoText(tree) as Tree;
  if (typeof tree === 'function') return ((...args: unknown[]) => pseudoText(tree(...args))) as Tree;
  if (Array.isArray(tree)) return tree.map(pseudo) as Tree;
  return Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, pseudo(value)])) as Tree;
}
