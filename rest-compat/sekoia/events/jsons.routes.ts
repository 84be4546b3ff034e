import { type JsonEntries, readJsonEntriesInSlices } from '../../kernel/json-entries.ts';
import { type ReceivedRequest, RequestFailure, type Route } from '../../kernel/route.ts';
import { eventOf, type Input, inputOf, operation, type Report, replyToMany, successStatus } from './events.wire.ts';
import { jsonBounds, noEvents } from './json.ts';
import { parsePath, selectTexts } from './json-path.ts';

/** Every element of the body's array is an event, or of the array that `?path=` leads to. */
export const postJsons: Route<Report, Input> = {
  method: 'post',
  path: '/jsons',
  operation,
  decode: async (request) => {
    successStatus(request);
    const { values, texts } = await readEvents(request);
    if (values.length === 0) throw noEvents();
    return inputOf(
      values.map((value, index) => eventOf(value, texts[index] ?? '')),
      request,
    );
  },
  encode: ({ ingestEvents }, request) => replyToMany(request, ingestEvents.results),
};

async function readEvents({ text, query, breathe }: ReceivedRequest): Promise<Pick<JsonEntries, 'values' | 'texts'>> {
  const path = query.get('path');
  if (path) return selectTexts(text, parsePath(path), breathe);
  const entries = await readJsonEntriesInSlices(text, jsonBounds, breathe);
  if (!entries.single) return entries;
  throw new RequestFailure({
    code: 'BAD_USER_INPUT',
    message: 'The body must be a JSON array, or ?path= must lead to one inside it',
  });
}
