/** What would end a cell, or begin a quoted one. */
const special = /[",\r\n]/;

/**
 * What a spreadsheet would take for a formula, or strip and then take for one: OWASP's list of CSV injection, with the wide forms
 * of the same signs.
 */
const formula = /^[=+\-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Rows as lines of CSV (RFC 4180): CRLF after each, a text quoted where it has to be; null is nothing. `isForSpreadsheet` puts an
 * apostrophe before texts that a spreadsheet would run as a formula, which makes them other texts; numbers stay as they are.
 */
export function csvLines(rows: readonly (readonly unknown[])[], isForSpreadsheet = false): string {
  let lines = '';
  for (const row of rows) {
    let isFirst = true;
    for (const value of row) {
      lines += isFirst ? cell(value, isForSpreadsheet) : `,${cell(value, isForSpreadsheet)}`;
      isFirst = false;
    }
    lines += '\r\n';
  }
  return lines;
}

function cell(value: unknown, isForSpreadsheet: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = isForSpreadsheet && formula.test(value) ? `'${value}` : value;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
