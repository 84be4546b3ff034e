import { createReadStream, createWriteStream, openSync, readSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';

// A process that takes an export in as its receiver does, onto the disk, and then looks whether it is whole.

export interface ExportOptions {
  readonly port: number;
  readonly token: string;
  readonly body: object;
  /** Where to put the ZIP archive. */
  readonly file: string;
}

export interface ExportReport {
  readonly seconds: number;
  readonly firstByteSeconds: number;
  readonly bytes: number;
}

interface Entry {
  readonly name: string;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const commands = {
  async export({ port, token, body, file }: ExportOptions): Promise<ExportReport> {
    const startedAt = nowMs();
    const reply = await post(port, '/api/v1/data/export', token, JSON.stringify(body));
    const firstByteSeconds = (nowMs() - startedAt) / 1000;
    if (reply.statusCode !== 200) throw new Error(`An export was answered ${reply.statusCode}`);
    await pipeline(reply, createWriteStream(file));
    return { seconds: (nowMs() - startedAt) / 1000, firstByteSeconds, bytes: statSync(file).size };
  },

  /** Records of a CSV file in an archive, without its header; throws where lengths or checksums do not agree. */
  async countRecords({ file, name }: { file: string; name: string }): Promise<{ records: number; size: number }> {
    const entry = entriesOf(file).find((each) => each.name === name);
    if (!entry) throw new Error(`${file} holds no ${name}`);
    const counter = new RecordCounter();
    await pipeline(
      createReadStream(file, { start: entry.at, end: entry.at + entry.packed - 1 }),
      createInflateRaw(),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) counter.add(chunk);
      },
    );
    if (counter.size !== entry.size || counter.checksum !== entry.checksum) {
      throw new Error(`${name} holds ${counter.size} bytes, checksum ${counter.checksum}: ${JSON.stringify(entry)}`);
    }
    return { records: counter.records - 1, size: counter.size };
  },
};

export type ExporterCommands = typeof commands;

/** Counts the records of CSV, whose quoted fields may hold line ends (RFC 4180). */
class RecordCounter {
  records = 0;
  size = 0;
  checksum = 0;
  #isQuoted = false;

  add(chunk: Buffer): void {
    this.size += chunk.length;
    this.checksum = crc32(chunk, this.checksum);
    for (const byte of chunk) {
      if (byte === 0x22) this.#isQuoted = !this.#isQuoted;
      else if (byte === 0x0a && !this.#isQuoted) this.records++;
    }
  }
}

function post(port: number, path: string, token: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    request({ host: '127.0.0.1', port, path, method: 'POST', headers }, resolve).once('error', reject).end(body);
  });
}

/** What the central directory at the end of an archive lists, with or without ZIP64 (APPNOTE.TXT 4.3 and 4.5.3). */
function entriesOf(file: string): Entry[] {
  const length = statSync(file).size;
  const handle = openSync(file, 'r');
  const read = (at: number, size: number) => {
    const bytes = Buffer.alloc(size);
    readSync(handle, bytes, 0, size, at);
    return bytes;
  };
  const tailLength = Math.min(length, 66_000);
  const tail = read(length - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error(`${file} has no end of a central directory: it was cut off`);
  let [size, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  const end64 = tail.lastIndexOf(Buffer.from('PK\x06\x06', 'latin1'), end);
  if (end64 >= 0) [size, at] = [wide(tail, end64 + 40), wide(tail, end64 + 48)];
  const directory = read(at, size);
  const entries: Entry[] = [];
  for (let place = 0; place < directory.length; ) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(place + field));
    const extraAt = place + 46 + (nameLength ?? 0);
    const extra = directory.subarray(extraAt, extraAt + (extraLength ?? 0));
    const [fullSize = 0, packed = 0, header = 0] = widened(
      [24, 20, 42].map((field) => directory.readUInt32LE(place + field)),
      extra,
    );
    const local = read(header, 30);
    entries.push({
      name: directory.toString('utf8', place + 46, extraAt),
      checksum: directory.readUInt32LE(place + 16),
      packed,
      size: fullSize,
      at: header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28),
    });
    place = extraAt + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}

/** Values that do not fit 32 bits stand in the extra field of number 1, in this order. */
function widened(values: readonly number[], extra: Buffer): number[] {
  let next = 4;
  for (let place = 0; place + 4 <= extra.length; place += 4 + extra.readUInt16LE(place + 2)) {
    if (extra.readUInt16LE(place) === 1) next = place + 4;
  }
  return values.map((value) => {
    if (value !== 0xffff_ffff) return value;
    next += 8;
    return wide(extra, next - 8);
  });
}

function wide(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

answerParent(commands);
