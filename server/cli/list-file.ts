import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InvalidInput, TooLarge } from '../errors.ts';

/** A file to import from, as bytes that come when they are asked for. */
export interface ListFile {
  /** What to call it: the file's name, or the URL without what may be secret in it. */
  readonly source: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** How much is taken from a URL, and how long it may take. */
export interface DownloadLimits {
  readonly bytes: number;
  readonly ms: number;
}

const downloadLimits: DownloadLimits = { bytes: 512 * 1024 * 1024, ms: 10 * 60_000 };
const mostRedirects = 5;

/** Opens a file, or a URL of http or https: one that does not answer 200, is too large or takes too long throws a DomainError. */
export async function openListFile(place: string, limits = downloadLimits): Promise<ListFile> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return download(place, limits);
  const found = await stat(place).catch(() => undefined);
  if (!found?.isFile()) throw new InvalidInput('list', `${place} is no file that can be read`);
  return { source: basename(place), bytes: within(createReadStream(place), place, Number.POSITIVE_INFINITY) };
}

async function download(place: string, limits: DownloadLimits): Promise<ListFile> {
  let url = urlOf(place);
  const source = `${url.origin}${url.pathname}`;
  const signal = AbortSignal.timeout(limits.ms);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const reply = await fetch(url, { redirect: 'manual', signal }).catch((cause: unknown) => refuse(source, cause));
    const next = reply.headers.get('location');
    if (reply.status >= 300 && reply.status < 400 && next !== null) {
      await reply.body?.cancel();
      url = urlOf(next, url);
      continue;
    }
    if (reply.status !== 200 || !reply.body) throw new InvalidInput('list', `${source} answered ${reply.status}`);
    return { source, bytes: within(reply.body, source, limits.bytes) };
  }
  throw new InvalidInput('list', `${source} redirects more than ${mostRedirects} times`);
}

/** Where a redirect leads is held to the same rules, and not out of TLS. */
function urlOf(text: string, from?: URL): URL {
  const url = URL.parse(text, from?.href);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new InvalidInput('list', `${from ? 'a redirect' : 'the URL'} must lead to http or https`);
  }
  if (from?.protocol === 'https:' && url.protocol === 'http:') {
    throw new InvalidInput('list', 'a redirect must not lead from https to http');
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInput('list', 'the URL must not hold a name or password; download the file and import that');
  }
  return url;
}

async function* within(body: AsyncIterable<Uint8Array>, source: string, mostBytes: number): AsyncGenerator<Uint8Array> {
  let taken = 0;
  const parts = body[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await parts.next().catch((cause: unknown) => refuse(source, cause));
    if (done) return;
    taken += value.length;
    if (taken > mostBytes) {
      await parts.return?.();
      throw new TooLarge(`${source} is larger than ${mostBytes} bytes; download the file and import that`);
    }
    yield value;
  }
}

function refuse(source: string, cause: unknown): never {
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  throw new InvalidInput('list', `${source} ${isLate ? 'took too long' : 'could not be read to its end'}`);
}
