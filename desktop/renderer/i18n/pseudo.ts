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

/** Text that is drawn from right to left, as if its letters were Arabic ones. */
export function mirroredText(text: string): string {
  return text.trim() === '' ? text : `\u202e${text}\u202c`;
}

/** A tree of words with every text made another. */
export function pseudo<Tree>(tree: Tree, make: (text: string) => string): Tree {
  if (typeof tree === 'string') return make(tree) as Tree;
  if (typeof tree === 'function') return ((...args: unknown[]) => make(tree(...args))) as Tree;
  if (Array.isArray(tree)) return tree.map((each) => pseudo(each, make)) as Tree;
  return Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, pseudo(value, make)])) as Tree;
}
