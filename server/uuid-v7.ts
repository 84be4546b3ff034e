import { randomFillSync } from 'node:crypto';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = new Uint8Array(16 * 512);
let used = pool.length;
let lastMs = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 section 6.2, method 1): 48 bits of `nowMs`, a 12-bit counter that keeps the ids of one process in order,
 * and 62 random bits. When the counter runs out, or the clock steps back, the time part goes on from the last one given.
 */
export function uuidV7(nowMs: number): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = at(used) & 0x3f; // a low random start leaves room for 4,000 ids in this millisecond
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  const r = used + 2;
  used += 10;
  const high = Math.floor(lastMs / 0x10000);
  const low = lastMs & 0xffff;
  const time = high.toString(16).padStart(8, '0');
  return (
    `${time}-${byteHex(low >> 8)}${byteHex(low)}-7${counter.toString(16).padStart(3, '0')}-` +
    `${byteHex((at(r) & 0x3f) | 0x80)}${byteHex(at(r + 1))}-${byteHex(at(r + 2))}${byteHex(at(r + 3))}` +
    `${byteHex(at(r + 4))}${byteHex(at(r + 5))}${byteHex(at(r + 6))}${byteHex(at(r + 7))}`
  );
}

function at(index: number): number {
  return pool[index] ?? 0;
}

function byteHex(byte: number): string {
  return hex[byte & 0xff] ?? '00';
}

/** The least UUIDv7 of an instant: those given before it are less. */
export function leastUuidV7(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7000-8000-000000000000`;
}

/** The instant in a UUIDv7, as epoch milliseconds. */
export function timeOfUuidV7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in its lower-case canonical spelling. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
