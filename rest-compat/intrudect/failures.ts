import { errorReplies, namedAs } from '../kernel/failures.ts';
import type { Failures } from '../kernel/route.ts';

/** Intrudect documents 400 to 409 and 500, each with one `error`; the others are HTTP's own, in the same shape. */
export const intrudectFailures: Failures = errorReplies(
  namedAs(
    new Map([
      ['newDeviceLevel', 'alert'],
      ['port', 'service_port'],
      ['input', undefined],
    ]),
  ),
);
