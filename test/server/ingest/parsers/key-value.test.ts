import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';
import { readPairs } from '../../../../server/ingest/parsers/pairs.ts';

describe('readPairs', () => {
  it.each([
    [
      'a=1 b="two words" c=',
      [
        ['a', '1'],
        ['b', 'two words'],
        ['c', ''],
      ],
    ],
    [
      'a="say \\"hi\\"" b=\'x y\'',
      [
        ['a', 'say "hi"'],
        ['b', 'x y'],
      ],
    ],
    [
      'IPVer=4,Protocol=tcp,List=1,2,End=0',
      [
        ['IPVer', '4'],
        ['Protocol', 'tcp'],
        ['List', '1,2'],
        ['End', '0'],
      ],
    ],
    [
      'action:"Drop"; src:"10.0.0.1"',
      [
        ['action', 'Drop'],
        ['src', '10.0.0.1'],
      ],
    ],
    [
      'a="never closed b=2',
      [
        ['a', '"never'],
        ['b', '2'],
      ],
    ],
    ['=x 1=y no pair', []],
  ])('%s', (text, pairs) => {
    expect(readPairs(text).pairs).toEqual(pairs);
  });
});

describe('a line of pairs', () => {
  it('of logfmt tells time, level, message and program', () => {
    const line =
      'time="2026-11-21T06:51:01Z" level=error msg="no such user" service=login user=bob client_ip=203.0.113.9';
    expect(parseAuto(line)).toMatchObject({
      format: 'KEY_VALUE',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1),
      severity: Severity.HIGH,
      title: 'no such user',
      app: 'login',
      source: { ip: '203.0.113.9' },
      message: line,
    });
  });

  it("of a firewall's traffic is a flow, and for information unless it is worse than a notice", () => {
    const line = (level: string) =>
      `date=2026-11-21 time=06:51:01 devname="fw-1" type="traffic" subtype="forward" level="${level}" tz="+0100" srcip=10.0.0.5 srcport=51000 dstip=203.0.113.9 dstport=443 proto=6 action="close" service="HTTPS" duration=3 sentbyte=412 rcvdbyte=2286 sentpkt=6 rcvdpkt=5`;
    expect(parseAuto(line('notice'))).toMatchObject({
      format: 'KEY_VALUE',
      occurredAt: Date.UTC(2026, 10, 21, 5, 51, 1),
      host: 'fw-1',
      severity: Severity.INFORMATIONAL,
      type: 'traffic/forward',
      observations: [
        {
          kind: 'tcp',
          sourceIp: '10.0.0.5',
          sourcePort: 51000,
          destinationIp: '203.0.113.9',
          destinationPort: 443,
          proto: 'tcp',
          durationMs: 3000,
          bytesOut: 412,
          bytesIn: 2286,
          packetsOut: 6,
          packetsIn: 5,
          state: 'close',
          service: 'HTTPS',
        },
      ],
    });
    expect(parseAuto(line('warning')).severity).toBe(Severity.MEDIUM);
  });

  it('takes addresses that carry port and interface', () => {
    const line =
      'id=firewall sn=00A time="2026-11-21 06:51:01" pri=6 src=10.0.0.5:36701:X0 dst=203.0.113.9:443:X1 proto=tcp/443';
    expect(parseAuto(line)).toMatchObject({
      source: { ip: '10.0.0.5', port: 36701 },
      destination: { ip: '203.0.113.9', port: 443 },
    });
  });

  it.each([
    'the answer is x=42',
    'a=1 b=2',
    'a=1 b=2 c=3 and then more words than there are pairs',
    'GET /a?b=1&c=2&d=3 HTTP/1.1',
  ])('is not "%s"', (line) => {
    expect(parseAuto(line).format).toBe('PLAIN');
  });
});
