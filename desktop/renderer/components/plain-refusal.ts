/** The words that refusals are told in, as `refusalWords` has them. */
export interface RefusalWords {
  readonly needed: string;
  readonly length: (least: string, most: string) => string;
  readonly longest: (most: string) => string;
  readonly between: (least: string, most: string) => string;
  readonly range: (example: string) => string;
  readonly ranges: (example: string) => string;
  readonly address: string;
  readonly hardware: string;
  readonly email: string;
  readonly emails: string;
  readonly url: (most: string) => string;
  readonly past: string;
  readonly future: string;
  readonly order: string;
  readonly hostname: string;
  readonly nothing: string;
}

/** The sentences of the API, and what the person is told in their place. */
const known: readonly (readonly [RegExp, (words: RefusalWords, ...parts: string[]) => string])[] = [
  [/^is required$/, (words) => words.needed],
  [
    /^must (?:have|be text of) ([\d,]+) to ([\d,]+) characters$/,
    (words, least = '', most = '') => words.length(least, most),
  ],
  [/^must (?:have|be text of) at most ([\d,]+) characters$/, (words, most = '') => words.longest(most)],
  [/^must be from (-?[\d,]+) to ([\d,]+)$/, (words, least = '', most = '') => words.between(least, most)],
  [/^must be a range of addresses such as (.+)$/, (words, example = '') => words.range(example)],
  [/^(?:addresses )?must be addresses, or ranges such as (.+)$/, (words, example = '') => words.ranges(example)],
  [/^must be an address(?: or empty)?$/, (words) => words.address],
  [/^must be a hardware address(?: or empty)?$/, (words) => words.hardware],
  [/^must be an e-mail address/, (words) => words.email],
  [/^must be (?:[\d to]+ )?e-mail addresses/, (words) => words.emails],
  [/^must be an http or https URL of at most ([\d,]+) characters$/, (words, most = '') => words.url(most)],
  [/^must not be in the past$/, (words) => words.past],
  [/^must lie in the future$/, (words) => words.future],
  [/^must be after its start$/, (words) => words.order],
  [/^must (?:have|leave the device) a hostname or a friendlyName$/, (words) => words.hostname],
  [/^must change something$/, (words) => words.nothing],
];

/** What is wrong with a value, without the API's name of the field: that is where it is said. */
export function plainRefusal(message: string, field: string | undefined, words: RefusalWords): string {
  const places = [...(field === undefined ? [] : [`${field}: `]), 'input: '];
  const place = places.find((each) => message.startsWith(each)) ?? '';
  const fault = message.slice(place.length);
  for (const [pattern, say] of known) {
    const [, ...parts] = pattern.exec(fault) ?? [];
    if (pattern.test(fault)) return say(words, ...parts);
  }
  return place === '' ? message : `${fault.charAt(0).toUpperCase()}${fault.slice(1).replace(/\.$/, '')}.`;
}
