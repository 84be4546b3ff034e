import { type Body, own, readBody, refuse } from '../../kernel/json-body.ts';
import type { LocalTime } from '../wire/local-time.ts';
import { type Filter, readDataFilters } from './data.filters.ts';
import { dataSets, type WireDataSet } from './data.sets.ts';

/** A data set that is asked for, and which of its rows. */
export interface Wanted {
  readonly set: WireDataSet;
  readonly filter: Filter;
}

const byKey = new Map(dataSets.map((set) => [set.key, set]));
const names = ['datasets', 'tables', 'dataset', 'table'];

/** What an export's body asks for, each data set once. */
export function readExport(text: string, time: LocalTime): { wanted: Wanted[]; isForSpreadsheet: boolean } {
  const body = readBody(text);
  const sets = readSets(body);
  const filters = own(body, 'filters') ?? {};
  const csv = own(body, 'csv') ?? 'raw';
  if (csv !== 'raw' && csv !== 'spreadsheet') throw refuse('csv', 'must be "raw" or "spreadsheet"');
  return { wanted: wantedOf(sets, filters, time), isForSpreadsheet: csv === 'spreadsheet' };
}

/** What a deletion's body asks for: one data set, and filters, if only empty ones: nobody deletes all of it by leaving something out. */
export function readDeletion(text: string, time: LocalTime): Wanted {
  const body = readBody(text);
  const sets = readSets(body);
  const filters = own(body, 'filters');
  if (filters === undefined || filters === null) throw refuse('filters', 'is required; {} stands for all rows');
  const [only, ...others] = wantedOf(sets, filters, time);
  if (!only || others.length > 0) throw refuse('table', 'only one dataset is deleted at a time');
  return only;
}

function wantedOf(sets: readonly WireDataSet[], filters: unknown, time: LocalTime): Wanted[] {
  const filterOf = readDataFilters(filters, sets, time);
  return sets.map((set) => ({ set, filter: filterOf(set) }));
}

/** One of the four names says which: a list under a plural, a text under a singular. */
function readSets(body: Body): WireDataSet[] {
  const given = names.filter((name) => own(body, name) !== undefined);
  const [name, ...others] = given;
  if (name === undefined || others.length > 0) throw refuse('datasets', `send exactly one of ${names.join(', ')}`);
  const value = own(body, name);
  const keys = name.endsWith('s') ? value : [value];
  if (!Array.isArray(keys) || keys.length === 0) throw refuse(name, 'must be a JSON array with at least one dataset');
  return [...new Set(keys)].map((key: unknown) => {
    const set = typeof key === 'string' ? byKey.get(key) : undefined;
    if (!set) throw refuse(name, `must be ${name.endsWith('s') ? 'of' : 'one of'} ${[...byKey.keys()].join(', ')}`);
    return set;
  });
}
