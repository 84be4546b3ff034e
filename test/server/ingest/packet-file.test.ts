import { describe, expect, it } from 'vitest';
import { packetFile } from '../../../server/ingest/packet-file.ts';
import { aPacket } from '../../support/observations.ts';

const packet = (bytes: string, linkType = 1) =>
  aPacket({ base64: Buffer.from(bytes, 'hex').toString('base64'), linkType });
const hex = (file: Uint8Array | null) => (file === null ? null : Buffer.from(file).toString('hex'));

/** Magic, version 2.4, no time zone, longest packet 262,144, Ethernet. */
const header = ['d4c3b2a1', '02000400', '00000000', '00000000', '00000400', '01000000'];
/** 2026-06-03T12:00:00.250Z: 1780488000 s and 250,000 us. */
const time = ['4017206a', '90d00300'];

describe('packetFile', () => {
  it('is a libpcap file: a header, and before each packet its time and its two lengths', () => {
    const file = packetFile([packet('0102030405'), packet('aabb')], Date.UTC(2026, 5, 3, 12, 0, 0, 250));

    const first = [...time, '05000000', '05000000', '0102030405'];
    const second = [...time, '02000000', '02000000', 'aabb'];
    expect(hex(file)).toBe([...header, ...first, ...second].join(''));
  });

  it('leaves out packets of another link layer than the first, and empty ones', () => {
    expect(packetFile([packet('01'), packet('02', 113), packet('')], 0)).toHaveLength(24 + 16 + 1);
  });

  it.each([
    ['no packet', []],
    ['nothing in it', [packet('')]],
    ['what is no base64', [aPacket({ base64: '!?' })]],
  ])('is null of %s', (_, packets) => {
    expect(packetFile(packets, 0)).toBeNull();
  });
});
