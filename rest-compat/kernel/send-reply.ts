import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './route.ts';

/** How long a sender that was answered before its body ended may go on sending, so that it gets to read the answer. */
const lingerMs = 1000;

/** A body of up to this size is read to its end behind an early answer, and its connection lives on. */
const smallBody = 64 * 1024;

/** Writes a reply; one that comes before the request's body has ended closes the connection without cutting itself off. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const payload = reply.body === undefined ? undefined : JSON.stringify(reply.body);
  const headers: Record<string, string | number> = { ...reply.headers };
  if (payload !== undefined) {
    headers['content-type'] ??= 'application/json; charset=utf-8';
    headers['content-length'] = Buffer.byteLength(payload);
  }
  if (request.complete || request.destroyed || Number(request.headers['content-length']) <= smallBody) {
    response.writeHead(reply.status, headers).end(payload);
    return;
  }
  response.writeHead(reply.status, { ...headers, connection: 'close' });
  response.flushHeaders();
  if (payload !== undefined) response.write(payload);
  closeWhenDrained(request, response);
}

/**
 * Ending a response that closes its connection makes the kernel reset a sender that is still writing, which then never
 * sees the reply. So what comes is read and dropped until it ends, for a moment at most.
 */
function closeWhenDrained(request: IncomingMessage, response: ServerResponse): void {
  const close = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(close, lingerMs);
  request.once('end', close).once('close', close).on('error', close);
  request.resume();
}
