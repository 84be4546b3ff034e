import { readCidrs } from '../../../../server/cidr.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { laterThanAnyId } from '../../../support/id-clock.ts';
import * as seen from '../../../support/observations.ts';
import { openReceiver } from '../../../support/receiver.ts';
import { startTestGateway } from '../../../support/test-gateway.ts';
import type { TestTenant } from '../../../support/test-tenant.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** Where each data set is, with the exact count that must always be its. */
export const tables = {
  NETWORK_ALERTS: ['alert', "kind = 'NETWORK'", 'networkAlerts'],
  SERVER_ALERTS: ['alert', "kind = 'SERVER'", 'serverAlerts'],
  DNS: ['dns_record', 'true', 'dnsRecords'],
  TCP: ['tcp_record', 'true', 'tcpRecords'],
  DHCP: ['dhcp_record', 'true', 'dhcpRecords'],
  HTTP: ['http_record', 'true', 'httpRecords'],
  TELEMETRY: ['telemetry_sample', 'true', 'telemetrySamples'],
  BACKUPS: ['backup_event', 'true', 'backupEvents'],
  EVENTS: ['event', 'true', 'events'],
  REJECTED_EVENTS: ['rejected_event', 'true', 'rejectedEvents'],
  PACKET_CAPTURES: ['packet_capture', 'true', null],
  DELIVERIES: ['delivery', 'true', 'deliveries'],
} as const;
export type DataSet = keyof typeof tables;
export const dataSets = Object.keys(tables) as DataSet[];

interface Rule {
  readonly keepDays?: number | null;
  readonly keepBytes?: number | null;
}

/** A server on a clock of its own, where sinks may reach `receiver`, with what tests of retention ask of it. */
export async function openRetention() {
  const clock = new VirtualClock(laterThanAnyId(Date.now()));
  const receiver = await openReceiver(({ path }) => ({ status: path.endsWith('/broken') ? 500 : 200 }));
  const gateway = await startTestGateway({
    config: { sinkAllowCidrs: readCidrs('127.0.0.0/8') },
    now: clock.now,
    every: clock.every,
  });
  const sql = async (text: string, ...params: (string | number)[]) => {
    const rows = await gateway.store.database.read<{ value: number }>(text, params);
    return rows[0]?.value ?? 0;
  };
  const stored = (tenant: TestTenant, dataSet: DataSet) => {
    const [table, condition] = tables[dataSet];
    return sql(`select count(*) as value from ${table} where tenant_id = ? and ${condition}`, tenant.id);
  };
  const fields = 'dataSet keepDays keepBytes isDefault rows sizeBytes oldestAt bitesAt bitesBy';
  const setRule = async (tenant: TestTenant, dataSet: DataSet, rule: Rule) =>
    (
      await tenant.read(`mutation ($input: RetentionInput!) { updateRetention(input: $input) { ${fields} } }`, {
        input: { dataSet, ...rule },
      })
    ).updateRetention;
  const preview = async (tenant: TestTenant, dataSet: DataSet, rule: Rule) =>
    (
      await tenant.read('query ($input: RetentionInput!) { retentionPreview(input: $input) { rows firstAt lastAt } }', {
        input: { dataSet, ...rule },
      })
    ).retentionPreview;
  const describeAll = async (tenant: TestTenant, more = '') => {
    const { retention } = await tenant.read(`{ retention { ${fields} ${more} } }`);
    return new Map<DataSet, Record<string, number | string | null>>(
      retention.map((row: { dataSet: DataSet }) => [row.dataSet, row]),
    );
  };
  /** Ends with a run that began after this was called. */
  const run = () => clock.sleep(3_600_000);
  const told = async (tenant: TestTenant) => {
    const { auditLog } = await tenant.read(
      '{ auditLog(first: 50, filter: { action: [APPLY_RETENTION] }) { nodes { subject credentialId details } } }',
    );
    return auditLog.nodes;
  };

  /** Everything that can be kept: two alerts, records of all kinds, a rejected event, and what a sink was told. */
  const furnish = async (tenant: TestTenant, mark: string): Promise<void> => {
    // Events stored behind the server's back get their ids from the same row, which never goes back.
    uuidV7(clock.nowMs);
    const occurredAt = clock.nowMs;
    await tenant.observe(
      {
        occurredAt,
        receivedAt: occurredAt,
        title: `Seen ${mark}`,
        observations: [
          seen.aLookup(),
          seen.aLookup({ query: `${mark}.example` }),
          seen.aConnection(),
          seen.aLease(),
          seen.aRequest(),
          seen.aSample(),
          seen.aBackup(),
        ],
      },
      { occurredAt, receivedAt: occurredAt, fingerprint: `captured ${mark}`, observations: [seen.aPacket()] },
    );
    // The server hears only of what comes through its own doors: it routes the alert above with these.
    const timestamp = new Date(clock.nowMs).toISOString();
    await tenant.ingest(aWazuhAlert({ timestamp, rule: { id: `server ${mark}`, level: 3 } }));
    await tenant.ingest(aWazuhAlert({ timestamp, rule: { id: 'server', level: 12 } }));
    await tenant.ingest(aNetworkAlert({ timestamp, rule: { id: mark, level: 12 } }));
    await gateway.ingestWazuh({ broken: mark }, tenant.id);
  };

  const sumsOf = async (tenant: TestTenant) => ({
    dns: await sql('select cast(sum(lookups) as bigint) as value from dns_aggregate where tenant_id = ?', tenant.id),
    tcp: await sql(
      'select cast(sum(connections) as bigint) as value from tcp_aggregate where tenant_id = ?',
      tenant.id,
    ),
  });

  const close = async () => {
    await gateway.close();
    await receiver[Symbol.asyncDispose]();
  };
  return { clock, receiver, gateway, sql, stored, setRule, preview, describeAll, run, told, furnish, sumsOf, close };
}

export type RetentionApi = Awaited<ReturnType<typeof openRetention>>;
