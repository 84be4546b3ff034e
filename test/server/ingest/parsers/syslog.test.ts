import { describe, expect, it } from 'vitest';
import { Severity } from '../../../../schema/severity.enum.ts';
import { parseAuto } from '../../../../server/ingest/parsers/auto.ts';
import { readSyslog } from '../../../../server/ingest/parsers/syslog-message.ts';

const received = Date.UTC(2026, 10, 21, 12);
const parse = (line: string) => parseAuto(line, received);

describe('a BSD syslog line', () => {
  it('is read as RFC 3164 shows it', () => {
    expect(parse("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8")).toMatchObject({
      format: 'SYSLOG_3164',
      occurredAt: Date.UTC(2026, 9, 11, 22, 14, 15),
      host: 'mymachine',
      app: 'su',
      severity: Severity.CRITICAL,
      type: 'su',
      message: "'su root' failed for lonvick on /dev/pts/8",
      observations: [],
    });
  });

  it.each([
    ['<13>Nov 21 06:51:01 10.0.0.5 sshd[99]: refused', '10.0.0.5', 'sshd', 'refused'],
    ['<13>Nov 21 06:51:01 fe80::1 sshd[99]: refused', 'fe80::1', 'sshd', 'refused'],
    ['<13>2026-11-21T06:51:01.123456+01:00 web-1 postfix/smtpd[12]: lost', 'web-1', 'postfix/smtpd', 'lost'],
    ['2026-11-21T06:51:01.123456+01:00 web-1 cron[12]: run', 'web-1', 'cron', 'run'],
    ['<13>Nov 21 06:51:01 host /usr/sbin/cron[7]: run', 'host', 'cron', 'run'],
    ['<13>Nov 21 06:51:01 host last message repeated 3 times', 'host', null, 'last message repeated 3 times'],
    ['<13>Nov 21 06:51:01 app[7]: no host', null, 'app', 'no host'],
    ['<13>app: neither time nor host', null, 'app', 'neither time nor host'],
    ['<13>only words', null, null, 'only words'],
    ['sshd[99]: Accepted publickey', null, 'sshd', 'Accepted publickey'],
    ['Nov 21 06:51:01 host notice mcpd[5401]: saved', 'host', 'mcpd', 'saved'],
  ])('%s', (line, host, app, message) => {
    expect(parse(line)).toMatchObject({ format: 'SYSLOG_3164', host, app, message });
  });

  it.each([
    [0, Severity.CRITICAL],
    [1, Severity.CRITICAL],
    [2, Severity.CRITICAL],
    [3, Severity.HIGH],
    [4, Severity.MEDIUM],
    [5, Severity.LOW],
    [6, Severity.INFORMATIONAL],
    [7, Severity.INFORMATIONAL],
  ])('of level %i has severity %i', (level, severity) => {
    expect(parse(`<${8 * 20 + level}>Nov 21 06:51:01 h a: m`).severity).toBe(severity);
  });

  it('takes a level word for the severity only where there is no priority', () => {
    expect(parse('Nov 21 06:51:01 host err mcpd[1]: x').severity).toBe(Severity.HIGH);
    expect(parse('<14>Nov 21 06:51:01 host err mcpd[1]: x').severity).toBe(Severity.INFORMATIONAL);
  });

  it('without a message keeps its whole text as the message', () => {
    expect(parse('<34>Nov 21 06:51:01 host su:').message).toBe('<34>Nov 21 06:51:01 host su:');
  });

  it.each(['<192>x', '<-1>x', '<1', '<>x', '<a>x', '<1234>x', '< 1>x'])('is not %s', (line) => {
    expect(parse(line).format).toBe('PLAIN');
  });
});

describe('a line of a network device', () => {
  it.each([
    [
      '<166>Nov 21 2026 06:51:01: %ASA-6-302013: Built inbound TCP connection 1 for outside:203.0.113.9/2620 (203.0.113.9/2620) to inside:10.0.0.5/443 (192.0.2.1/443)',
      { host: null, app: 'ASA', rule: 'ASA-302013', source: '203.0.113.9:2620', destination: '10.0.0.5:443' },
    ],
    [
      '<166>Nov 21 06:51:01 fw-1 : %ASA-6-302013: Built outbound TCP connection 1 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.0.0.5/51000 (192.0.2.1/51000)',
      { host: 'fw-1', app: 'ASA', rule: 'ASA-302013', source: '10.0.0.5:51000', destination: '203.0.113.9:443' },
    ],
    [
      '<189>237: *Mar  1 18:46:11.123: %SYS-5-CONFIG_I: Configured from console by vty2 (10.34.195.36)',
      { host: null, app: 'SYS', rule: 'SYS-CONFIG_I', source: 'null:null', destination: 'null:null' },
    ],
  ])('%s', (line, expected) => {
    const { host, app, rule, source, destination, format } = parse(line);
    expect(format).toBe('SYSLOG_3164');
    expect({
      host,
      app,
      rule,
      source: `${source.ip}:${source.port}`,
      destination: `${destination.ip}:${destination.port}`,
    }).toEqual(expected);
  });
});

describe('a line of RFC 5424', () => {
  it('is read as the RFC shows it', () => {
    const line =
      '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="App \\"x\\]"][b@1] \uFEFFAn application event log entry...';
    expect(parse(line)).toMatchObject({
      format: 'SYSLOG_5424',
      occurredAt: Date.UTC(2003, 9, 11, 22, 14, 15, 3),
      host: 'mymachine.example.com',
      app: 'evntslog',
      severity: Severity.LOW,
      message: 'An application event log entry...',
    });
    expect(readSyslog(line, received)).toMatchObject({
      procId: null,
      msgId: 'ID47',
      params: [
        { id: 'exampleSDID@32473', name: 'iut', value: '3' },
        { id: 'exampleSDID@32473', name: 'eventSource', value: 'App "x]' },
      ],
    });
  });

  it('may leave out everything', () => {
    expect(parse('<0>1 - - - - - -')).toMatchObject({
      format: 'SYSLOG_5424',
      host: null,
      app: null,
      occurredAt: null,
      severity: Severity.CRITICAL,
      message: '<0>1 - - - - - -',
    });
  });

  it('takes addresses from its structured data', () => {
    const line =
      '<14>1 2026-11-21T06:51:01Z srx RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1 source-address="10.0.0.5" source-port="41334" destination-address="203.0.113.9" destination-port="23"] denied';
    expect(parse(line)).toMatchObject({
      source: { ip: '10.0.0.5', port: 41334 },
      destination: { ip: '203.0.113.9', port: 23 },
    });
  });

  it('keeps brackets that are no structured data as the message', () => {
    expect(parse('<14>1 2026-11-21T06:51:01Z h app - - [not data] text').message).toBe('[not data] text');
  });

  it.each(['1 of 3 things is done now - -', '1 - - - - -', '1 2026'])('is not "%s"', (line) => {
    expect(parse(line).format).toBe('PLAIN');
  });
});

describe('content with a format of its own behind a header', () => {
  it('is read, with host and program from the header', () => {
    expect(parse('<11>Nov 21 06:51:01 web-1 shop[7]: {"message":"declined","level":"warn","order":7}')).toMatchObject({
      format: 'JSON',
      host: 'web-1',
      app: 'shop',
      occurredAt: Date.UTC(2026, 10, 21, 6, 51, 1),
      severity: Severity.HIGH,
      message: 'declined',
    });
    expect(parse('<14>Nov 21 06:51:01 gw app: level=error msg="no route" attempt=3')).toMatchObject({
      format: 'KEY_VALUE',
      host: 'gw',
      app: 'app',
      severity: Severity.HIGH,
      title: 'no route',
    });
    expect(
      parse(
        '<14>Nov 21 06:51:01 sensor suricata[9]: {"event_type":"alert","src_ip":"10.0.0.5","dest_ip":"10.0.0.6","alert":{"signature_id":1,"signature":"s","severity":2}}',
      ),
    ).toMatchObject({ format: 'SURICATA', host: 'sensor', severity: Severity.MEDIUM });
  });

  it('of a sensor keeps its own judgement, and a flow stays for information', () => {
    const tls = '{"event_type":"tls","flow_id":1,"tls":{"sni":"a.example"}}';
    expect(parse(`<13>Nov 21 06:51:01 sensor suricata[9]: ${tls}`).severity).toBe(Severity.INFORMATIONAL);
    const packet = 'IN=eth0 OUT= SRC=203.0.113.9 DST=10.0.0.5 PROTO=TCP SPT=5 DPT=22';
    expect(parse(`<4>Nov 21 06:51:01 gw kernel: DROP ${packet}`)).toMatchObject({
      format: 'KEY_VALUE',
      severity: Severity.INFORMATIONAL,
      observations: [{ kind: 'tcp', sourceIp: '203.0.113.9', destinationPort: 22, proto: 'tcp' }],
    });
  });
});
