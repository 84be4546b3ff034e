/** How far back a list may be asked to go, by the name that this has in the address and in the language of the search. */
export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const;
type SpanName = keyof typeof spans;
export const spanNames = Object.keys(spans) as SpanName[];

/** The names under which a time stands in the address: `?time=24h`, or `?from=…&until=…` in ISO 8601. */
export const timeNames = ['time', 'from', 'until'] as const;

/** Why a time cannot be asked for. */
export type TimeFault = 'unreadable' | 'backwards';

/** The time that an address asks for: undefined for any, and where it cannot be read. */
export function timeRangeOf(search: URLSearchParams): { from?: string; to?: string } | undefined {
  const name = spanOf(search);
  if (name) return { from: new Date(Date.now() - spans[name]).toISOString() };
  const from = instantOf(search.get('from'));
  const to = instantOf(search.get('until'));
  return from || to ? { ...(from && { from }), ...(to && { to }) } : undefined;
}

/** The same as a part of a search, which goes on meaning "the last day" tomorrow. */
export function timeTermsOf(search: URLSearchParams): string[] {
  const name = spanOf(search);
  if (name) return [`last:${name}`];
  const { from, to } = timeRangeOf(search) ?? {};
  return [...(from ? [`after:${from}`] : []), ...(to ? [`before:${to}`] : [])];
}

/** What is wrong with the time of an address, which anybody may have written by hand. */
export function timeFaultOf(search: URLSearchParams): TimeFault | undefined {
  if (search.has('time')) return spanOf(search) ? undefined : 'unreadable';
  const [from, until] = [search.get('from'), search.get('until')];
  if ([from, until].some((text) => text !== null && instantOf(text) === undefined)) return 'unreadable';
  return from !== null && until !== null && Date.parse(from) >= Date.parse(until) ? 'backwards' : undefined;
}

/** The named stretch of an address. */
export function spanOf(search: URLSearchParams): SpanName | undefined {
  return spanNames.find((each) => each === search.get('time'));
}

/** ISO 8601 with its zone, of a text that has one or is by the clock of this computer; undefined for what is no time. */
export function instantOf(text: string | null): string | undefined {
  const instant = new Date(text ?? '');
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999 ? instant.toISOString() : undefined;
}

/** An instant as the browser's own field for a date and a time takes it: by the clock of this computer, to the minute. */
export function localTime(text: string | null): string {
  const instant = new Date(text ?? '');
  if (Number.isNaN(instant.getTime())) return '';
  const shifted = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Whether clocks here leave that time out, as they do in the night in which they are put forward. */
export function isSkipped(local: string): boolean {
  return local !== '' && localTime(instantOf(local) ?? null) !== local;
}
