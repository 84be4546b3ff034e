import { RefusedCallReason } from '../../../schema/intake/refused-call.enum.ts';
import type { RefusedCallType } from '../../../schema/intake/refused-call.type.ts';
import type { Logger } from '../../log.ts';

/** Callers remembered at once. */
const mostKept = 200;
/** A caller that has been quiet for so long, in milliseconds, is forgotten. */
const keptMs = 15 * 60_000;
/** One address is logged once in this time, in milliseconds, and no more than so many lines are. */
const loggedMs = 60_000;
const mostLines = 60;
const longestPath = 120;

/**
 * Who called of late without a valid key, or where nothing is: a sender that is set up wrongly shows nowhere else. Kept in memory, by
 * each process for itself. Such calls belong to no tenant; they are shown to the one whose installation this is.
 */
export class RefusedCallsService {
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #ownerId: string;
  /** The one that called longest ago first. */
  readonly #calls = new Map<string, RefusedCallType>();
  /** When an address was logged last, of the present minute alone. */
  readonly #logged = new Set<string>();
  #minute = Number.NEGATIVE_INFINITY;

  constructor(log: Logger, now: () => number, ownerId: string) {
    this.#log = log;
    this.#now = now;
    this.#ownerId = ownerId;
  }

  /** Counts a call. `path` may be anything: what could be a key in it is left out. */
  note(address: string, rawPath: string, reason: RefusedCallReason): void {
    const now = this.#now();
    const path = harmless(rawPath);
    const key = `${address} ${reason} ${path}`;
    const known = this.#calls.get(key);
    const isRecent = known !== undefined && now - known.lastAt.getTime() < keptMs;
    this.#calls.delete(key);
    this.#calls.set(key, { address, path, reason, count: (isRecent ? known.count : 0) + 1, lastAt: new Date(now) });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > mostKept && oldest !== undefined) this.#calls.delete(oldest);
    this.#tell(address, path, reason, now);
  }

  /** Those of the last quarter of an hour, the latest first. */
  list(tenantId: string): RefusedCallType[] {
    if (tenantId !== this.#ownerId) return [];
    const since = this.#now() - keptMs;
    return [...this.#calls.values()].filter(({ lastAt }) => lastAt.getTime() > since).reverse();
  }

  #tell(address: string, path: string, reason: RefusedCallReason, now: number): void {
    if (now - this.#minute >= loggedMs) {
      this.#minute = now;
      this.#logged.clear();
    }
    if (this.#logged.has(address) || this.#logged.size >= mostLines) return;
    this.#logged.add(address);
    this.#log.warn(
      { address, path, reason },
      reason === RefusedCallReason.NO_VALID_KEY
        ? 'A sender was refused: it has no valid key'
        : 'A sender was refused: nothing is taken at this path',
    );
  }
}

const shortestSecret = 32;

/** A path without its query and without segments so long that they could be a secret. */
function harmless(path: string): string {
  const [bare = ''] = path.split('?', 1);
  const segments = bare.slice(0, longestPath).split('/');
  return segments.map((segment) => (segment.length < shortestSecret ? segment : '…')).join('/');
}
