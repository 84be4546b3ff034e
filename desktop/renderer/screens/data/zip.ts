/** Sizes and places from here on would need ZIP64. */
const largest = 0xffff_ffff;
const deflated = 8;
const needsDeflate = 20;
/** Sizes follow the data; names are UTF-8. */
const flags = 0x0808;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as ZIP has it, going on from that of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** What is put into an archive is larger than an archive without ZIP64 can hold. */
export class TooLarge extends Error {}

/**
 * A ZIP archive (PKWARE's APPNOTE 6.3.10) of one file, deflated while its text arrives: what is kept is the compressed bytes, which the
 * browser may hold on disk. Rejects with `TooLarge`, or with what the text rejects with.
 */
export async function zipOfText(name: string, at: Date, text: AsyncIterable<string>): Promise<Blob> {
  const compressor = new CompressionStream('deflate-raw');
  const compressed = new Response(compressor.readable).blob();
  // Where the text fails first, nobody waits for it any more.
  compressed.catch(() => undefined);
  const writer = compressor.writable.getWriter();
  const encoder = new TextEncoder();
  let crc = 0;
  let size = 0;
  try {
    for await (const chunk of text) {
      const bytes = encoder.encode(chunk);
      crc = crc32(bytes, crc);
      size += bytes.length;
      if (size >= largest) throw new TooLarge();
      await writer.write(bytes);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  const body = await compressed;
  const nameBytes = encoder.encode(name);
  const before = [
    [2, needsDeflate],
    [2, flags],
    [2, deflated],
    [2, (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)],
    [2, ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()],
  ] as const;
  const sizes = [
    [4, crc],
    [4, body.size],
    [4, size],
  ] as const;
  const after = [
    [2, nameBytes.length],
    [2, 0],
  ] as const;
  // 4.3.7, 4.3.9, 4.3.12 and 4.3.16 of the APPNOTE: before the file, after it, the directory, and its end.
  const header = fields([4, 0x0403_4b50], ...before, [4, 0], [4, 0], [4, 0], ...after);
  const descriptor = fields([4, 0x0807_4b50], ...sizes);
  const directory = fields(
    [4, 0x0201_4b50],
    [2, needsDeflate],
    ...before,
    ...sizes,
    ...after,
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, 0],
  );
  const start = header.length + nameBytes.length + body.size + descriptor.length;
  const length = directory.length + nameBytes.length;
  const end = fields([4, 0x0605_4b50], [2, 0], [2, 0], [2, 1], [2, 1], [4, length], [4, start], [2, 0]);
  return new Blob([header, nameBytes, body, descriptor, directory, nameBytes, end], { type: 'application/zip' });
}

/** Numbers, each of so many bytes, the least significant first. */
function fields(...numbers: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}
