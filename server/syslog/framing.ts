/** The most bytes one message may have; what goes beyond is cut off and counted. */
export const longestMessage = 256 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const zero = 0x30;
const nine = 0x39;
const lessThan = 0x3c;
/** Room for a message under way: at first, and the most that is held between messages. */
const leastRoom = 1024;
const usualRoom = 64 * 1024;
/** A count of octets has at most this many digits. */
const mostDigits = 9;

/** What the next bytes begin: a counted frame, a line, or too little to tell. */
type Start = { readonly length: number; readonly digits: number } | 'line' | 'too little';

/**
 * Takes a stream of syslog messages apart, however its bytes come in: each message behind a count of its octets (RFC 6587
 * section 3.4.1, RFC 5425) or ended by a line feed or a NUL (RFC 6587 section 3.4.2). Which of the two a connection uses shows in
 * its first bytes. A frame whose count is none is read as a line, so nothing that was sent is lost over it. Messages come out as
 * text; bytes that are not UTF-8 become U+FFFD.
 */
export class SyslogFraming {
  readonly #longest: number;
  /** The message under way, as far as it is kept. */
  #kept: Buffer = Buffer.alloc(leastRoom);
  #length = 0;
  #isCounted: boolean | undefined;
  /** Octets of a counted frame still to come; undefined before its count has been read. */
  #left: number | undefined;
  #isCut = false;
  /** Messages that were longer than is kept. */
  cut = 0;

  constructor(longest: number = longestMessage) {
    this.#longest = longest;
  }

  /** The messages that these bytes complete. */
  push(chunk: Uint8Array): string[] {
    const messages: string[] = [];
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0) rest = this.#left === undefined ? this.#begin(rest, messages) : this.#fill(rest, messages);
    return messages;
  }

  /** The message that the end of the stream ends: what came of it. */
  end(): string[] {
    const messages: string[] = [];
    if (this.#length > 0) this.#finish(messages);
    this.#left = undefined;
    return messages;
  }

  /** Reads the count before a frame, or on to the end of a line. */
  #begin(bytes: Buffer, messages: string[]): Buffer {
    if (this.#isCounted === false) return this.#readLine(bytes, messages);
    // The start of a frame is kept until it shows what it is: never more than the digits of a count.
    const before = this.#length;
    const head = Buffer.concat([this.#kept.subarray(0, before), bytes.subarray(0, mostDigits + 2)]);
    const start = this.#isCut || before > mostDigits + 1 ? 'line' : startOf(head, this.#isCounted === true);
    if (start === 'too little') {
      this.#keep(bytes);
      return bytes.subarray(bytes.length);
    }
    if (start === 'line') {
      this.#isCounted ??= false;
      return this.#readLine(bytes, messages);
    }
    this.#isCounted = true;
    this.#length = 0;
    this.#left = start.length;
    return bytes.subarray(start.digits + 1 - before);
  }

  #fill(bytes: Buffer, messages: string[]): Buffer {
    const taken = Math.min(this.#left ?? 0, bytes.length);
    this.#keep(bytes.subarray(0, taken));
    this.#left = (this.#left ?? 0) - taken;
    if (this.#left === 0) {
      this.#finish(messages);
      this.#left = undefined;
    }
    return bytes.subarray(taken);
  }

  #readLine(bytes: Buffer, messages: string[]): Buffer {
    // One look at each byte: two searches to the end of the chunk would cost its length again for every message in it.
    let end = 0;
    while (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== 0) end++;
    this.#keep(bytes.subarray(0, end));
    if (end === bytes.length) return bytes.subarray(end);
    this.#finish(messages);
    return bytes.subarray(end + 1);
  }

  #keep(bytes: Buffer): void {
    const room = this.#longest - this.#length;
    const taken = bytes.length <= room ? bytes : bytes.subarray(0, room);
    if (taken.length < bytes.length) this.#isCut = true;
    if (this.#length + taken.length > this.#kept.length) {
      const larger = Buffer.alloc(Math.min(this.#longest, 2 * (this.#length + taken.length)));
      this.#kept.copy(larger, 0, 0, this.#length);
      this.#kept = larger;
    }
    taken.copy(this.#kept, this.#length);
    this.#length += taken.length;
  }

  #finish(messages: string[]): void {
    const text = readMessage(this.#kept.subarray(0, this.#length));
    if (text !== '') messages.push(text);
    if (this.#isCut) this.cut++;
    this.#length = 0;
    this.#isCut = false;
    // One long message must not hold its room for as long as the connection lasts.
    if (this.#kept.length > usualRoom) this.#kept = Buffer.alloc(leastRoom);
  }
}

/** The text of one message, without the line feeds and NULs that some senders put behind it. */
export function readMessage(bytes: Buffer): string {
  let end = bytes.length;
  while (end > 0 && isTrailer(bytes[end - 1])) end--;
  return bytes.toString('utf8', 0, end);
}

function isTrailer(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn || byte === 0;
}

/** `isCounted`: the connection has shown itself to count, so a count need not be followed by a priority. */
function startOf(bytes: Buffer, isCounted: boolean): Start {
  let digits = 0;
  while (digits < bytes.length && digits <= mostDigits && isDigit(bytes[digits])) digits++;
  if (digits > mostDigits || bytes[0] === zero) return 'line';
  if (digits === bytes.length) return 'too little';
  if (digits === 0 || bytes[digits] !== space) return 'line';
  if (!isCounted) {
    if (digits + 1 === bytes.length) return 'too little';
    if (bytes[digits + 1] !== lessThan) return 'line';
  }
  return { length: Number(bytes.toString('latin1', 0, digits)), digits };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}
