import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Where releases are told of, and the key that signs what is told; a build that is not signed has neither. */
export interface UpdateFeed {
  /** Folder with `latest.json`, `latest.json.sig` (Ed25519 over the bytes of the former) and the files named there. */
  readonly url: string;
  /** Ed25519, SPKI in PEM. */
  readonly publicKey: string;
}

/** Why an update was not taken; whatever was fetched of it is gone. */
export type UpdateProblem = 'OFFLINE' | 'UNSIGNED' | 'MALFORMED' | 'CUT_OFF' | 'BAD_HASH' | 'CHANGED_ON_DISK';

export type UpdateState =
  | { readonly kind: 'off' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly version: string; readonly file: string }
  | { readonly kind: 'failed'; readonly problem: UpdateProblem };

interface UpdaterParts {
  /** Undefined: the updater is off, and asks nobody anything. */
  readonly feed: UpdateFeed | undefined;
  /** The version that runs. */
  readonly version: string;
  /** As `linux-x64`. */
  readonly target: string;
  /** Where a fetched file is kept until it is installed. */
  readonly folder: string;
  /** Starts an installer that has been found to be the one that was signed. */
  readonly install: (file: string) => void;
}

interface Release {
  readonly version: string;
  readonly name: string;
  readonly sha512: string;
  readonly bytes: number;
}

const answerMs = 30_000;
const downloadMs = 30 * 60_000;
const mostManifestBytes = 64 * 1024;
const mostFileBytes = 1024 ** 3;

class Refusal extends Error {
  readonly problem: UpdateProblem;

  constructor(problem: UpdateProblem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * Fetches a newer version that is signed with the key this build was made with, and installs it when told to: nothing that is
 * unsigned, changed, older, cut off or of another machine, whoever controls the server that it comes from.
 */
export class Updater {
  readonly #parts: UpdaterParts;
  #state: UpdateState;
  #ready: Release | undefined;

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
    this.#state = { kind: parts.feed ? 'idle' : 'off' };
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** Looks for a newer version and fetches it; answers the state that this led to. */
  async check(): Promise<UpdateState> {
    const { feed } = this.#parts;
    if (!feed || this.#state.kind === 'checking') return this.#state;
    const before = this.#state;
    this.#state = { kind: 'checking' };
    this.#state = await this.#look(feed, before).catch((cause: unknown): UpdateState => {
      return { kind: 'failed', problem: cause instanceof Refusal ? cause.problem : 'OFFLINE' };
    });
    return this.#state;
  }

  /** Installs what is ready, unless it is no longer the file that was signed. */
  async install(): Promise<UpdateState> {
    if (this.#state.kind !== 'ready' || !this.#ready) return this.#state;
    const { file } = this.#state;
    const hash = createHash('sha512');
    const isSame = await pipeline(createReadStream(file), hash).then(
      () => hash.digest('base64') === this.#ready?.sha512,
      () => false,
    );
    if (!isSame) {
      rmSync(file, { force: true });
      this.#state = { kind: 'failed', problem: 'CHANGED_ON_DISK' };
      return this.#state;
    }
    this.#parts.install(file);
    return this.#state;
  }

  async #look({ url, publicKey }: UpdateFeed, before: UpdateState): Promise<UpdateState> {
    const manifest = await fetchBytes(new URL('latest.json', url));
    const signature = await fetchBytes(new URL('latest.json.sig', url));
    const signed = Buffer.from(signature.toString('utf8').trim(), 'base64');
    // Before a single byte of it is interpreted.
    if (!verify(null, manifest, createPublicKey(publicKey), signed)) throw new Refusal('UNSIGNED');
    const release = readManifest(manifest.toString('utf8'), this.#parts.target);
    if (!release || !isNewer(release.version, this.#parts.version)) return { kind: 'idle' };
    const isThere = before.kind === 'ready' && this.#ready?.sha512 === release.sha512 && existsSync(before.file);
    if (isThere) return before;
    this.#ready = undefined;
    const file = await this.#download(new URL(release.name, url), release);
    this.#ready = release;
    return { kind: 'ready', version: release.version, file };
  }

  async #download(from: URL, { name, sha512, bytes }: Release): Promise<string> {
    const { folder } = this.#parts;
    const partial = join(folder, `${name}.partial`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      const response = await get(from, downloadMs);
      const hash = createHash('sha512');
      let received = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          received += chunk.length;
          hash.update(chunk);
          done(received > bytes ? new Refusal('BAD_HASH') : null, chunk);
        },
      });
      const source = Readable.from(response.body ?? []);
      await pipeline(source, measure, createWriteStream(partial, { mode: 0o600, flush: true })).catch(
        (cause: unknown) => {
          throw cause instanceof Refusal ? cause : new Refusal('CUT_OFF');
        },
      );
      if (received !== bytes) throw new Refusal('CUT_OFF');
      if (hash.digest('base64') !== sha512) throw new Refusal('BAD_HASH');
      renameSync(partial, join(folder, name));
      return join(folder, name);
    } catch (cause) {
      rmSync(folder, { recursive: true, force: true });
      throw cause;
    }
  }
}

async function get(url: URL, ms: number): Promise<Response> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ms) });
  if (!response.ok) throw new Refusal('OFFLINE');
  return response;
}

async function fetchBytes(url: URL): Promise<Buffer> {
  const response = await get(url, answerMs);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostManifestBytes) throw new Refusal('MALFORMED');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a manifest tells of one kind of machine; undefined when there is nothing for it. */
function readManifest(text: string, target: string): Release | undefined {
  try {
    const { version, files } = Object(JSON.parse(text));
    if (files?.[target] === undefined) return undefined;
    const { name, sha512, bytes } = Object(files[target]);
    const isSound =
      /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version) &&
      /^[A-Za-z0-9][\w.-]{0,99}$/.test(name) &&
      /^[A-Za-z0-9+/]{86}==$/.test(sha512) &&
      Number.isSafeInteger(bytes) &&
      bytes > 0 &&
      bytes <= mostFileBytes;
    if (isSound) return { version, name, sha512, bytes };
  } catch {
    // Told below, like all else that is not as it should be.
  }
  throw new Refusal('MALFORMED');
}

function isNewer(offered: string, running: string): boolean {
  const [theirs, ours] = [offered, running].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (theirs?.[part] ?? 0) - (ours?.[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
