import { crc32, inflateRawSync } from 'node:zlib';

/**
 * The files of an archive, found by its directory as unpackers do (PKWARE's APPNOTE, ZIP64 included). Whatever contradicts itself
 * fails: a checksum, a length, a descriptor, a header that is not where the directory says.
 */
export function readZip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let [count, size, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  let directoryEnd = end;
  if (start === 0xffffffff) {
    same(bytes.readUInt32LE(end - 20), 0x07064b50, 'locator of ZIP64');
    directoryEnd = wide(bytes, end - 20 + 8);
    same(bytes.readUInt32LE(directoryEnd), 0x06064b50, 'end of ZIP64');
    [count, size, start] = [
      wide(bytes, directoryEnd + 32),
      wide(bytes, directoryEnd + 40),
      wide(bytes, directoryEnd + 48),
    ];
  }
  same(start + size, directoryEnd, 'end of the directory');
  const files = new Map<string, string>();
  let at = start;
  for (let entry = 0; entry < count; entry++) {
    same(bytes.readUInt32LE(at), 0x02014b50, 'directory entry');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, nameEnd);
    let [compressed, length, offset] = [20, 24, 42].map((place) => bytes.readUInt32LE(at + place)) as [
      number,
      number,
      number,
    ];
    const isZip64 = length === 0xffffffff;
    if (isZip64)
      [length, compressed, offset] = [4, 12, 20].map((place) => wide(bytes, nameEnd + place)) as [
        number,
        number,
        number,
      ];
    files.set(name, readFile(bytes, { name, offset, compressed, length, crc: bytes.readUInt32LE(at + 16), isZip64 }));
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  same(at, start + size, 'length of the directory');
  return files;
}

interface Entry {
  name: string;
  offset: number;
  compressed: number;
  length: number;
  crc: number;
  isZip64: boolean;
}

function readFile(bytes: Buffer, { name, offset, compressed, length, crc, isZip64 }: Entry): string {
  same(bytes.readUInt32LE(offset), 0x04034b50, `header of ${name}`);
  const data = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  same(bytes.toString('utf8', offset + 30, offset + 30 + Buffer.byteLength(name)), name, 'name in the header');
  const content = inflateRawSync(bytes.subarray(data, data + compressed));
  same(content.length, length, `length of ${name}`);
  same(crc32(content), crc, `checksum of ${name}`);
  const after = data + compressed;
  same(bytes.readUInt32LE(after), 0x08074b50, `descriptor of ${name}`);
  same(bytes.readUInt32LE(after + 4), crc, `checksum in the descriptor of ${name}`);
  same(
    isZip64 ? wide(bytes, after + 8) : bytes.readUInt32LE(after + 8),
    compressed,
    `size in the descriptor of ${name}`,
  );
  same(
    isZip64 ? wide(bytes, after + 16) : bytes.readUInt32LE(after + 12),
    length,
    `length in the descriptor of ${name}`,
  );
  return content.toString('utf8');
}

function wide(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function same(found: unknown, expected: unknown, what: string): void {
  if (found !== expected) throw new Error(`${what}: ${found}, not ${expected}`);
}

/** Rows of CSV as RFC 4180 has it, each ended by CRLF; a quoted cell may hold anything. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let isRead = 0;
  for (const { 0: found, 1: quoted, 2: plain = '', 3: end, index } of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    same(index, isRead, 'start of a cell');
    isRead += found.length;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  same(isRead, text.length, 'end of the file');
  return rows;
}
