/** What would end a cell, or begin a quoted one. */
const special = /[",\r\n]/;

/** What a spreadsheet would take for a formula: OWASP's list of CSV injection, with the wide forms of the same signs. */
const formula = /^[=+\-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A row as a line of CSV (RFC 4180), its CRLF with it: a text quoted where it has to be; null is nothing, an object its JSON.
 * `isForSpreadsheet` puts an apostrophe before texts that a spreadsheet would run as a formula; numbers stay as they are.
 */
export function csvLine(row: readonly unknown[], isForSpreadsheet: boolean): string {
  return `${row.map((value) => cell(value, isForSpreadsheet)).join(',')}\r\n`;
}

function cell(value: unknown, isForSpreadsheet: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  const text = isForSpreadsheet && formula.test(plain) ? `'${plain}` : plain;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
