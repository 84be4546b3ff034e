import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { ByteClaim } from './byte-budget.ts';
import { type Breathe, RequestFailure } from './route.ts';

/** The sender left before its body was whole: nobody is there to be answered. */
export class UploadAborted extends Error {}

/** To read, check and decode this many bytes takes a noticeable part of a turn of the event loop. */
export const longBody = 64 * 1024;

const noBytes = Buffer.alloc(0);

/** Four times the default: a quarter of the hops to the thread pool. */
const chunks = { chunkSize: 64 * 1024 };

const inflaters: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', () => createGunzip(chunks)],
  ['x-gzip', () => createGunzip(chunks)],
  ['deflate', () => createInflate(chunks)],
  ['br', () => createBrotliDecompress(chunks)],
  ['zstd', () => createZstdDecompress(chunks)],
]);

/**
 * The body's bytes. Refuses one that is over `limit` bytes (as sent or once inflated, as soon as that shows), or in an
 * unknown or broken encoding.
 */
export async function readBytes(
  request: IncomingMessage,
  limit: number,
  claim: ByteClaim,
  breathe: Breathe,
): Promise<Buffer> {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return noBytes;
  if (Number(length) > limit) throw tooLarge(limit);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') {
    const size = length === undefined ? undefined : Number(length);
    if (size === undefined || size > longBody) takeTurns(request, breathe);
    return collect(request, undefined, gather(size), limit, claim);
  }
  const createInflater = inflaters.get(encoding);
  if (createInflater === undefined) {
    throw badBody(`The Content-Encoding is not supported: use one of ${[...inflaters.keys()].join(', ')}, or none`);
  }
  return collect(request, createInflater(), gather(undefined), limit, claim);
}

/** Reads no more in a turn of the event loop than `breathe` allows: several long bodies at once would fill a long turn. */
function takeTurns(request: IncomingMessage, breathe: Breathe): void {
  request.on('data', () => {
    const pause = breathe();
    if (pause === undefined) return;
    request.pause();
    void pause.then(() => request.resume());
  });
}

/** The bytes of a body as they come in. */
interface Gathered {
  add(chunk: Buffer): void;
  whole(): Buffer;
}

/** Of a body whose length is known each chunk is copied to its place at once: joined in the end, a long one would hold up all others. */
function gather(length: number | undefined): Gathered {
  const chunks: Buffer[] = [];
  let target: Buffer | undefined;
  let at = 0;
  return {
    add(chunk) {
      if (length === undefined || chunk.length >= length) {
        chunks.push(chunk);
        return;
      }
      target ??= Buffer.allocUnsafeSlow(length);
      at += chunk.copy(target, at);
    },
    whole() {
      if (target) return target.subarray(0, at);
      const [only] = chunks;
      return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    },
  };
}

function collect(
  request: IncomingMessage,
  inflater: Transform | undefined,
  gathered: Gathered,
  limit: number,
  claim: ByteClaim,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let kept = 0;
    let sent = 0;

    const stop = () => {
      request.off('data', onSent).off('data', onData).off('end', onEnd).off('close', onGone);
      inflater?.off('data', onData).off('end', onEnd);
    };
    const fail = (reason: Error) => {
      stop();
      if (inflater !== undefined) request.unpipe(inflater);
      inflater?.destroy();
      reject(reason);
    };
    const onSent = (chunk: Buffer) => {
      sent += chunk.length;
      if (sent > limit) fail(tooLarge(limit));
    };
    const onData = (chunk: Buffer) => {
      kept += chunk.length;
      if (kept > limit) return fail(tooLarge(limit));
      try {
        claim.add(chunk.length);
        gathered.add(chunk);
      } catch (refusal) {
        fail(refusal as Error);
      }
    };
    const onEnd = () => {
      stop();
      resolve(gathered.whole());
    };
    const onGone = () => {
      // A request also closes once it is read to its end, which can be before the last of it is inflated.
      if (!request.readableEnded) fail(new UploadAborted());
    };

    if (request.destroyed) return onGone();
    request.on('close', onGone);
    // Stays to the end of the request: an upload may also break after this reader has finished with it.
    request.on('error', onGone);
    if (inflater === undefined) {
      request.on('data', onData).on('end', onEnd);
      return;
    }
    // Compressed bytes count too, or a stream that inflates to nothing would never end.
    request.on('data', onSent);
    inflater.on('error', () =>
      fail(badBody('The body does not inflate: it is cut short or not in its Content-Encoding')),
    );
    inflater.on('data', onData).on('end', onEnd);
    request.pipe(inflater);
  });
}

function badBody(message: string): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message });
}

function tooLarge(limit: number): RequestFailure {
  return new RequestFailure({ code: 'TOO_LARGE', message: `The body holds more than ${limit} bytes` });
}
