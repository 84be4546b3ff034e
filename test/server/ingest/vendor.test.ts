import { describe, expect, it } from 'vitest';
import { vendorOf } from '../../../server/ingest/vendor.ts';

describe('vendorOf', () => {
  it.each([
    ['B8:27:EB:12:34:56', 'Raspberry Pi Foundation'],
    ['00:00:00:00:00:01', 'XEROX CORPORATION'],
    // A block of 36 bits inside one of 24 that belongs to the IEEE itself.
    ['8C:1F:64:FF:CA:BC', 'Invendis Technologies India Pvt Ltd'],
  ])('of %s is whom the block was given to', (mac, vendor) => {
    expect([vendorOf(mac), vendorOf(mac)]).toEqual([vendor, vendor]);
  });

  it.each(['02:42:AC:11:00:02', 'DA:A1:19:00:00:01', 'FE:FF:FF:FF:FF:FE'])(
    'of %s, which a host chose itself, is null',
    (mac) => {
      expect(vendorOf(mac)).toBeNull();
    },
  );

  it('of a block that nobody was given is null', () => {
    expect(vendorOf('FC:FF:FF:00:00:01')).toBeNull();
  });
});
