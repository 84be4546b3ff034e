import { RequestFailure, type Route } from '../../kernel/route.ts';
import {
  type Input,
  inputOfTexts,
  operation,
  type Report,
  replyToMany,
  replyToOne,
  successStatus,
} from './events.wire.ts';
import { splitLines } from './lines.ts';

/** The body is one event, line breaks and all. */
export const postPlain: Route<Report, Input> = {
  method: 'post',
  path: '/plain',
  operation,
  charset: 'any',
  decode: (request) => {
    successStatus(request);
    if (request.text === '') throw empty();
    return inputOfTexts([request.text], request);
  },
  encode: ({ ingestEvents }, request) => replyToOne(request, ingestEvents.results),
};

/** Every line of the body is an event. */
export const postPlainBatch: Route<Report, Input> = {
  method: 'post',
  path: '/plain/batch',
  operation,
  charset: 'any',
  decode: async (request) => {
    successStatus(request);
    const lines = await splitLines(request.text, request.breathe);
    if (lines.length === 0) throw empty();
    return inputOfTexts(lines, request);
  },
  encode: ({ ingestEvents }, request) => replyToMany(request, ingestEvents.results),
};

function empty(): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message: 'The body holds no event' });
}
