import type { WebClient } from '@slack/web-api';
import { type HttpReply, post } from '../http-client.ts';

/** Replies repeat the message: longer than any of ours. */
const maxReplyBytes = 1024 * 1024;

export interface SlackCall {
  readonly apiUrl: string;
  /** Undefined for calls that bring another secret. */
  readonly token: string | undefined;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

/** How a call of Slack's client library ended. */
export type SlackAnswer<Result> =
  | { readonly kind: 'OK'; readonly result: Result }
  /** Slack said `ok: false`. */
  | { readonly kind: 'CODE'; readonly code: string }
  /** Some other status than 200. */
  | { readonly kind: 'STATUS'; readonly reply: HttpReply }
  /** No status at all. */
  | { readonly kind: 'FAILURE'; readonly cause: unknown };

/**
 * Runs one call by Slack's own client, whose retries, logs and queue are off: they would hold tokens and use up time that is
 * not theirs. It speaks through our HTTP, so that the signal, the size of a reply and redirects are ours to judge. The library is loaded
 * when first needed.
 */
export async function callSlack<Result>(
  { apiUrl, token, userAgent, signal }: SlackCall,
  call: (client: WebClient) => Promise<Result>,
): Promise<SlackAnswer<Result>> {
  const { WebClient, WebAPIPlatformError } = await import('@slack/web-api');
  let answered: HttpReply | undefined;
  let failed: { readonly cause: unknown } | undefined;
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
    headers: { 'User-Agent': userAgent },
    fetch: async (url, init) => {
      const { headers, body } = init ?? {};
      const sent = post({
        url: new URL(url),
        headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
        body: Buffer.from(String(body ?? '')),
        signal,
        maxReplyBytes,
      });
      answered = await sent.catch((cause: unknown) => {
        failed = { cause };
        throw cause;
      });
      return new Response(hasBody(answered) ? answered.body.toString() : null, answered);
    },
  });
  try {
    return { kind: 'OK', result: await call(client) };
  } catch (cause) {
    if (failed) return { kind: 'FAILURE', cause: failed.cause };
    if (answered && answered.status !== 200) return { kind: 'STATUS', reply: answered };
    if (cause instanceof WebAPIPlatformError) return { kind: 'CODE', code: String(cause.data.error) };
    return { kind: 'FAILURE', cause };
  }
}

/** `Response` refuses a body where HTTP has none. */
function hasBody({ status }: HttpReply): boolean {
  return ![204, 205, 304].includes(status);
}

const quiet = () => {};

const silent = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => 'error' as never,
};
