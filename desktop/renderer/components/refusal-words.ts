import { catalogue } from '../i18n/words.ts';

/** What the server finds wrong with a value, in words for whoever wrote it. */
export const refusalWords = catalogue(
  {
    needed: 'This is needed.',
    length: (least: string, most: string) => `Write ${least} to ${most} characters.`,
    longest: (most: string) => `Write at most ${most} characters.`,
    between: (least: string, most: string) => `It has to be from ${least} to ${most}.`,
    range: (example: string) => `Write a range of addresses such as ${example}.`,
    ranges: (example: string) => `Write addresses, or ranges such as ${example}.`,
    address: 'Write an IP address.',
    hardware: 'Write a hardware address such as 00:1a:2b:3c:4d:5e.',
    email: 'Write an e-mail address such as ann@example.org.',
    emails: 'Write e-mail addresses such as ann@example.org, without names.',
    url: (most: string) => `Write an address that begins with http:// or https://, of at most ${most} characters.`,
    past: 'It must not lie in the past.',
    future: 'It has to lie in the future.',
    order: 'The end has to be after the start.',
    hostname: 'Write a host name or a friendly name.',
    nothing: 'Nothing was changed.',
  },
  {
    needed: 'Das wird gebraucht.',
    length: (least, most) => `Bitte ${least} bis ${most} Zeichen eingeben.`,
    longest: (most) => `Bitte höchstens ${most} Zeichen eingeben.`,
    between: (least, most) => `Der Wert muss von ${least} bis ${most} reichen.`,
    range: (example) => `Bitte einen Adressbereich wie ${example} eingeben.`,
    ranges: (example) => `Bitte Adressen oder Bereiche wie ${example} eingeben.`,
    address: 'Bitte eine IP-Adresse eingeben.',
    hardware: 'Bitte eine Hardware-Adresse wie 00:1a:2b:3c:4d:5e eingeben.',
    email: 'Bitte eine E-Mail-Adresse wie ann@example.org eingeben.',
    emails: 'Bitte E-Mail-Adressen wie ann@example.org eingeben, ohne Namen.',
    url: (most) => `Bitte eine Adresse eingeben, die mit http:// oder https:// beginnt, höchstens ${most} Zeichen.`,
    past: 'Der Zeitpunkt darf nicht in der Vergangenheit liegen.',
    future: 'Der Zeitpunkt muss in der Zukunft liegen.',
    order: 'Das Ende muss nach dem Anfang liegen.',
    hostname: 'Bitte einen Rechnernamen oder einen eigenen Namen eingeben.',
    nothing: 'Es wurde nichts geändert.',
  },
);

type RefusalWords = typeof refusalWords.de;

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
