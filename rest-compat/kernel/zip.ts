import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** When it was changed last, by a clock on the wall: archives know no time zones. */
  readonly changed: { year: number; month: number; day: number; hour: number; minute: number; second: number };
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What the directory at the end says of an entry. */
interface Written {
  readonly entry: ZipEntry;
  readonly offset: number;
  readonly tally: Tally;
}

interface Tally {
  crc: number;
  size: number;
  compressed: number;
}

/** Numbers from here on do not fit the fields of 32 bits: they go into those of ZIP64. */
const largest32 = 0xffff_ffff;
const escape16 = 0xffff;
const needsDeflate = 20;
const needsZip64 = 45;
/** Sizes follow the data; names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
/** A regular file that its owner may write and all may read, as UNIX has it. */
const fileMode = 0o100644;
const unix = 3;

/**
 * A ZIP archive (PKWARE's APPNOTE 6.3.10), byte by byte as its entries are read: each is deflated in the thread pool, its sizes follow
 * it, and numbers over 32 bits are written as ZIP64 where there are any. Memory does not grow with the entries. An entry's header is
 * given out once its first bytes are there. `largest` is the least number that is taken for too large, lower than it is for tests.
 */
export async function* writeZip(entries: Iterable<ZipEntry>, largest = largest32): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let at = 0;
  const counted = (bytes: Uint8Array) => {
    at += bytes.length;
    return bytes;
  };
  for (const entry of entries) {
    const tally = { crc: 0, size: 0, compressed: 0 };
    const offset = at;
    let isOpen = false;
    for await (const chunk of deflate(entry.bytes, tally)) {
      if (!isOpen) yield counted(localHeader(entry));
      isOpen = true;
      yield counted(chunk);
    }
    yield counted(descriptor(tally, isLarge(tally, largest)));
    written.push({ entry, offset, tally });
  }
  const start = at;
  for (const each of written) yield counted(directoryEntry(each, largest));
  yield directoryEnd(written.length, start, at - start, largest);
}

function isLarge({ size, compressed }: Tally, largest: number): boolean {
  return size >= largest || compressed >= largest;
}

/** Even nothing deflates to some bytes. */
async function* deflate(bytes: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Buffer> {
  const deflater = createDeflateRaw({ chunkSize: 64 * 1024 });
  const fed = pipeline(measured(bytes, tally), deflater);
  // The same fault comes out of the deflater; one that only says that nobody reads on comes out of nowhere else.
  fed.catch(() => undefined);
  for await (const chunk of deflater) {
    tally.compressed += chunk.length;
    yield chunk;
  }
}

async function* measured(bytes: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    tally.crc = crc32(chunk, tally.crc);
    tally.size += chunk.length;
    yield chunk;
  }
}

/** A record of fields, each of so many bytes, the least significant first. */
function record(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}

function dosTime({ changed: { hour, minute, second } }: ZipEntry): number {
  return (hour << 11) | (minute << 5) | (second >> 1);
}

function dosDate({ changed: { year, month, day } }: ZipEntry): number {
  return ((year - 1980) << 9) | (month << 5) | day;
}

/** 4.3.7: what is in front of the data. */
function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const fields = record(
    [4, 0x04034b50],
    [2, needsDeflate],
    [2, flags],
    [2, deflated],
    [2, dosTime(entry)],
    [2, dosDate(entry)],
    ...([
      [4, 0],
      [4, 0],
      [4, 0],
    ] as const),
    [2, name.length],
    [2, 0],
  );
  return Buffer.concat([fields, name]);
}

/** 4.3.9: what follows the data. */
function descriptor({ crc, size, compressed }: Tally, isZip64: boolean): Buffer {
  const width = isZip64 ? 8 : 4;
  return record([4, 0x08074b50], [4, crc], [width, compressed], [width, size]);
}

/** 4.3.12, with the extra field of 4.5.3 where a number is too large. */
function directoryEntry({ entry, offset, tally: { crc, size, compressed } }: Written, largest: number): Buffer {
  const name = Buffer.from(entry.name);
  const isZip64 = size >= largest || compressed >= largest || offset >= largest;
  const extra = isZip64 ? record([2, 1], [2, 24], [8, size], [8, compressed], [8, offset]) : Buffer.alloc(0);
  const field = (value: number) => (isZip64 ? largest32 : value);
  const fields = record(
    [4, 0x02014b50],
    [2, (unix << 8) | needsZip64],
    [2, isZip64 ? needsZip64 : needsDeflate],
    [2, flags],
    [2, deflated],
    [2, dosTime(entry)],
    [2, dosDate(entry)],
    [4, crc],
    [4, field(compressed)],
    [4, field(size)],
    [2, name.length],
    [2, extra.length],
    ...([
      [2, 0],
      [2, 0],
      [2, 0],
    ] as const),
    [4, fileMode * 0x10000],
    [4, field(offset)],
  );
  return Buffer.concat([fields, name, extra]);
}

/** 4.3.16, after 4.3.14 and 4.3.15 where a number is too large. */
function directoryEnd(count: number, start: number, size: number, largest: number): Buffer {
  const isZip64 = start >= largest || size >= largest || count >= escape16;
  const field = (width: 2 | 4, value: number) =>
    [width, isZip64 ? (width === 2 ? escape16 : largest32) : value] as const;
  const end = record(
    [4, 0x06054b50],
    ...([
      [2, 0],
      [2, 0],
    ] as const),
    field(2, count),
    field(2, count),
    field(4, size),
    field(4, start),
    [2, 0],
  );
  if (!isZip64) return end;
  const end64 = record(
    [4, 0x06064b50],
    [8, 44],
    [2, (unix << 8) | needsZip64],
    [2, needsZip64],
    ...([
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, size],
      [8, start],
    ] as const),
  );
  const locator = record([4, 0x07064b50], [4, 0], [8, start + size], [4, 1]);
  return Buffer.concat([end64, locator, end]);
}
