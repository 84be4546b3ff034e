import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';
import { aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';

describe('a record of the Elastic Common Schema', () => {
  const nested = {
    '@timestamp': '2026-11-21T06:51:01.000Z',
    ecs: { version: '8.11.0' },
    message: 'login refused',
    host: { name: 'web-1' },
    process: { name: 'sshd' },
    log: { level: 'warning' },
    event: { id: 'e1', category: ['authentication'], kind: 'event' },
    rule: { id: 'r1', name: 'Refused' },
    source: { ip: '203.0.113.9', port: 41334 },
    destination: { ip: '10.0.0.5' },
  };
  const dotted = {
    '@timestamp': '2026-11-21T06:51:01.000Z',
    'ecs.version': '8.11.0',
    message: 'login refused',
    'host.name': 'web-1',
    'process.name': 'sshd',
    'log.level': 'warning',
    'event.id': 'e1',
    'event.category': ['authentication'],
    'rule.id': 'r1',
    'rule.name': 'Refused',
    'source.ip': '203.0.113.9',
    'source.port': 41334,
    'destination.ip': '10.0.0.5',
  };

  it.each([
    ['nested', nested],
    ['with dots', dotted],
    ['as a text', JSON.stringify(nested)],
    ['without a version', { ...nested, ecs: undefined }],
  ])('is read %s', (_, record) => {
    expect(parseAuto(record)).toMatchObject({
      format: 'ECS',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1),
      host: 'web-1',
      app: 'sshd',
      severity: Severity.MEDIUM,
      title: 'Refused',
      message: 'login refused',
      externalId: 'e1',
      type: 'authentication',
      rule: 'r1',
      source: { ip: '203.0.113.9', port: 41334 },
      destination: { ip: '10.0.0.5', port: null },
      observations: [],
    });
  });

  it('that is a detection is medium, or what its score says', () => {
    const detection = (severity?: number) =>
      parseAuto({ 'ecs.version': '8', 'event.kind': 'alert', 'event.severity': severity }).severity;
    expect([undefined, 21, 47, 73, 99].map(detection)).toEqual([3, 2, 3, 4, 5]);
    expect(parseAuto({ 'ecs.version': '8', 'event.severity': 99 }).severity).toBe(Severity.INFORMATIONAL);
  });

  it('observes lookups and flows', () => {
    const ends = {
      'ecs.version': '8',
      'source.ip': '10.0.0.5',
      'source.port': 5,
      'destination.ip': '10.0.0.53',
      'destination.port': 53,
    };
    expect(
      parseAuto({
        ...ends,
        dns: { question: { name: 'a.example', type: 'A' }, response_code: 'NOERROR', answers: [{ data: '192.0.2.1' }] },
      }).observations,
    ).toEqual([
      {
        kind: 'dns',
        sourceIp: '10.0.0.5',
        sourcePort: 5,
        destinationIp: '10.0.0.53',
        query: 'a.example',
        type: 'A',
        responseCode: 'NOERROR',
        answers: ['192.0.2.1'],
      },
    ]);
    expect(
      parseAuto({
        ...ends,
        'event.category': ['network'],
        'network.transport': 'tcp',
        'event.duration': 2_000_000,
        'source.bytes': 7,
      }).observations,
    ).toMatchObject([{ kind: 'tcp', proto: 'tcp', durationMs: 2, bytesOut: 7, bytesIn: null }]);
  });
});

describe('a JSON object', () => {
  it('that is a Wazuh alert is read as one, through any door', () => {
    expect(parseAuto(JSON.stringify(aWazuhAlert()))).toMatchObject({ format: 'WAZUH' });
    expect(parseAuto({ ...aWazuhAlert(), timestamp: 'yesterday' })).toMatchObject({ format: 'JSON' });
  });

  it('that is a syslog record is read as one', () => {
    expect(parseAuto(aSyslogRecord())).toMatchObject({ format: 'SYSLOG_RECORD' });
  });

  it.each([
    [
      { time: 1795243861224, level: 50, msg: 'boom', name: 'shop', hostname: 'web-1' },
      { severity: 4, message: 'boom', host: 'web-1' },
    ],
    [
      { version: '1.1', host: 'web-1', short_message: 'boom', level: 3, timestamp: 1795243861.224 },
      { severity: 4, message: 'boom', host: 'web-1' },
    ],
    [
      {
        PRIORITY: '4',
        MESSAGE: 'boom',
        _HOSTNAME: 'web-1',
        SYSLOG_IDENTIFIER: 'shop',
        __REALTIME_TIMESTAMP: '1795243861224000',
      },
      { severity: 3, message: 'boom', host: 'web-1', app: 'shop' },
    ],
    [
      { timestamp: '2026-11-21T06:51:01.224+0000', level: 'ERROR', message: 'boom', host: 'web-1', service: 'shop' },
      { severity: 4, message: 'boom', host: 'web-1', app: 'shop' },
    ],
    [
      { class_uid: 3002, severity_id: 5, time: 1795243861224, message: 'boom', device: { hostname: 'web-1' } },
      { severity: 5, message: 'boom' },
    ],
  ])('of a known logger is read: %j', (record, expected) => {
    expect(parseAuto(record)).toMatchObject({ format: 'JSON', occurredAt: 1795243861224, ...expected });
  });

  it('takes a small number under level for no severity: its scale is anyone’s', () => {
    expect(parseAuto({ level: 1, message: 'logged out' }).severity).toBe(Severity.INFORMATIONAL);
  });

  it('names the ends of a connection', () => {
    expect(parseAuto({ src_ip: '10.0.0.5', src_port: 5, dest_ip: '10.0.0.6', dest_port: '22' })).toMatchObject({
      source: { ip: '10.0.0.5', port: 5 },
      destination: { ip: '10.0.0.6', port: 22 },
    });
  });

  it('without a message shows its values', () => {
    expect(parseAuto({ integration: 'github', github: { actor: 'bob', action: 'repo.create', n: 2 } })).toMatchObject({
      app: 'github',
      message: 'integration=github github.actor=bob github.action=repo.create github.n=2',
    });
    expect(parseAuto({}).message).toBe('{}');
  });
});

describe('a Windows event', () => {
  const system = (changes: object) => ({
    Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
    EventID: 3,
    Level: 4,
    TimeCreated: { '#attributes': { SystemTime: '2026-11-21T06:51:01.224Z' } },
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'pc-1',
    EventRecordID: 7,
    ...changes,
  });

  it.each([
    [
      {
        Event: {
          System: system({}),
          EventData: { SourceIp: '10.0.0.5', SourcePort: 5, DestinationIp: '10.0.0.6', DestinationPort: 135 },
        },
      },
    ],
    [
      {
        win: {
          system: {
            providerName: 'Microsoft-Windows-Sysmon',
            eventID: '3',
            level: '4',
            systemTime: '2026-11-21T06:51:01.2240000Z',
            channel: 'Microsoft-Windows-Sysmon/Operational',
            computer: 'pc-1',
            eventRecordID: '7',
          },
          eventdata: { sourceIp: '10.0.0.5', sourcePort: '5', destinationIp: '10.0.0.6', destinationPort: '135' },
        },
      },
    ],
  ])('is read from %j', (record) => {
    expect(parseAuto(record)).toMatchObject({
      format: 'JSON',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1, 224),
      host: 'pc-1',
      app: 'Microsoft-Windows-Sysmon',
      severity: Severity.INFORMATIONAL,
      rule: '3',
      externalId: '7',
      source: { ip: '10.0.0.5', port: 5 },
      destination: { ip: '10.0.0.6', port: 135 },
    });
  });

  it.each([
    [{ Level: 1 }, Severity.CRITICAL],
    [{ Level: 2 }, Severity.HIGH],
    [{ Level: 3 }, Severity.MEDIUM],
    [{ Level: 0, Keywords: '0x8010000000000000' }, Severity.LOW],
    [{ Level: 0, Keywords: '0x8020000000000000' }, Severity.INFORMATIONAL],
  ])('with %j has severity %i', (changes, severity) => {
    expect(parseAuto({ Event: { System: system(changes) } }).severity).toBe(severity);
  });
});
