import { expect } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { aConnection, aDevice, aLease, aLookup, aRequest } from '../../../support/observations.ts';
import { readCsv, readZip } from '../../../support/read-zip.ts';
import { type Intrudect, openIntrudect } from '../open-intrudect.ts';

/** An API with rows of every data set, and a reader of its exports. */
export interface DataApi extends Intrudect {
  /** Exports, and answers each file as its rows by column. */
  exported(body: object): Promise<Record<string, Record<string, string>[]>>;
}

/** 2026-06-03 10:30:00 in the server's zone. */
export const halfPastTen = Date.UTC(2026, 5, 3, 8, 30);

/** Rows at 10:30, an hour later and a day later, by sensor-1, sensor-2 and nobody; each has something of its own. */
export async function openData(): Promise<DataApi> {
  const intrudect = await openIntrudect();
  const { gateway, tenant } = intrudect;
  await tenant.observe(
    {
      occurredAt: halfPastTen,
      agent: 'sensor-1',
      observations: [
        aLookup({ query: 'www.example.com' }),
        aConnection({ sourceIp: '10.0.0.25', destinationPort: 443 }),
        aLease({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25', hostname: 'workstation-01' }),
        aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25', hostname: 'workstation-01' }),
        aRequest({ uri: '/index.html', host: 'www.example.com' }),
      ],
    },
    {
      occurredAt: halfPastTen + 3_600_000,
      agent: 'sensor-2',
      observations: [
        aLookup({ query: 'mail.Example.com', type: 'MX', sourceIp: '2001:db8::7', destinationIp: '10.0.0.2' }),
        aConnection({
          sourceIp: '10.0.1.7',
          sourcePort: 1024,
          destinationIp: '10.0.0.2',
          destinationPort: 53,
          proto: 'udp',
        }),
        aLease({ mac: 'AA:BB:CC:DD:EE:FF', ip: '10.0.1.7', hostname: null }),
        aRequest({
          sourceIp: '10.0.1.7',
          sourcePort: 1025,
          destinationIp: '10.0.0.2',
          destinationPort: 8080,
          host: 'intra',
          uri: '/a,"b"',
          userAgent: '=cmd()',
        }),
      ],
    },
    {
      occurredAt: halfPastTen + 86_400_000,
      observations: [
        aLookup({ query: 'example.org', responseCode: 'NXDOMAIN', answers: [], sourceIp: null }),
        aConnection({ sourceIp: '192.0.2.1', durationMs: null, bytesIn: null }),
        aLease({ mac: null, ip: '192.0.2.1', hostname: 'Phone_1' }),
        aRequest({ sourceIp: '192.0.2.1', host: null, status: null }),
      ],
    },
  );
  const at = (ms: number) => ({ timestamp: new Date(ms).toISOString().replace('Z', '+0000') });
  const network = (
    ms: number,
    srcip: string,
    dstip: string,
    dstport: string,
    level: number,
    group: string,
    title: string,
  ) =>
    aNetworkAlert({ ...at(ms), rule: { level, groups: [group], description: title }, data: { srcip, dstip, dstport } });
  await tenant.ingest([
    network(halfPastTen, '10.0.0.25', '93.184.216.34', '443', 5, 'malware', 'Beacon of malware'),
    network(halfPastTen + 3_600_000, '203.0.113.10', '10.0.0.25', '22', 8, 'sshd', 'Brute force'),
    network(halfPastTen + 86_400_000, '2001:db8::7', '10.0.0.2', '3389', 13, 'portscan', '+ a "scan", found'),
    aWazuhAlert({
      ...at(halfPastTen),
      rule: { level: 5, description: 'Failed password' },
      full_log: 'sshd[1]: Failed password for root',
      predecoder: { hostname: 'web-01' },
    }),
    aWazuhAlert({
      ...at(halfPastTen + 3_600_000),
      rule: { level: 13, description: 'Root login' },
      full_log: 'login: ROOT on tty1',
      predecoder: { hostname: 'db-01' },
    }),
  ]);
  expect((await intrudect.call('POST', '/api/v1/networks', { name: 'Office', cidr: '10.0.0.0/24' })).status).toBe(201);
  return {
    ...intrudect,
    exported: async (body) => {
      const reply = await gateway.post('/api/v1/data/export', body, { authorization: `Bearer ${tenant.token}` });
      const bytes = Buffer.from(await reply.arrayBuffer());
      expect([reply.status, reply.status === 200 || bytes.toString()]).toEqual([200, true]);
      const files = [...readZip(bytes)].map(([name, text]) => {
        const [head = [], ...rows] = readCsv(text);
        return [name, rows.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index] ?? ''])))];
      });
      return Object.fromEntries(files);
    },
  };
}
