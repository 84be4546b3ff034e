import { parseCidr } from '../../cidr.ts';
import { InvalidInput } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import type { Condition } from '../../persistence/pattern.ts';

/** Each may be up to 128 patterns on each column. */
const mostAddresses = 20;
const mostPatterns = 256;

/**
 * True where any of the columns, which hold addresses as text, is one of these addresses or in one of these ranges. A range of IPv4 is
 * a few beginnings of its text; one of IPv6, which RFC 5952 shortens, is not, and is InvalidInput.
 */
export function anyAddress(columns: readonly string[], texts: readonly string[]): Condition {
  if (texts.length > mostAddresses) throw new InvalidInput('address', `at most ${mostAddresses} addresses or ranges`);
  const patterns = texts.flatMap(patternsOf);
  if (patterns.length > mostPatterns) throw new InvalidInput('address', 'names too many ranges that end within a byte');
  const exact = patterns.filter((pattern) => !pattern.endsWith('%'));
  const likes = patterns.filter((pattern) => pattern.endsWith('%'));
  const tests = columns.flatMap((column) => [
    ...(exact.length > 0 ? [`${column} in (${exact.map(() => '?').join(', ')})`] : []),
    ...likes.map(() => `${column} like ?`),
  ]);
  return { sql: `(${tests.join(' or ')})`, params: columns.flatMap(() => [...exact, ...likes]) };
}

/** The addresses, or beginnings of addresses with `%` behind them, that a text stands for. */
function patternsOf(text: string): string[] {
  const ip = canonicalIp(text.trim());
  if (ip !== null) return [ip];
  const range = parseCidr(text);
  if (range === null) throw new InvalidInput('address', 'must be addresses, or ranges such as 10.0.0.0/24');
  const [address = '', length = ''] = range.cidr.split('/');
  if (address.includes(':')) throw new InvalidInput('address', 'cannot be a range of IPv6: name its addresses');
  const bits = Number(length);
  const bytes = address.split('.');
  const whole = Math.floor(bits / 8);
  if (whole === 4) return [address];
  const fixed = bytes.slice(0, whole).map((byte) => `${byte}.`);
  if (bits % 8 === 0) return [`${fixed.join('')}${whole === 0 ? '%.' : ''}%`];
  const first = Number(bytes[whole]);
  const rest = whole === 3 ? '' : '.%';
  return Array.from({ length: 2 ** (8 - (bits % 8)) }, (_, at) => `${fixed.join('')}${first + at}${rest}`);
}
