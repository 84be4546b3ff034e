import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThreatKind } from '../../../../schema/threat-intel/threat-intel.enum.ts';
import { readIndicators } from '../../../../server/modules/threat-intel/list-reader.ts';

/** Reads a file that comes in parts of so many bytes. */
async function read(kind: ThreatKind, file: string | Uint8Array, size = 7): Promise<(string | undefined)[]> {
  const bytes = Buffer.from(file);
  async function* parts() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const entries: (string | undefined)[] = [];
  for await (const entry of readIndicators(kind, parts())) entries.push(entry);
  return entries;
}

const attributes = [
  { type: 'ip-dst', value: '198.51.100.7', to_ids: true, Tag: [{ name: 'tlp:green' }] },
  { type: 'domain|ip', value: 'evil.example|198.51.100.8', to_ids: true },
  { type: 'ip-src|port', value: '198.51.100.9|8080' },
  { type: 'hostname', value: 'c2.evil.example', to_ids: true },
  { type: 'ip-src', value: '198.51.100.10', to_ids: false },
  { type: 'sha256', value: 'ab"},{\\', comment: 'a text with {"type":"ip-dst","value":"203.0.113.1"} in it' },
];
const addresses = ['198.51.100.7', '198.51.100.8', '198.51.100.9', undefined, undefined, undefined];
const domains = [undefined, 'evil.example', undefined, 'c2.evil.example', undefined, undefined];

const csv = [
  'uuid,event_id,category,type,value,comment,to_ids,date',
  '"u1",1,"Network activity","ip-dst","198.51.100.7","",1,20260101',
  '"u2",1,"Network activity","domain|ip","evil.example|198.51.100.8","two\nlines, and a ""quote""",1,20260101',
  '"u3",1,"Network activity","ip-src|port","198.51.100.9|8080","",1,20260101',
  '"u4",1,"Network activity","hostname","c2.evil.example","",1,20260101',
  '"u5",1,"Network activity","ip-src","198.51.100.10","",0,20260101',
  '"u6",1,"Payload delivery","sha256","ab","",1,20260101',
  '',
].join('\r\n');

describe('readIndicators', () => {
  it('takes one entry a line, without remarks', async () => {
    const file = '# Tor exits\r\n192.0.2.1\r\n\r\n2001:db8::1 ; Frankfurt\n"192.0.2.2"\n[2001:db8::2]:9001';
    expect(await read('TOR_RELAY', file)).toEqual(['192.0.2.1', '2001:db8::1', '192.0.2.2', '[2001:db8::2]:9001']);
  });

  it("takes the addresses of Tor's exit list", async () => {
    const relay = 'ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\nPublished 2026-06-06 01:02:03\n';
    const file = `@type tordnsel 1.0\n${relay}LastStatus 2026-06-06 02:00:00\nExitAddress 192.0.2.1 2026-06-06 02:10:00\n`;
    expect(await read('TOR_RELAY', file)).toEqual(['192.0.2.1']);
  });

  it("takes the addresses of Onionoo's relays, and nothing else of them", async () => {
    const relay = {
      nickname: 'r',
      or_addresses: ['192.0.2.1:9001', '[2001:db8::1]:9001'],
      exit_addresses: ['192.0.2.2'],
    };
    const details = { version: '8.0', relays: [{ ...relay, exit_policy: ['reject 10.0.0.0/8:*'] }], bridges: [] };
    expect(await read('TOR_RELAY', JSON.stringify(details))).toEqual([...relay.or_addresses, '192.0.2.2']);
    const summary = { relays: [{ n: 'r', f: 'ABCD', a: ['192.0.2.3'], r: true }] };
    expect(await read('TOR_RELAY', JSON.stringify(summary, null, 2))).toEqual(['192.0.2.3']);
  });

  it.each([
    ['attributes', { response: { Attribute: attributes } }],
    ['events', { response: [{ Event: { id: '1', Attribute: attributes } }] }],
    ['objects', [{ Event: { Object: [{ name: 'x', Attribute: attributes }] } }]],
  ])("takes MISP's JSON export of %s, cut anywhere", async (_, file) => {
    for (const size of [1, 7, 64, 100_000]) {
      expect(await read('MISP_IP', JSON.stringify(file), size)).toEqual(addresses);
      expect(await read('MISP_DOMAIN', JSON.stringify(file, null, 1), size)).toEqual(domains);
    }
  });

  it("takes MISP's CSV export, cut anywhere", async () => {
    for (const size of [1, 7, 64, 100_000]) {
      expect(await read('MISP_IP', csv, size)).toEqual(addresses);
      expect(await read('MISP_DOMAIN', `\uFEFF${csv}`, size)).toEqual(domains);
    }
  });

  it('takes an array of any texts, however they are escaped and cut', async () => {
    const cases = fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
      fc.integer({ min: 1, max: 9 }),
      async (texts, size) => {
        const wellFormed = texts.map((text) => text.toWellFormed());
        expect(await read('MISP_IP', JSON.stringify(wellFormed), size)).toEqual(wellFormed);
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  it('finds nothing in an empty file', async () => {
    expect(await read('MISP_IP', '')).toEqual([]);
    expect(await read('MISP_IP', ' \n\n')).toEqual([]);
  });

  it.each([
    '{"response":{"Attribute":[{"type":"ip-dst","value":"198.51.100.7"}',
    '["192.0.2.1"',
    '["192.0.2.1"}',
    '{"a":<b>}',
    '["a"] more',
  ])('refuses JSON that is cut off or none: %s', async (file) => {
    await expect(read('MISP_IP', file)).rejects.toThrow('list: is no valid JSON, or was cut off');
  });

  it('refuses what is no text', async () => {
    await expect(read('MISP_IP', new Uint8Array([0x1f, 0x8b, 0x08, 0xff]))).rejects.toThrow(
      'list: is not text in UTF-8',
    );
  });

  it('keeps no endless line', async () => {
    const file = `${'1'.repeat(300_000)}\n192.0.2.1`;
    expect(await read('MISP_IP', file, 10_000)).toEqual(['(too long)', '192.0.2.1']);
  });
});
