/** The names that somebody may have meant who wrote this one, the likeliest first; at most three. */
export function nearest(written: string, names: readonly string[]): string[] {
  const wanted = written.toLowerCase();
  const most = wanted.length < 5 ? 1 : 2;
  return names
    .map((name) => ({ name, steps: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, steps }) => steps <= most || (wanted.length > 2 && name.toLowerCase().startsWith(wanted)))
    .sort((left, right) => left.steps - right.steps)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** How many characters have to be put in, left out, exchanged or swapped with their neighbour to make one text of the other. */
function distance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row++) {
    const [above = [], beyond = []] = [rows[row - 1], rows[row - 2]];
    const line = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const exchanged = (above[column - 1] ?? 0) + (isSame ? 0 : 1);
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const swapped = isSwapped ? (beyond[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      line.push(Math.min(exchanged, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, swapped));
    }
    rows.push(line);
  }
  return rows[left.length]?.[right.length] ?? 0;
}
