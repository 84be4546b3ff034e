import { jsonKind, readJsonChildren, readJsonMembers } from '../../kernel/json-members.ts';
import { type Breathe, RequestFailure } from '../../kernel/route.ts';
import { jsonBounds, parseJson } from './json.ts';
import { maxEvents } from './lines.ts';

/** One step down: the member of a name, the element at a place, or all of them. */
export type Step = { readonly name: string } | { readonly place: number } | 'all';

/** Hostile paths are long or have many steps; each step reads the body once. */
const longestPath = 256;
const mostSteps = 16;

const stepPattern = /\.([^.[\]'"*\s]+)|\[(?:(\d{1,7})|(\*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;

/** Reads what is supported of JSONPath: `$`, `.name`, `['name']`, `[n]` and `[*]`. Throws BAD_USER_INPUT. */
export function parsePath(path: string): Step[] {
  if (path.length > longestPath) throw badPath(`at most ${longestPath} characters`);
  if (!path.startsWith('$')) throw badPath('it begins with $');
  const steps: Step[] = [];
  for (let at = 1; at < path.length; ) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(path);
    if (match === null) throw badPath("after $ come .name, ['name'], [n] or [*]");
    if (steps.length === mostSteps) throw badPath(`at most ${mostSteps} steps`);
    steps.push(stepOf(match));
    at = stepPattern.lastIndex;
  }
  return steps;
}

function stepOf([, name, place, all, single, double]: RegExpExecArray): Step {
  if (all !== undefined) return 'all';
  if (place !== undefined) return { place: Number(place) };
  return { name: name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1') };
}

/**
 * The elements of the array that a path leads to, parsed and as they were written. A path with `[*]` may lead to several
 * places: there an array gives its elements, and anything else is an element itself. Throws BAD_USER_INPUT when the body is
 * not JSON or the path leads to no array, TOO_LARGE for too many elements.
 */
export async function selectTexts(
  text: string,
  steps: readonly Step[],
  breathe: Breathe,
): Promise<{ values: unknown[]; texts: string[] }> {
  let places = [text];
  for (const step of steps) {
    const next: string[] = [];
    for (const place of places) addAll(next, await follow(place, step, breathe));
    places = next;
  }
  const isMany = steps.includes('all');
  const texts: string[] = [];
  for (const place of places) {
    if (jsonKind(place) === 'array') addAll(texts, await readJsonChildren(place, jsonBounds, breathe));
    else if (isMany) addAll(texts, [place]);
    else throw noArray();
  }
  if (places.length === 0) throw noArray();
  const values: unknown[] = [];
  for (const element of texts) {
    values.push(parseJson(element));
    const pause = breathe();
    if (pause) await pause;
  }
  return { values, texts };
}

/** What a step leads to; what it passes by has to be JSON too. */
async function follow(text: string, step: Step, breathe: Breathe): Promise<string[]> {
  const kind = jsonKind(text);
  if (step === 'all' && kind !== 'scalar') return readJsonChildren(text, jsonBounds, breathe);
  if (step !== 'all' && 'name' in step && kind === 'object') {
    const members = await readJsonMembers(text, jsonBounds, breathe);
    return [...members].flatMap(([name, value]) => keepOrCheck(value, name === step.name));
  }
  if (step !== 'all' && 'place' in step && kind === 'array') {
    const elements = await readJsonChildren(text, jsonBounds, breathe);
    return elements.flatMap((element, place) => keepOrCheck(element, place === step.place));
  }
  return keepOrCheck(text, false);
}

function keepOrCheck(text: string, isKept: boolean): string[] {
  if (isKept) return [text];
  parseJson(text);
  return [];
}

function addAll(texts: string[], more: readonly string[]): void {
  if (texts.length + more.length > maxEvents) {
    throw new RequestFailure({ code: 'TOO_LARGE', message: `The path leads to more than ${maxEvents} events` });
  }
  for (const text of more) texts.push(text);
}

function badPath(rule: string): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message: `path is no JSONPath that is supported here: ${rule}` });
}

function noArray(): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message: 'path leads to no array in the body' });
}
