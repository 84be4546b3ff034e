import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as TlsAgent } from 'node:https';
import { type AddressGuard, defaultPort } from './guard.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly signal: AbortSignal;
  /** Judges where the connection goes; absent for services that the operator has set. */
  readonly guard?: AddressGuard;
  /** How much of the reply is read; the connection is cut off after it. */
  readonly maxReplyBytes: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What was read of it: less than all when it was too long or stopped midway. */
  readonly body: Buffer;
}

/**
 * One POST over a connection of its own: no redirect is followed, no proxy of the environment taken, no connection kept that could
 * outlive a judgement of its address. Rejects when no status arrives.
 */
export function post({ url, headers, body, signal, guard, maxReplyBytes }: Post): Promise<HttpReply> {
  const isTls = url.protocol === 'https:';
  if (!isTls && url.protocol !== 'http:') return Promise.reject(new TypeError('Only http and https can be posted to'));
  return new Promise((resolve, reject) => {
    guard?.judgeUrl(url);
    const port = url.port === '' ? defaultPort(url.protocol) : Number(url.port);
    const options = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': body.length },
      signal,
      ...(guard && { lookup: guard.lookupFor(port) }),
    };
    const request = isTls
      ? requestHttps(url, { ...options, agent: new TlsAgent({ keepAlive: false, rejectUnauthorized: true }) })
      : requestHttp(url, { ...options, agent: new Agent({ keepAlive: false }) });
    request.on('error', reject);
    request.on('response', (reply) => {
      request.off('error', reject).on('error', () => {});
      readReply(reply, maxReplyBytes, resolve);
    });
    request.end(body);
  });
}

/** The status is what counts: a body that breaks off is as good as one that ends. */
function readReply(reply: IncomingMessage, most: number, done: (reply: HttpReply) => void): void {
  const chunks: Buffer[] = [];
  let left = most;
  reply.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) reply.destroy();
  });
  reply.on('error', () => {});
  reply.on('close', () => {
    const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value)] as const);
    done({ status: reply.statusCode ?? 0, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) });
  });
}
