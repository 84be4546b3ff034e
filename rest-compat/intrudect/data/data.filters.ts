import { type Body, isObject, refuse } from '../../kernel/json-body.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type DataFilter, dataSets, type WireDataSet } from './data.sets.ts';

/** Conditions as operations take them. */
export type Filter = Readonly<Record<string, unknown>>;

/** A filter of a data set. */
interface Known {
  readonly set: WireDataSet;
  readonly filter: DataFilter;
}

const dayMs = 86_400_000;
const secondMs = 1000;

/** Every name of the web form. */
const forms = new Map(
  dataSets.flatMap((set) => set.filters.map((filter): [string, Known] => [filter.form, { set, filter }])),
);
const keys = new Map(dataSets.map((set) => [set.key, set]));

/**
 * The conditions that a request's `filters` put on each of the data sets asked for. A filter on another data set is refused, for who
 * sent it meant something that this request would not do; one without a value is none.
 */
export function readDataFilters(
  filters: unknown,
  asked: readonly WireDataSet[],
  time: LocalTime,
): (set: WireDataSet) => Filter {
  if (!isObject(filters)) throw refuse('filters', 'must be an object');
  const conditions = new Map<WireDataSet, Map<string, unknown>>(asked.map((set) => [set, new Map()]));
  const common = new Map<string, unknown>();

  const put = (place: string, { set, filter }: Known, value: unknown) => {
    const read = readValue(place, filter, value);
    if (read === undefined) return;
    const own = conditions.get(set);
    if (!own) throw refuse(place, `${set.key} is not among the datasets asked for`);
    putOnce(own, filter.to, read, place);
  };
  const readNested = (set: WireDataSet, nested: unknown) => {
    if (nested === null) return;
    if (!isObject(nested)) throw refuse(`filters.${set.key}`, 'must be an object');
    for (const [name, value] of Object.entries(nested)) {
      const place = `filters.${set.key}.${name.slice(0, 50)}`;
      const filter = set.filters.find(({ names }) => names.includes(name));
      if (!filter) throw refuse(place, 'is not a filter of this dataset');
      put(place, { set, filter }, value);
    }
  };
  for (const [name, value] of Object.entries(filters)) {
    const place = `filters.${name.slice(0, 50)}`;
    const set = keys.get(name);
    const form = forms.get(name);
    if (set) readNested(set, value);
    else if (form) put(place, form, value);
    else if (name === 'agent' || name === 'agent_id') putAgent(common, place, value);
    else if (name !== 'from' && name !== 'to') throw refuse(place, 'is not a filter');
  }
  const occurredAt = { from: readFrom(filters, time), to: readTo(filters, time) };
  return (set) => ({ occurredAt, ...Object.fromEntries(common), ...Object.fromEntries(conditions.get(set) ?? []) });
}

/** A text, also where it was sent as a number; undefined where there is none. */
function readText(place: string, value: unknown): string | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw refuse(place, 'must be a string or a number');
}

function readValue(place: string, { of }: DataFilter, value: unknown): unknown {
  const text = readText(place, value);
  if (text === undefined || of === 'text') return text;
  if (of === 'none') throw refuse(place, 'cannot be served: this server does not know where addresses are');
  if (of === 'texts') return [text];
  if (!/^\s*\d{1,9}\s*$/.test(text)) throw refuse(place, 'must be an integer');
  return [Number(text)];
}

/** The names of one filter may all be sent, with one value. */
function putOnce(into: Map<string, unknown>, to: string, value: unknown, place: string): void {
  if (into.has(to) && String(into.get(to)) !== String(value)) throw refuse(place, 'has two values');
  into.set(to, value);
}

function putAgent(common: Map<string, unknown>, place: string, value: unknown): void {
  const agent = readText(place, value);
  if (agent !== undefined && agent !== 'all') putOnce(common, 'agent', [agent], place);
}

/** Times are told to the second, so that each includes all of the second that it names. */
function readFrom(filters: Body, time: LocalTime): Date | null {
  const text = readText('filters.from', filters['from'] ?? null);
  if (text === undefined) return null;
  const instant = time.read(isDay(text) ? `${text} 00:00:00` : withSeconds(text));
  if (!instant) throw badTime('filters.from');
  return instant;
}

function readTo(filters: Body, time: LocalTime): Date | null {
  const text = readText('filters.to', filters['to'] ?? null);
  if (text === undefined) return null;
  const instant = isDay(text) ? dayAfter(text, time) : time.read(withSeconds(text));
  if (!instant) throw badTime('filters.to');
  return isDay(text) ? instant : new Date(instant.getTime() + secondMs);
}

/** Where the next day begins; undefined for a day that is none. */
function dayAfter(day: string, time: LocalTime): Date | undefined {
  if (!time.read(`${day} 00:00:00`)) return undefined;
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return time.read(`${next} 00:00:00`);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function withSeconds(text: string): string {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) ? `${text}:00` : text;
}

function badTime(place: string) {
  return refuse(place, 'must be a time: YYYY-MM-DD, YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS');
}
