import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';

const base = {
  timestamp: '2026-11-21T06:51:01.130726-0600',
  flow_id: 1829127292340180,
  src_ip: '10.0.0.5',
  src_port: 55199,
  dest_ip: '10.0.0.53',
  dest_port: 53,
  proto: 'UDP',
};
const lookup = {
  kind: 'dns',
  sourceIp: '10.0.0.5',
  sourcePort: 55199,
  destinationIp: '10.0.0.53',
  query: 'example.com',
  type: 'A',
  responseCode: null,
  answers: [],
};

describe('a Suricata alert', () => {
  const alert = {
    ...base,
    event_type: 'alert',
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: 2002664,
      rev: 10,
      signature: 'ET SCAN Nessus User Agent',
      category: 'Attempted Information Leak',
      severity: 2,
    },
  };

  it.each([
    ['an object', alert],
    ['a text', JSON.stringify(alert)],
  ])('is read from %s', (_, record) => {
    expect(parseAuto(record)).toMatchObject({
      format: 'SURICATA',
      occurredAt: Date.UTC(2026, 10, 21, 12, 51, 1, 130),
      app: 'suricata',
      severity: Severity.MEDIUM,
      title: 'ET SCAN Nessus User Agent',
      type: 'Attempted Information Leak',
      rule: '1:2002664',
      source: { ip: '10.0.0.5', port: 55199 },
      destination: { ip: '10.0.0.53', port: 53 },
      message: 'ET SCAN Nessus User Agent 10.0.0.5:55199 > 10.0.0.53:53 UDP (allowed)',
      observations: [],
    });
  });

  it.each([
    [1, Severity.HIGH],
    [2, Severity.MEDIUM],
    [3, Severity.LOW],
    [4, Severity.INFORMATIONAL],
    [undefined, Severity.INFORMATIONAL],
  ])('of priority %s has severity %i', (severity, expected) => {
    expect(parseAuto({ ...alert, alert: { ...alert.alert, severity } }).severity).toBe(expected);
  });

  it('carries the packet it was raised for', () => {
    const record = { ...alert, packet: 'AAECAwQF', packet_info: { linktype: 101 } };
    expect(parseAuto(record).observations).toEqual([{ kind: 'packet', base64: 'AAECAwQF', linkType: 101 }]);
    expect(parseAuto({ ...alert, packet: 'not base64!' }).observations).toEqual([]);
  });

  it('names hardware addresses where the sensor logs them', () => {
    const record = { ...alert, ether: { src_mac: '00:1b:44:11:3a:b8', dest_mac: '00:1b:44:11:3a:b9' } };
    expect(parseAuto(record)).toMatchObject({
      source: { mac: '00:1B:44:11:3A:B8' },
      destination: { mac: '00:1B:44:11:3A:B9' },
    });
  });
});

describe('a Suricata record of traffic', () => {
  it.each([
    ['question, version 1', base, { type: 'query', id: 1, rrname: 'example.com', rrtype: 'A', tx_id: 0 }, lookup],
    [
      'answer, version 1',
      { ...base, src_ip: base.dest_ip, src_port: 53, dest_ip: base.src_ip, dest_port: base.src_port },
      { type: 'answer', id: 1, rcode: 'NOERROR', rrname: 'example.com', rrtype: 'A', ttl: 4, rdata: '192.0.2.1' },
      { ...lookup, responseCode: 'NOERROR', answers: ['192.0.2.1'] },
    ],
    [
      'answer, version 2',
      base,
      {
        version: 2,
        type: 'answer',
        rrname: 'example.com',
        rrtype: 'A',
        rcode: 'NOERROR',
        answers: [{ rrname: 'example.com', rrtype: 'A', ttl: 4, rdata: '192.0.2.1' }],
        grouped: { A: ['192.0.2.1'] },
      },
      { ...lookup, responseCode: 'NOERROR', answers: ['192.0.2.1'] },
    ],
    [
      'answer in groups, version 2',
      base,
      {
        version: 2,
        type: 'answer',
        rrname: 'example.com',
        rrtype: 'A',
        rcode: 'NOERROR',
        grouped: { A: ['192.0.2.1', '192.0.2.2'] },
      },
      { ...lookup, responseCode: 'NOERROR', answers: ['192.0.2.1', '192.0.2.2'] },
    ],
    [
      'response, version 3',
      base,
      { version: 3, type: 'response', rcode: 'NXDOMAIN', queries: [{ rrname: 'example.com', rrtype: 'A' }] },
      { ...lookup, responseCode: 'NXDOMAIN' },
    ],
  ])('observes a lookup: %s', (_, ends, dns, expected) => {
    const draft = parseAuto({ ...ends, event_type: 'dns', dns });
    expect(draft).toMatchObject({ format: 'SURICATA', type: 'dns', severity: Severity.INFORMATIONAL });
    expect(draft.observations).toEqual([expected]);
  });

  it('observes a request', () => {
    const http = { hostname: 'example.com', url: '/a', http_user_agent: 'curl', http_method: 'GET', status: 404 };
    expect(parseAuto({ ...base, event_type: 'http', http })).toMatchObject({
      severity: Severity.INFORMATIONAL,
      message: 'http: GET example.com /a 404 10.0.0.5:55199 > 10.0.0.53:53 UDP',
      observations: [
        {
          kind: 'http',
          sourceIp: '10.0.0.5',
          method: 'GET',
          host: 'example.com',
          uri: '/a',
          userAgent: 'curl',
          status: 404,
        },
      ],
    });
  });

  it('observes a flow', () => {
    const flow = {
      pkts_toserver: 4,
      pkts_toclient: 3,
      bytes_toserver: 567,
      bytes_toclient: 671,
      start: '2026-11-21T06:51:00.5-0600',
      end: '2026-11-21T06:51:01.5-0600',
      state: 'closed',
    };
    expect(parseAuto({ ...base, event_type: 'flow', app_proto: 'failed', flow }).observations).toEqual([
      {
        kind: 'tcp',
        sourceIp: '10.0.0.5',
        sourcePort: 55199,
        destinationIp: '10.0.0.53',
        destinationPort: 53,
        proto: 'udp',
        durationMs: 1000,
        bytesOut: 567,
        bytesIn: 671,
        packetsOut: 4,
        packetsIn: 3,
        state: 'closed',
        service: null,
      },
    ]);
  });

  it('observes a lease and the device that took it', () => {
    const dhcp = {
      type: 'reply',
      client_mac: '00:1b:44:11:3a:b8',
      assigned_ip: '10.0.0.77',
      client_ip: '0.0.0.0',
      dhcp_type: 'ack',
      hostname: 'laptop',
      lease_time: 3600,
    };
    expect(parseAuto({ ...base, event_type: 'dhcp', dhcp }).observations).toEqual([
      {
        kind: 'dhcp',
        mac: '00:1B:44:11:3A:B8',
        ip: '10.0.0.77',
        hostname: 'laptop',
        serverIp: '10.0.0.5',
        messageType: 'ACK',
        leaseSeconds: 3600,
      },
      { kind: 'device', mac: '00:1B:44:11:3A:B8', ip: '10.0.0.77', hostname: 'laptop', vendor: null },
    ]);
  });

  it.each(['tls', 'ssh', 'fileinfo', 'anomaly', 'stats'])('of kind %s is for information', (event_type) => {
    expect(parseAuto({ ...base, event_type, [event_type]: { a: 1 } })).toMatchObject({
      format: 'SURICATA',
      type: event_type,
      severity: Severity.INFORMATIONAL,
      observations: [],
    });
  });

  it('is not any object with an event_type', () => {
    expect(parseAuto({ event_type: 'login', user: 'bob' }).format).toBe('JSON');
    expect(parseAuto({ event_type: 'login', login: { user: 'bob' } }).format).toBe('JSON');
  });
});
