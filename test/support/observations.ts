import type {
  BackupReport,
  Connection,
  DeviceSeen,
  DhcpLease,
  DnsLookup,
  HttpRequest,
  Packet,
  ServiceSeen,
  Telemetry,
} from '../../server/ingest/observation.ts';

/** Observations with sensible values; give what matters to the test. */
export const aDevice = (changes: Partial<DeviceSeen>): DeviceSeen => {
  return { kind: 'device', mac: null, ip: null, hostname: null, vendor: null, ...changes };
};

export const aService = (changes: Partial<ServiceSeen> = {}): ServiceSeen => {
  return { kind: 'service', ip: '10.0.0.25', port: 443, proto: 'tcp', ...changes };
};

export const aLookup = (changes: Partial<DnsLookup> = {}): DnsLookup => ({
  kind: 'dns',
  sourceIp: '10.0.0.25',
  sourcePort: 53_124,
  destinationIp: '10.0.0.1',
  query: 'www.example.com',
  type: 'A',
  responseCode: 'NOERROR',
  answers: ['93.184.216.34'],
  ...changes,
});

export const aConnection = (changes: Partial<Connection> = {}): Connection => ({
  kind: 'tcp',
  sourceIp: '10.0.0.25',
  sourcePort: 50_112,
  destinationIp: '93.184.216.34',
  destinationPort: 443,
  proto: 'tcp',
  durationMs: 1250.5,
  bytesOut: 1200,
  bytesIn: 54_000,
  packetsOut: 14,
  packetsIn: 41,
  state: 'SF',
  service: 'ssl',
  ...changes,
});

export const aLease = (changes: Partial<DhcpLease> = {}): DhcpLease => ({
  kind: 'dhcp',
  mac: 'B8:27:EB:00:00:01',
  ip: '10.0.0.25',
  hostname: 'workstation-01',
  serverIp: '10.0.0.1',
  messageType: 'ACK',
  leaseSeconds: 86_400,
  ...changes,
});

export const aRequest = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  kind: 'http',
  sourceIp: '10.0.0.25',
  sourcePort: 50_113,
  destinationIp: '93.184.216.34',
  destinationPort: 80,
  method: 'GET',
  host: 'www.example.com',
  uri: '/index.html',
  userAgent: 'curl/8.5.0',
  status: 200,
  ...changes,
});

export const aSample = (changes: Partial<Telemetry> = {}): Telemetry => {
  return { kind: 'telemetry', interface: 'eth0', metrics: { cpu_percent: 12.5, rx_bytes: 4_294_967_296 }, ...changes };
};

export const aBackup = (changes: Partial<BackupReport> = {}): BackupReport => ({
  kind: 'backup',
  jobId: 'nightly',
  status: 'success',
  assetId: 'nas-01',
  sizeBytes: 107_374_182_400,
  checksumSha256: 'deadbeef',
  ...changes,
});

/** An ARP request as it stands on the wire. */
export const aPacket = (changes: Partial<Packet> = {}): Packet => ({
  kind: 'packet',
  base64: Buffer.from(
    'ffffffffffff b827eb000001 0806 0001 0800 06 04 0001 b827eb000001 0a000019 000000000000 0a000001'.replaceAll(
      ' ',
      '',
    ),
    'hex',
  ).toString('base64'),
  linkType: 1,
  ...changes,
});
