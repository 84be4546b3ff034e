import { InvalidInput } from '../errors.ts';

/** How places in one of the two sequences that are followed are written, for a client an opaque text. */
export interface CursorForm {
  write(place: number): string;
  /** The digits of the place in a text; undefined when it holds none of this sequence. */
  find(text: string): string | undefined;
}

/** Places in the feed, `123`. */
export const feedCursor: CursorForm = {
  write: String,
  find: (text) => /^(\d{1,16})(?::\d{1,16})?$/.exec(text)?.[1],
};

/** Places among the events, `:456`. */
export const eventCursor: CursorForm = {
  write: (place) => `:${place}`,
  find: (text) => /^\d{0,16}:(\d{1,16})$/.exec(text)?.[1],
};

/** A place in both, `123:456`, which every subscription takes. */
export function writeJointCursor(feed: number, event: number): string {
  return feedCursor.write(feed) + eventCursor.write(event);
}

/** The place that a client has come to; throws InvalidInput when it is none, or beyond the last one given. */
export function readCursor(form: CursorForm, text: string, last: number): number {
  const place = form.find(text);
  if (place === undefined) throw new InvalidInput('after', 'is not a cursor of this feed');
  if (Number(place) > last) throw new InvalidInput('after', 'lies ahead of this feed: it belongs to another database');
  return Number(place);
}
