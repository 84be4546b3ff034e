import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';

const records = readFileSync(new URL('samples/zeek-records.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Record<string, unknown> => JSON.parse(line));
const ofPath = (path: string) => records.find((record) => record['_path'] === path) ?? {};

const informational = { format: 'ZEEK', severity: Severity.INFORMATIONAL };
const expected: Readonly<Record<string, object>> = {
  dns: {
    ...informational,
    occurredAt: Date.UTC(2018, 2, 24, 17, 15, 23, 256),
    source: { ip: '10.47.1.151', port: 51933 },
    observations: [
      {
        kind: 'dns',
        sourceIp: '10.47.1.151',
        sourcePort: 51933,
        destinationIp: '10.0.0.100',
        query: 'ise.wrccdc.org',
        type: 'A',
        responseCode: 'NOERROR',
        answers: ['ise.wrccdc.cpp.edu', '134.71.3.16'],
      },
    ],
  },
  known_services: {
    ...informational,
    observations: [{ kind: 'service', ip: '10.47.3.200', port: 80, proto: 'tcp' }],
  },
  known_hosts: {
    ...informational,
    observations: [{ kind: 'device', mac: null, ip: '10.164.94.120', hostname: null, vendor: null }],
  },
  software: { ...informational, observations: [{ kind: 'device', ip: '10.164.94.120' }] },
  notice: {
    format: 'ZEEK',
    severity: Severity.MEDIUM,
    title: 'SSL certificate validation failed with (unable to get local issuer certificate)',
    type: 'SSL::Invalid_Server_Cert',
    rule: 'SSL::Invalid_Server_Cert',
    source: { ip: '10.47.26.160' },
    destination: { ip: '216.58.193.195', port: 443 },
  },
  weird: { ...informational, rule: 'TCP_ack_underflow_or_misorder', observations: [] },
  syslog: {
    ...informational,
    host: 'PC-helen.jerry.land',
    app: 'EvntSLog',
    message: 'The Multimedia Class Scheduler service entered the stopped state.',
  },
  modbus: { ...informational, observations: [] },
  ssh: { ...informational, observations: [] },
};

describe('a line of a Zeek log', () => {
  it.each(Object.entries(expected))('%s is read by its _path', (path, draft) => {
    expect(parseAuto(ofPath(path))).toMatchObject(draft);
  });

  it.each(Object.entries(expected).filter(([path]) => path !== 'modbus'))('%s is read by its fields', (path, draft) => {
    const { _path, _write_ts, ...record } = ofPath(path);
    expect(parseAuto(record)).toMatchObject({ ...draft, format: 'ZEEK' });
    expect(_path).toBe(path);
  });

  it.each([1521911720.6, '1521911720.600843', '2018-03-24T17:15:20.600Z'])('takes ts %s', (ts) => {
    expect(parseAuto({ ...ofPath('weird'), ts }).occurredAt).toBe(
      Date.UTC(2018, 2, 24, 17, 15, 20, 600 + (ts === '1521911720.600843' ? 1 : 0)),
    );
  });

  it('takes ids that are nested', () => {
    const record = {
      ts: 1521911720,
      uid: 'C1',
      id: { orig_h: '10.0.0.5', orig_p: 1, resp_h: '10.0.0.6', resp_p: 22 },
      proto: 'tcp',
      conn_state: 'SF',
      duration: 1.5,
      orig_bytes: 10,
      resp_bytes: 20,
      orig_pkts: 1,
      resp_pkts: 2,
      service: 'ssh',
    };
    expect(parseAuto(record)).toMatchObject({
      ...informational,
      type: 'conn',
      observations: [
        {
          kind: 'tcp',
          sourceIp: '10.0.0.5',
          sourcePort: 1,
          destinationIp: '10.0.0.6',
          destinationPort: 22,
          proto: 'tcp',
          durationMs: 1500,
          bytesOut: 10,
          bytesIn: 20,
          packetsOut: 1,
          packetsIn: 2,
          state: 'SF',
          service: 'ssh',
        },
      ],
    });
  });

  it('observes requests', () => {
    const record = {
      _path: 'http',
      ts: 1,
      'id.orig_h': '10.0.0.5',
      'id.orig_p': 1,
      'id.resp_h': '10.0.0.6',
      'id.resp_p': 80,
      method: 'GET',
      host: 'a.example',
      uri: '/x',
      user_agent: 'u',
      status_code: 200,
    };
    expect(parseAuto(record).observations).toEqual([
      {
        kind: 'http',
        sourceIp: '10.0.0.5',
        sourcePort: 1,
        destinationIp: '10.0.0.6',
        destinationPort: 80,
        method: 'GET',
        host: 'a.example',
        uri: '/x',
        userAgent: 'u',
        status: 200,
      },
    ]);
  });

  it('observes leases and the devices that took them', () => {
    const record = {
      _path: 'dhcp',
      ts: 1,
      mac: '00:1b:44:11:3a:b8',
      assigned_addr: '10.0.0.77',
      server_addr: '10.0.0.1',
      host_name: 'laptop',
      lease_time: 3600.0,
      msg_types: ['DISCOVER', 'OFFER', 'REQUEST', 'ACK'],
    };
    expect(parseAuto(record).observations).toEqual([
      {
        kind: 'dhcp',
        mac: '00:1B:44:11:3A:B8',
        ip: '10.0.0.77',
        hostname: 'laptop',
        serverIp: '10.0.0.1',
        messageType: 'DISCOVER,OFFER,REQUEST,ACK',
        leaseSeconds: 3600,
      },
      { kind: 'device', mac: '00:1B:44:11:3A:B8', ip: '10.0.0.77', hostname: 'laptop', vendor: null },
    ]);
  });

  it('that is weird becomes low where the site made it a notice', () => {
    expect(parseAuto({ ...ofPath('weird'), notice: true }).severity).toBe(Severity.LOW);
  });

  it.each([
    { ts: 1, host: 'web-1' },
    { ts: 1, message: 'x' },
    { uid: 'C1', id: 7 },
  ])('is not %j', (record) => {
    expect(parseAuto(record).format).toBe('JSON');
  });
});
