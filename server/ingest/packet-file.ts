import type { Packet } from './observation.ts';

/** The longest packet a capture can hold, as its header says (libpcap's own limit). */
const longestPacket = 262_144;

/**
 * Packets as a capture file that tcpdump and Wireshark read: libpcap's classic format with times in microseconds, in little-endian
 * order (draft-ietf-opsawg-pcap). A file knows one link layer, so packets of another than the first's are left out; null when no packet is left.
 */
export function packetFile(packets: readonly Packet[], occurredAt: number): Uint8Array | null {
  const linkType = packets[0]?.linkType ?? 0;
  const records = packets
    .filter((packet) => packet.linkType === linkType)
    .map(({ base64 }) => Buffer.from(base64, 'base64').subarray(0, longestPacket))
    .filter(({ length }) => length > 0)
    .flatMap((bytes) => [recordHeader(bytes.length, occurredAt), bytes]);
  // A copy of its own: small Buffers share memory, all of which would go along to the writer's thread.
  return records.length === 0 ? null : new Uint8Array(Buffer.concat([fileHeader(linkType), ...records]));
}

function fileHeader(linkType: number): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(longestPacket, 16);
  header.writeUInt32LE(linkType >>> 0, 20);
  return header;
}

function recordHeader(length: number, occurredAt: number): Buffer {
  const header = Buffer.alloc(16);
  const seconds = Math.floor(occurredAt / 1000);
  header.writeUInt32LE(seconds >>> 0, 0);
  header.writeUInt32LE(Math.round((occurredAt - seconds * 1000) * 1000), 4);
  header.writeUInt32LE(length, 8);
  header.writeUInt32LE(length, 12);
  return header;
}
