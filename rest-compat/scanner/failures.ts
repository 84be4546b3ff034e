import { errorReplies, namedAs } from '../kernel/failures.ts';
import type { Failures } from '../kernel/route.ts';

/** The vendor prints no failures: statuses are HTTP's own, and each says one `error`. */
export const scannerFailures: Failures = errorReplies(
  namedAs(
    new Map([
      ['oauthCode', 'slack_oauth_code'],
      ['after', 'pagination[page_token]'],
      ['input', undefined],
    ]),
  ),
);
