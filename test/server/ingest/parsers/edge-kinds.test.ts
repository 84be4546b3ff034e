import { describe, expect, it } from 'vitest';
import { Rejection } from '../../../../server/ingest/draft.ts';
import { parseEdge } from '../../../../server/ingest/parsers/edge.ts';

const parse = (kind: string, data: unknown) => parseEdge({ kind, timestamp: '2026-06-06T10:00:00Z', data });

const sound = {
  log: { level: 'info', message: 'hello' },
  security_alert: { title: 'Port scan', severity: 'low' },
  backup_event: { job_id: 'nightly', status: 'completed' },
};

describe('telemetry', () => {
  it.each([
    ['no member', {}],
    ['texts alone', { interface: 'eth0', cpu_percent: '12.5' }],
    ['what is no number in JSON', { cpu_percent: Number.POSITIVE_INFINITY }],
  ])('with %s is rejected', (_, data) => {
    expect(() => parse('telemetry', data)).toThrow(new Rejection('data must hold at least one number'));
  });

  it.each([-1, 1.5, '1024', 1e30, true, {}])('whose rx_bytes is %j is rejected, and so is tx_bytes', (value) => {
    for (const name of ['rx_bytes', 'tx_bytes']) {
      expect(() => parse('telemetry', { cpu_percent: 1, [name]: value })).toThrow(
        new Rejection(`data.${name} must be a whole number from 0 up`),
      );
    }
  });

  it('keeps every number, 0 and 64 bits among them, and the interface', () => {
    const metrics = { cpu_percent: 0, temperature: -4.5, rx_bytes: 2 ** 64, tx_bytes: 0 };
    expect(parse('telemetry', { ...metrics, interface: 'eth0', model: 'X1' }).observations).toEqual([
      { kind: 'telemetry', interface: 'eth0', metrics },
    ]);
  });

  it('keeps the first 256 numbers of an appliance that measures more', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`m${index}`, index]));
    const [sample] = parse('telemetry', many).observations;
    expect(sample).toMatchObject({ kind: 'telemetry', metrics: { m0: 0, m255: 255 } });
    expect(Object.keys((sample as unknown as { metrics: object }).metrics)).toHaveLength(256);
  });
});

describe('a log line', () => {
  it.each([
    ['fatal', 5],
    ['CRITICAL', 5],
    ['error', 4],
    ['err', 4],
    ['warn', 3],
    ['Warning', 3],
    ['notice', 2],
    ['info', 1],
    ['debug', 1],
    ['trace', 1],
    ['chatty', 1],
  ])('of level %s has severity %i and raises no alert', (level, severity) => {
    expect(parse('log', { level, message: 'x' })).toMatchObject({ severity, isAlert: false });
  });

  it.each(['level', 'message'])('without %s is rejected', (name) => {
    for (const value of [undefined, null, '', '  ', 1, {}]) {
      expect(() => parse('log', { ...sound.log, [name]: value })).toThrow(
        new Rejection(`data.${name} is required: a non-empty string`),
      );
    }
  });

  it('names its program and its host', () => {
    expect(parse('log', { ...sound.log, source: 'edge-agent', hostname: 'gw-1' })).toMatchObject({
      app: 'edge-agent',
      host: 'gw-1',
    });
  });
});

describe('a security alert', () => {
  it.each([
    ['info', 1],
    ['low', 2],
    ['Medium', 3],
    ['HIGH', 4],
    [' critical ', 5],
  ])('of severity %s has severity %i and is an alert', (severity, number) => {
    expect(parse('security_alert', { title: 'x', severity })).toMatchObject({ severity: number, isAlert: true });
  });

  it.each([undefined, null, '', 'severe', 'warning', 5, 'fatal', 'informational'])(
    'of severity %j is rejected',
    (severity) => {
      expect(() => parse('security_alert', { title: 'x', severity })).toThrow(
        new Rejection('data.severity must be one of critical, high, medium, low, info'),
      );
    },
  );

  it.each([undefined, null, '', ' ', 7])('whose title is %j is rejected', (title) => {
    expect(() => parse('security_alert', { ...sound.security_alert, title })).toThrow(
      new Rejection('data.title is required: a non-empty string'),
    );
  });

  it('goes from its source to its destination', () => {
    const data = {
      ...sound.security_alert,
      source_ip: '2001:DB8::1',
      destination_ip: '10.0.0.1',
      destination_port: 22,
    };
    expect(parse('security_alert', data)).toMatchObject({
      source: { ip: '2001:db8::1', port: null },
      destination: { ip: '10.0.0.1', port: 22 },
    });
  });

  it.each(['', null, undefined])('may leave its addresses %j', (address) => {
    const data = { ...sound.security_alert, source_ip: address, destination_ip: address };
    expect(parse('security_alert', data)).toMatchObject({ source: { ip: null }, destination: { ip: null } });
  });

  it.each(['10.0.0.256', 'localhost', '10.0.0', 'x', 10, {}, ['10.0.0.1']])(
    'with the address %j is rejected',
    (address) => {
      for (const name of ['source_ip', 'destination_ip']) {
        expect(() => parse('security_alert', { ...sound.security_alert, [name]: address })).toThrow(
          new Rejection(`data.${name} must be an IP address`),
        );
      }
    },
  );

  it('has its title for a message when there is no description', () => {
    expect(parse('security_alert', sound.security_alert)).toMatchObject({ title: 'Port scan', message: 'Port scan' });
  });
});

describe('a discovery', () => {
  it('is a device with a TCP service for each open port', () => {
    const data = {
      ip: '10.0.0.45',
      mac: 'aa-bb-cc-dd-ee-ff',
      hostname: 'plc-001',
      vendor: 'Siemens',
      open_ports: [502, 102, 502],
    };
    expect(parse('discovery', data).observations).toEqual([
      { kind: 'device', ip: '10.0.0.45', mac: 'AA:BB:CC:DD:EE:FF', hostname: 'plc-001', vendor: 'Siemens' },
      { kind: 'service', ip: '10.0.0.45', port: 502, proto: 'tcp' },
      { kind: 'service', ip: '10.0.0.45', port: 102, proto: 'tcp' },
    ]);
  });

  it('by hardware address alone is a device without services', () => {
    expect(parse('discovery', { mac: '00:0E:CF:01:02:03', open_ports: [80] }).observations).toEqual([
      { kind: 'device', ip: null, mac: '00:0E:CF:01:02:03', hostname: null, vendor: null },
    ]);
  });

  it.each([{}, { hostname: 'plc-001' }, { ip: '', mac: null }])('of %j is rejected', (data) => {
    expect(() => parse('discovery', data)).toThrow(new Rejection('data must hold ip or mac'));
  });

  it('with a wrong address or hardware address is rejected', () => {
    expect(() => parse('discovery', { ip: '10.0.0.999', mac: '00:0E:CF:01:02:03' })).toThrow(
      'data.ip must be an IP address',
    );
    expect(() => parse('discovery', { ip: '10.0.0.9', mac: 'unknown' })).toThrow('data.mac must be a hardware address');
  });

  it.each([[[0]], [[65_536]], [[-1]], [[22.5]], [['22']], [[null]], ['22'], [{}], [22]])(
    'with open ports %j is rejected',
    (ports) => {
      expect(() => parse('discovery', { ip: '10.0.0.9', open_ports: ports })).toThrow(
        new Rejection('data.open_ports must be an array of port numbers from 1 to 65535'),
      );
    },
  );

  it('of a host that answers on every port keeps a thousand', () => {
    const ports = Array.from({ length: 65_535 }, (_, index) => index + 1);
    expect(parse('discovery', { ip: '10.0.0.9', open_ports: ports }).observations).toHaveLength(1001);
  });
});

describe('a backup event', () => {
  it('says what became of the job', () => {
    const data = {
      job_id: 'nightly',
      status: 'completed',
      asset_id: 'plc-001',
      size_bytes: 204800,
      checksum_sha256: 'abc123...',
    };
    expect(parse('backup_event', data)).toMatchObject({
      severity: 1,
      host: 'plc-001',
      observations: [
        {
          kind: 'backup',
          jobId: 'nightly',
          status: 'completed',
          assetId: 'plc-001',
          sizeBytes: 204800,
          checksumSha256: 'abc123...',
        },
      ],
    });
  });

  it('of a job that failed is of medium severity', () => {
    expect(parse('backup_event', { job_id: 7, status: 'failed' })).toMatchObject({ severity: 3, isAlert: false });
  });

  it.each(['job_id', 'status'])('without %s is rejected', (name) => {
    expect(() => parse('backup_event', { ...sound.backup_event, [name]: '' })).toThrow(
      new Rejection(`data.${name} is required: a non-empty string`),
    );
  });
});
