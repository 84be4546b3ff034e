import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines } from '../../../rest-compat/kernel/csv.ts';
import { readCsv } from '../../support/read-zip.ts';

describe('csvLines', () => {
  it.each([
    [['plain', 1.5, null, undefined, true, ''], 'plain,1.5,,,true,\r\n'],
    [['a,b', 'say "hi"', 'two\nlines', 'cr\r'], '"a,b","say ""hi""","two\nlines","cr\r"\r\n'],
    [['=1+1', '-5', '@x', ' x '], '=1+1,-5,@x, x \r\n'],
  ])('writes %j', (row, line) => {
    expect(csvLines([row])).toBe(line);
  });

  it('is read again as it was, whatever texts hold', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', ' ', 'é', '𝄞') });
    const rows = fc.array(fc.array(texts, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (written) => {
        expect(readCsv(csvLines(written))).toEqual(written);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '＋1', '－1', '＠1'])(
    'puts an apostrophe before %j for spreadsheets',
    (text) => {
      expect(readCsv(csvLines([[text, 'x']], true))).toEqual([[`'${text}`, 'x']]);
    },
  );

  it('leaves numbers and other texts to spreadsheets as they are', () => {
    expect(csvLines([[-5, 1.5, 'a=b', "'x", '10.0.0.1']], true)).toBe("-5,1.5,a=b,'x,10.0.0.1\r\n");
  });
});
