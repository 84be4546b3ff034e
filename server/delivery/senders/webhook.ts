import type { AddressGuard } from '../guard.ts';
import { post } from '../http-client.ts';
import { outcomeOfFailure, outcomeOfReply } from '../http-outcome.ts';
import type { Sender } from '../sender.ts';
import { hubHeaders, standardHeaders } from './signature.ts';
import { webhookPayload } from './webhook-payload.ts';

/** A reply is worth nothing but its status; a receiver that says more than this is cut off. */
const maxReplyBytes = 64 * 1024;

export interface WebhookOptions {
  readonly guard: AddressGuard;
  readonly userAgent: string;
  readonly now: () => number;
}

/** Posts to the URLs of webhook sinks, signed as Standard Webhooks asks: what is signed is what is sent. */
export function webhookSender({ guard, userAgent, now }: WebhookOptions): Sender<'WEBHOOK'> {
  return {
    async send(notification, { url, signingSecrets, headers }, signal) {
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
        return { result: 'REFUSED', status: null, error: 'The URL is not one of http or https' };
      }
      const body = webhookPayload(notification);
      const message = { id: notification.id, timestamp: Math.floor(now() / 1000), body };
      const own = {
        'content-type': 'application/json',
        accept: '*/*',
        'user-agent': userAgent,
        ...standardHeaders(message, signingSecrets),
        ...hubHeaders(body, signingSecrets),
      };
      try {
        const reply = await post({
          url: new URL(url),
          headers: { ...customHeaders(headers), ...own },
          body,
          signal,
          guard,
          maxReplyBytes,
        });
        return outcomeOfReply(reply, now());
      } catch (cause) {
        return outcomeOfFailure(cause);
      }
    },
  };
}

/** The names of headers that a sink's owner may not set: what HTTP needs, and what tells who sent it. */
const reserved =
  /^(?:accept|connection|content-.*|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|user-agent|webhook-.*|x-hub-signature.*)$/;

/** Whether a header of that name is the sender's own, so that nobody else can set it. */
export function isReservedHeader(name: string): boolean {
  return reserved.test(name.toLowerCase());
}

function customHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([name]) => !isReservedHeader(name)));
}
