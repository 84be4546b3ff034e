/** What a spreadsheet would run as a formula: so begins a cell that is to be read as text. */
const formula = /^[=+\-@\t\r]/;

/** One cell of RFC 4180. A number stays one; a text that a spreadsheet would run begins with an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as the text of a CSV file, beginning with a byte order mark, without which spreadsheets misread letters beyond ASCII. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
