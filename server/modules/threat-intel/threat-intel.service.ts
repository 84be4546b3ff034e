import { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import type { ThreatListType, ThreatMatchType } from '../../../schema/threat-intel/threat-intel.type.ts';
import { InvalidInput } from '../../errors.ts';
import { addressOf, domainOf, entriesOfAddress, entriesOfDomain } from './indicator.ts';
import { readIndicators } from './list-reader.ts';
import type { ListInForce, ThreatIntelRepository } from './threat-intel.repository.ts';

/** How far an import is. */
export interface ImportProgress {
  /** Lines or entries read, whatever became of them. */
  readonly read: number;
  /** Different addresses, ranges or domains stored. */
  readonly count: number;
}

/** What became of an import. */
export interface ImportReport extends ImportProgress {
  readonly kind: ThreatKind;
  readonly source: string;
  /** Entries that are none of the kind, and where the first of them stand, counted from 1. */
  readonly bad: number;
  readonly firstBad: readonly number[];
  /** Entries of a MISP export that are of another type, or not meant for detection. */
  readonly skipped: number;
}

/** Entries written in one transaction. */
const addedAtOnce = 1000;
const shownBad = 5;
const listsOfAddresses: ReadonlySet<ThreatKind> = new Set([ThreatKind.TOR_RELAY, ThreatKind.MISP_IP]);

/** Lists of addresses and domains known for malice or anonymity, and who is on them. */
export class ThreatIntelService {
  readonly #lists: ThreatIntelRepository;
  readonly #now: () => number;

  constructor(lists: ThreatIntelRepository, now: () => number) {
    this.#lists = lists;
    this.#now = now;
  }

  lists(): Promise<ThreatListType[]> {
    return this.#lists.lists();
  }

  /**
   * For each address or domain the entries that name it: itself, a range around it, a domain above it. A text that is neither is
   * named by none.
   */
  async matchesOf(names: readonly string[]): Promise<ThreatMatchType[][]> {
    const lists = await this.#lists.lists();
    const wanted = lists.length === 0 ? [] : names.map((name) => entriesFor(name, lists));
    const found = await this.#lists.find([...new Set(wanted.flat())]);
    if (found.length === 0) return names.map(() => []);
    return names.map((_, index) => found.filter(({ value }) => wanted[index]?.includes(value)));
  }

  /**
   * Replaces the list of a kind by what a file holds. The old list is in force until the new one is complete; it stays so when the
   * import fails, or when the file holds nothing of the kind (InvalidInput). Memory does not grow with the file.
   */
  async replace(
    kind: ThreatKind,
    source: string,
    file: AsyncIterable<Uint8Array>,
    onProgress: (progress: ImportProgress) => void = () => {},
  ): Promise<ImportReport> {
    const listId = await this.#lists.open(kind, source);
    try {
      return await this.#fill(listId, kind, source, file, onProgress);
    } catch (cause) {
      await this.#lists.discard(listId);
      throw cause;
    } finally {
      await this.#lists.sweep();
    }
  }

  async #fill(
    listId: number,
    kind: ThreatKind,
    source: string,
    file: AsyncIterable<Uint8Array>,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportReport> {
    const spell = listsOfAddresses.has(kind) ? addressOf : domainOf;
    const prefixes = new Set<number>();
    const firstBad: number[] = [];
    let [read, count, sizeBytes, bad, skipped] = [0, 0, 0, 0, 0];
    let waiting = new Set<string>();
    const write = async () => {
      const values = [...waiting];
      waiting = new Set();
      if (values.length > 0) {
        const { added, bytes } = await this.#lists.add(listId, values);
        count += added;
        sizeBytes += bytes;
      }
      onProgress({ read, count });
    };
    for await (const text of readIndicators(kind, file)) {
      read += 1;
      const value = text === undefined ? undefined : spell(text);
      if (value === undefined) {
        skipped += 1;
      } else if (value === null) {
        bad += 1;
        if (firstBad.length < shownBad) firstBad.push(read);
      } else {
        if (value.includes('/')) prefixes.add(Number(value.slice(value.indexOf('/') + 1)));
        waiting.add(value);
      }
      if (waiting.size === addedAtOnce) await write();
    }
    await write();
    if (count === 0) throw new InvalidInput('list', nothingIn(kind, read, bad, skipped));
    const totals = { count, sizeBytes, prefixes: [...prefixes].sort((left, right) => left - right) };
    await this.#lists.publish(listId, kind, { ...totals, updatedAt: this.#now() });
    return { kind, source, read, count, bad, firstBad, skipped };
  }
}

function entriesFor(name: string, lists: readonly ListInForce[]): string[] {
  const ip = addressOf(name);
  if (ip !== null) return entriesOfAddress(ip, [...new Set(lists.flatMap(({ prefixes }) => prefixes))]);
  // A request may name its host with the port.
  const domain = domainOf(name.replace(/:\d{1,5}$/, ''));
  return domain === null ? [] : entriesOfDomain(domain);
}

function nothingIn(kind: ThreatKind, read: number, bad: number, skipped: number): string {
  const what = listsOfAddresses.has(kind) ? 'address' : 'domain';
  const why = read === 0 ? 'it is empty' : `of ${read} entries ${bad} are none and ${skipped} are of another type`;
  return `holds no ${what} (${why}); the list of before, if any, is kept`;
}
